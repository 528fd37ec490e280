package org.pupil.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.files.WholeFile;
import org.pupil.model.Model;

/**
 * What a teaching leaves on disk, and where: what an {@link OutputRequest} comes to.
 *
 * @param graph the model: {@code --output_graph}
 * @param labels its labels: {@code --output_labels}
 * @param evaluation its scores: {@code evaluation.json} beside the graph
 * @param savedModelDir {@code --saved_model_dir}
 * @param summariesDir event files, in the runs {@code train} and {@code validation} below it
 * @param intermediateGraphsDir graphs of unfinished training runs, as typed: the originals put no
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

  /** Names of the files, where no flag gives others. */
  static final String GRAPH = "graph.pb";

  static final String LABELS = "labels.txt";
  static final String EVALUATION = "evaluation.json";

  /** The same with the model, its labels and its scores in another folder. */
  Outputs withModelIn(Path folder) {
    return new Outputs(
        folder.resolve(GRAPH),
        folder.resolve(LABELS),
        folder.resolve(EVALUATION),
        savedModelDir,
        summariesDir,
        intermediateGraphsDir,
        finalTensorName);
  }

  /**
   * Checks, before long work, that everything can be written in the end and nothing of it over
   * something else. Leaves nothing on the disk.
   *
   * @param intermediateGraphs whether there will be any
   * @param bottleneckDir folder of the cache, which must not be replaced with a SavedModel either
   * @throws PupilException (usage) if two things have one place, or the output's name is
   *     impossible; (unavailable) if a place cannot be written or holds what Pupil did not make
   */
  void check(boolean intermediateGraphs, Path bottleneckDir) {
    checkNames(intermediateGraphs, bottleneckDir);
    Model.checkPlaces(finalTensorName, graph, labels, savedModelDir);
    WholeFile.checkWritable("--output_graph", evaluation);
    for (String run : SummaryLog.RUNS) {
      // Below a folder that is not there yet, one is as good as the others.
      if (run.isEmpty() || Files.exists(summariesDir)) {
        WholeFile.checkFolderWritable("--summaries_dir", summariesDir.resolve(run));
      }
    }
    if (intermediateGraphs) {
      WholeFile.checkWritable("--intermediate_output_graphs_dir", intermediateGraph(0));
    }
  }

  /** The part of {@link #check} that looks at the names only. */
  void checkNames(boolean intermediateGraphs, Path bottleneckDir) {
    Model.checkName(finalTensorName);
    Map<Path, String> files = new LinkedHashMap<>();
    addFile(files, "--output_graph", graph);
    addFile(files, "--output_labels", labels);
    addFile(files, "evaluation.json beside --output_graph", evaluation);
    if (savedModelDir.isEmpty()) {
      return;
    }
    Path replaced = absolute(savedModelDir.get());
    files.put(absolute(summariesDir), "--summaries_dir");
    files.put(absolute(bottleneckDir), "--bottleneck_dir");
    if (intermediateGraphs) {
      files.put(absolute(intermediateGraph(0)), "--intermediate_output_graphs_dir");
    }
    files.forEach(
        (path, what) -> {
          if (path.startsWith(replaced)) {
            throw PupilException.usage(
                "--saved_model_dir must be a folder of its own, but %s (%s) lies in it"
                    .formatted(what, path));
          }
        });
  }

  private static void addFile(Map<Path, String> files, String what, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return; // any number of things may go to /dev/null
    }
    String other = files.put(absolute(file), what);
    if (other != null) {
      throw PupilException.usage(
          "%s and %s must be two files, both were %s".formatted(other, what, file));
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** Where the graph of an unfinished training run goes: the originals' name, spelt as they did. */
  Path intermediateGraph(int step) {
    return Path.of(intermediateGraphsDir + "intermediate_" + step + ".pb");
  }
}
