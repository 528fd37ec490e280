package org.pupil.app;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.run.OutputRequest;
import org.pupil.run.Outputs;
import org.pupil.training.TrainingSettings;
import picocli.CommandLine.Option;

/** The flags of stops 7 and 8, and of what is written while the training run goes on. */
final class KeepOptions {
  @Option(
      names = "--run_name",
      paramLabel = "NAME",
      description =
          "The name of this run. Its folder is pupil-model/runs/NAME, which holds everything that the flags below do not place elsewhere. Default: run-1, run-2 and so on")
  private @Nullable String runName;

  @Option(
      names = "--output_graph",
      paramLabel = "FILE",
      description =
          "Where to save the model. Default: graph.pb in the run's folder, and once the run has finished also"
              + " pupil-model/graph.pb; graph.onnx if the network is an .onnx")
  private @Nullable Path graph;

  @Option(
      names = "--output_labels",
      paramLabel = "FILE",
      description = "Where to save the labels, one per line. Default: labels.txt, in the same way")
  private @Nullable Path labels;

  @Option(
      names = "--saved_model_dir",
      paramLabel = "FOLDER",
      description = "Save the model as a SavedModel too, in this folder. Default: none")
  private TypedPath savedModelDir = new TypedPath("");

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description =
          "Save the model as an ONNX file for other programs too, as pupil export does, compared with the model on the test photos. Default: none")
  private @Nullable Path onnx;

  @Option(
      names = "--summaries_dir",
      paramLabel = "FOLDER",
      description =
          "Where to write event files for pupil board and TensorBoard. Default: the run's folder")
  private @Nullable Path summariesDir;

  @Option(
      names = "--board",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Show the training run in the browser while it goes on, and afterwards until Ctrl-C, as pupil board does.")
  private boolean board;

  @Option(
      names = "--intermediate_output_graphs_dir",
      paramLabel = "FOLDER/",
      description =
          "Where to save models during training; must end with a slash. Default: intermediate/ in the"
              + " run's folder")
  private @Nullable TypedPath intermediateGraphsDir;

  @Option(
      names = "--intermediate_store_frequency",
      paramLabel = "N",
      description = "Steps between these models; 0 for none. Default: ${DEFAULT-VALUE}")
  private int intermediateStoreFrequency = TrainingSettings.DEFAULTS.intermediateStoreFrequency();

  @Option(
      names = "--final_tensor_name",
      paramLabel = "NODE",
      description = "The name of the model's output node. Default: ${DEFAULT-VALUE}")
  private String finalTensorName = Outputs.DEFAULT_FINAL_TENSOR_NAME;

  @Option(
      names = "--print_misclassified_test_images",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "List the test photos that the model gets wrong.")
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

  OutputRequest outputs() {
    return OutputRequest.builder(DefaultPlaces.FOLDER)
        .runName(Optional.ofNullable(runName))
        .graph(Optional.ofNullable(graph))
        .labels(Optional.ofNullable(labels))
        .savedModelDir(
            Optional.of(savedModelDir).filter(f -> !f.text().isEmpty()).map(TypedPath::path))
        .onnx(Optional.ofNullable(onnx))
        .summariesDir(Optional.ofNullable(summariesDir))
        .intermediateGraphsDir(Optional.ofNullable(intermediateGraphsDir).map(TypedPath::text))
        .finalTensorName(finalTensorName)
        .build();
  }
}
