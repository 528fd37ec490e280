package org.pupil.app;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.pupil.images.Alpha;
import org.pupil.images.PerChannel;
import org.pupil.labelling.Overrides;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags that say what a graph of Pupil says of itself. */
final class ForeignGraphOptions {
  private final CommandOption<Path> labels =
      CommandOption.of(
          Path.class,
          OptionSpec.builder("--labels")
              .paramLabel("FILE")
              .description("The labels file, one label per line. Default: the model's own."));

  private final CommandOption<String> inputLayer =
      CommandOption.of(
          String.class,
          OptionSpec.builder("--input_layer")
              .paramLabel("NODE")
              .description("The input node for images. Default: the model's own, or input."));

  private final CommandOption<String> outputLayer =
      CommandOption.of(
          String.class,
          OptionSpec.builder("--output_layer")
              .paramLabel("NODE")
              .description(
                  "The output node with the probabilities. Default: the model's own, or final_result."));

  private final CommandOption<Integer> inputHeight =
      CommandOption.of(
          Integer.class,
          OptionSpec.builder("--input_height")
              .paramLabel("PIXELS")
              .description("Height of the input images. Default: the model's own, or 224."));

  private final CommandOption<Integer> inputWidth =
      CommandOption.of(
          Integer.class,
          OptionSpec.builder("--input_width")
              .paramLabel("PIXELS")
              .description("Width of the input images. Default: the model's own, or 224."));

  private final CommandOption<PerChannel> inputMean =
      CommandOption.of(
          PerChannel.class,
          OptionSpec.builder("--input_mean")
              .converters(new PerChannelConverter())
              .paramLabel("X[,Y,Z]")
              .description(
                  "Subtracted from each channel value (0 to 255); three numbers are for red, green and blue. Default: the model's own, or 128."));

  private final CommandOption<PerChannel> inputStd =
      CommandOption.of(
          PerChannel.class,
          OptionSpec.builder("--input_std")
              .converters(new PerChannelConverter())
              .paramLabel("X[,Y,Z]")
              .description(
                  "Each channel value is then divided by this. Default: the model's own, or 128."));

  private final CommandOption<String> alpha =
      CommandOption.of(
          String.class,
          OptionSpec.builder("--alpha")
              .paramLabel("white|drop")
              .description(
                  "How to treat transparency. white: transparent pixels become white; drop: transparency is ignored. Default: the model's own, or drop."));

  private ArgGroupSpec group() {
    return ArgGroupSpec.builder()
        .validate(false)
        .heading(
            "%nOnly for graphs that Pupil did not make, or to override what a model says about itself%n")
        .addArg(labels.spec())
        .addArg(inputLayer.spec())
        .addArg(outputLayer.spec())
        .addArg(inputHeight.spec())
        .addArg(inputWidth.spec())
        .addArg(inputMean.spec())
        .addArg(inputStd.spec())
        .addArg(alpha.spec())
        .build();
  }

  void addTo(CommandSpec command) {
    command.addArgGroup(group());
  }

  Overrides overrides() {
    return new Overrides(
        labels.given().map(LabelsFile::read),
        inputLayer.given(),
        outputLayer.given(),
        size(inputHeight),
        size(inputWidth),
        inputMean.given(),
        inputStd.given(),
        alpha.given().map(value -> Choice.of("--alpha", Alpha.class, value)));
  }

  private static OptionalInt size(CommandOption<Integer> pixels) {
    return pixels.given().stream().mapToInt(Integer::intValue).findFirst();
  }
}
