package org.pupil.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a teaching leaves on disk, and where.
 *
 * @param graph the model: {@code --output_graph}
 * @param labels its labels: {@code --output_labels}
 * @param evaluation its scores: {@code evaluation.json} beside the graph
 * @param savedModelDir {@code --saved_model_dir}
 * @param summariesDir event files, in the runs {@code train} and {@code validation} below it
 * @param intermediateGraphsDir graphs of unfinished teachings, as typed: the originals put no
 *     separator between it and the file's name
 * @param finalTensorName name of the graph's output
 */
public record Outputs(
    Path graph,
    Path labels,
    Path evaluation,
    Optional<Path> savedModelDir,
    Path summariesDir,
    String intermediateGraphsDir,
    String finalTensorName) {

  /** The originals' name of the graph's output. */
  public static final String DEFAULT_FINAL_TENSOR_NAME = "final_result";

  /** Everything below one folder, without a SavedModel. */
  public static Outputs below(Path folder) {
    return new Outputs(
        folder.resolve("graph.pb"),
        folder.resolve("labels.txt"),
        folder.resolve("evaluation.json"),
        Optional.empty(),
        folder.resolve("logs"),
        folder.resolve("intermediate") + "/",
        DEFAULT_FINAL_TENSOR_NAME);
  }
}
