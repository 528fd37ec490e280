package org.pupil.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pupil.run.Outputs;
import picocli.CommandLine.Option;

/** The flags of stops 7 and 8, and of what is written while the teaching goes on. */
final class KeepOptions {
  @Option(
      names = "--output_graph",
      paramLabel = "FILE",
      description = "The model. Default: ${DEFAULT-VALUE}")
  private Path graph = DefaultPlaces.GRAPH;

  @Option(
      names = "--output_labels",
      paramLabel = "FILE",
      description = "Its labels, one on each line. Default: ${DEFAULT-VALUE}")
  private Path labels = DefaultPlaces.LABELS;

  @Option(
      names = "--saved_model_dir",
      paramLabel = "FOLDER",
      description = "The model once more as a SavedModel. Default: none")
  private String savedModelDir = "";

  @Option(
      names = "--summaries_dir",
      paramLabel = "FOLDER",
      description = "Event files for pupil board and TensorBoard. Default: ${DEFAULT-VALUE}")
  private Path summariesDir = DefaultPlaces.SUMMARIES;

  @Option(
      names = "--board",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Show the teaching in the browser while it goes on, and afterwards until Ctrl-C, as pupil"
              + " board does.")
  private boolean board;

  @Option(
      names = "--intermediate_output_graphs_dir",
      paramLabel = "FOLDER/",
      description =
          "Models of the unfinished teaching; ends with a slash. Default:" + " ${DEFAULT-VALUE}")
  private String intermediateGraphsDir = DefaultPlaces.INTERMEDIATE_GRAPHS + "/";

  @Option(
      names = "--intermediate_store_frequency",
      paramLabel = "N",
      description = "Steps between two of them; 0 for none. Default: ${DEFAULT-VALUE}")
  private int intermediateStoreFrequency;

  @Option(
      names = "--final_tensor_name",
      paramLabel = "NODE",
      description = "Name of the model's output. Default: ${DEFAULT-VALUE}")
  private String finalTensorName = Outputs.DEFAULT_FINAL_TENSOR_NAME;

  @Option(
      names = "--print_misclassified_test_images",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Name the test photos that the model gets wrong.")
  private boolean printMisclassified;

  int intermediateStoreFrequency() {
    return intermediateStoreFrequency;
  }

  boolean board() {
    return board;
  }

  boolean printMisclassified() {
    return printMisclassified;
  }

  /** Beside the graph; where that is no file, as /dev/null, the scores go the same way. */
  private Path evaluation() {
    boolean isDevice =
        Files.exists(graph) && !Files.isRegularFile(graph) && !Files.isDirectory(graph);
    return isDevice ? graph : graph.resolveSibling("evaluation.json");
  }

  Outputs outputs() {
    return new Outputs(
        graph,
        labels,
        evaluation(),
        Optional.of(savedModelDir).filter(folder -> !folder.isEmpty()).map(Path::of),
        summariesDir,
        intermediateGraphsDir,
        finalTensorName);
  }
}
