package org.pupil.labelling;

import java.util.Optional;
import java.util.OptionalInt;
import org.pupil.dataset.Labels;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.images.Alpha;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.model.ModelDescription;

/**
 * What a person says about a graph; empty where the graph says it itself, or else the original
 * label_image's default holds.
 *
 * @param labels names of the outputs; a graph that Pupil did not make has none of its own, unless
 *     it is an ONNX model with labels in its metadata
 * @param inputLayer the model's own; else {@code input}, {@code Placeholder} or {@code Mul}, the
 *     first that the graph has
 * @param outputLayer the model's own, else {@code final_result}
 * @param inputHeight the model's own, or what its input layer has; else 224, and 299 where the
 *     input layer is {@code Mul}
 * @param inputWidth likewise
 * @param inputMean 0 where the input layer is the model's own or {@code Placeholder}, and what the
 *     metadata of an ONNX model say; else 128
 * @param inputStd 255 where the input layer is the model's own or {@code Placeholder}, and
 *     likewise; else 128
 * @param alpha the model's own, else dropped
 */
public record Overrides(
    Optional<Labels> labels,
    Optional<String> inputLayer,
    Optional<String> outputLayer,
    OptionalInt inputHeight,
    OptionalInt inputWidth,
    Optional<PerChannel> inputMean,
    Optional<PerChannel> inputStd,
    Optional<Alpha> alpha) {
  /** Height and width where nothing else says them. */
  static final int DEFAULT_SIDE = 224;

  /** Of pixels where nothing else says it; {@link #DEFAULT_STD} likewise. */
  static final float DEFAULT_MEAN = 128;

  static final float DEFAULT_STD = 128;

  /** Nothing is said. */
  public static final Overrides NONE =
      new Overrides(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** The same with other labels. */
  public Overrides withLabels(Labels names) {
    return new Overrides(
        Optional.of(names),
        inputLayer,
        outputLayer,
        inputHeight,
        inputWidth,
        inputMean,
        inputStd,
        alpha);
  }

  public Overrides {
    checkSide(Setting.INPUT_HEIGHT, inputHeight);
    checkSide(Setting.INPUT_WIDTH, inputWidth);
    inputMean.ifPresent(
        mean -> check(mean.isFinite(), Message.of(Setting.INPUT_MEAN, " must be finite"), mean));
    inputStd.ifPresent(
        std ->
            check(
                std.isFinite() && !std.has(0),
                Message.of(Setting.INPUT_STD, " must be finite and not 0"),
                std));
  }

  private static void checkSide(Setting setting, OptionalInt side) {
    side.ifPresent(
        pixels ->
            check(
                pixels >= 1 && pixels <= InputSpec.LARGEST_SIDE,
                Message.of(setting, " must be 1 to " + InputSpec.LARGEST_SIDE),
                pixels));
  }

  private static void check(boolean holds, Message rule, Object value) {
    if (!holds) {
      throw PupilException.usage(Message.of(rule, ", was ", value));
    }
  }

  /** Whether the network is fed and asked as the model itself says. */
  boolean keep(ModelDescription own) {
    return inputLayer.orElse(own.inputLayer()).equals(own.inputLayer())
        && outputLayer.orElse(own.outputLayer()).equals(own.outputLayer())
        && applyTo(own.input()).equals(own.input());
  }

  InputSpec applyTo(InputSpec own) {
    return new InputSpec(
        inputHeight.orElse(own.height()),
        inputWidth.orElse(own.width()),
        inputMean.orElse(own.mean()),
        inputStd.orElse(own.std()));
  }
}
