package org.pupil.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.Labels;
import picocli.CommandLine.Option;

/** The flags of evaluate that say what comes out of a graph which Pupil did not make. */
final class ForeignOutputOptions {
  /** Their names. */
  static final List<String> FLAGS = List.of("--labels", "--output_layer");

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "The labels file, one label per line. Default: the model's own.")
  private @Nullable Path labels;

  @Option(
      names = "--output_layer",
      paramLabel = "NODE",
      description =
          "The output node with the probabilities. Default: the model's own, or final_result.")
  private @Nullable String outputLayer;

  Optional<Labels> labels() {
    return Optional.ofNullable(labels).map(LabelsFile::read);
  }

  Optional<String> outputLayer() {
    return Optional.ofNullable(outputLayer);
  }
}
