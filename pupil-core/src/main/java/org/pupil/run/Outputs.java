package org.pupil.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.PupilException;

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

  /** A graph of an unfinished teaching, under the original's name. */
  Path intermediateGraph(int step) {
    return Path.of(intermediateGraphsDir + "intermediate_" + step + ".pb");
  }

  /**
   * Checks that no file would be written over by the next.
   *
   * @throws PupilException (usage) if two are one
   */
  void checkDistinct() {
    Map<Path, String> files = new HashMap<>();
    files.put(evaluation.toAbsolutePath().normalize(), "the scores, " + evaluation);
    put(files, "--output_graph", graph);
    put(files, "--output_labels", labels);
  }

  private static void put(Map<Path, String> files, String flag, Path file) {
    String other = files.put(file.toAbsolutePath().normalize(), flag);
    if (other != null) {
      throw PupilException.usage(
          flag + ": " + file + " is also the place of " + other + "; give another name");
    }
  }
}
