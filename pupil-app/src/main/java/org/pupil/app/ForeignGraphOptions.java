package org.pupil.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pupil.images.Alpha;
import org.pupil.images.PerChannel;
import org.pupil.labelling.Overrides;
import picocli.CommandLine.Option;

/** The flags that say what a graph of Pupil says of itself. */
final class ForeignGraphOptions {
  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "The labels file, one label per line. Default: the model's own.")
  private @Nullable Path labels;

  @Option(
      names = "--input_layer",
      paramLabel = "NODE",
      description = "The input node for images. Default: the model's own, or input.")
  private @Nullable String inputLayer;

  @Option(
      names = "--output_layer",
      paramLabel = "NODE",
      description =
          "The output node with the probabilities. Default: the model's own, or final_result.")
  private @Nullable String outputLayer;

  @Option(
      names = "--input_height",
      paramLabel = "PIXELS",
      description = "Height of the input images. Default: the model's own, or 224.")
  private @Nullable Integer inputHeight;

  @Option(
      names = "--input_width",
      paramLabel = "PIXELS",
      description = "Width of the input images. Default: the model's own, or 224.")
  private @Nullable Integer inputWidth;

  @Option(
      names = "--input_mean",
      paramLabel = "X[,Y,Z]",
      converter = PerChannelConverter.class,
      description =
          "Subtracted from each channel value (0 to 255); three numbers are for red, green and blue. Default: the model's own, or 128.")
  private @Nullable PerChannel inputMean;

  @Option(
      names = "--input_std",
      paramLabel = "X[,Y,Z]",
      converter = PerChannelConverter.class,
      description = "Each channel value is then divided by this. Default: the model's own, or 128.")
  private @Nullable PerChannel inputStd;

  @Option(
      names = "--alpha",
      paramLabel = "white|drop",
      description =
          "How to treat transparency. white: transparent pixels become white; drop: transparency is ignored. Default: the model's own, or drop.")
  private @Nullable String alpha;

  Overrides overrides() {
    return new Overrides(
        Optional.ofNullable(labels).map(LabelsFile::read),
        Optional.ofNullable(inputLayer),
        Optional.ofNullable(outputLayer),
        size(inputHeight),
        size(inputWidth),
        Optional.ofNullable(inputMean),
        Optional.ofNullable(inputStd),
        Optional.ofNullable(alpha).map(value -> Choice.of("--alpha", Alpha.class, value)));
  }

  private static OptionalInt size(@Nullable Integer pixels) {
    return pixels == null ? OptionalInt.empty() : OptionalInt.of(pixels);
  }
}
