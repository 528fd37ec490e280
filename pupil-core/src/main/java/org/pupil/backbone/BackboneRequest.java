package org.pupil.backbone;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.network.NetworkFormat;

/**
 * Which backbone a person asks for: the flags of stop 4 as one value.
 *
 * @param source what {@code --architecture} or {@code --tfhub_module} says
 * @param modelDir folder where downloaded backbones are kept; need not exist
 * @param inputLayer node that takes the images; empty for the backbone's own
 * @param bottleneckLayer node that gives the bottleneck; empty for the pooled features. The short
 *     name {@code logits} means the ImageNet scores of a backbone that has them
 * @param inputHeight rows, 1 to {@value InputSpec#LARGEST_SIDE}; empty for the backbone's own
 * @param inputWidth columns, 1 to {@value InputSpec#LARGEST_SIDE}; empty for the backbone's own
 * @param inputMean channel values that become 0; empty for the backbone's own
 * @param inputStd divisors of channel values; empty for the backbone's own
 */
public record BackboneRequest(
    Source source,
    Path modelDir,
    Optional<String> inputLayer,
    Optional<String> bottleneckLayer,
    OptionalInt inputHeight,
    OptionalInt inputWidth,
    Optional<PerChannel> inputMean,
    Optional<PerChannel> inputStd) {

  /** Where the backbone comes from. */
  public sealed interface Source {}

  /**
   * {@code --architecture}.
   *
   * @param name a known name in any letter case, or the path of a frozen {@code .pb}, of an {@code
   *     .onnx}, of a SavedModel's folder, or of a {@code .tar.gz} of one
   */
  public record ByArchitecture(String name) implements Source {}

  /**
   * {@code --tfhub_module}.
   *
   * @param handle an address of tfhub.dev, the address of a {@code .tar.gz}, or the path of a
   *     folder or {@code .tar.gz} with a module in the format of TensorFlow 1 Hub or of TensorFlow
   *     2
   */
  public record ByHubModule(String handle) implements Source {}

  public BackboneRequest {
    checkGiven(source);
    checkSide(Setting.INPUT_HEIGHT, inputHeight);
    checkSide(Setting.INPUT_WIDTH, inputWidth);
    inputMean.ifPresent(
        mean -> {
          if (!mean.isFinite()) {
            throw PupilException.usage(
                Message.of(Setting.INPUT_MEAN, " must be finite, was " + mean));
          }
        });
    inputStd.ifPresent(
        std -> {
          if (!std.isFinite() || std.has(0)) {
            throw PupilException.usage(
                Message.of(Setting.INPUT_STD, " must be finite and not 0, was " + std));
          }
        });
  }

  /** An empty path is the current folder, which nobody means who leaves a name empty. */
  private static void checkGiven(Source source) {
    boolean byName = source instanceof ByArchitecture;
    String typed =
        source instanceof ByArchitecture known ? known.name() : ((ByHubModule) source).handle();
    if (typed.isBlank()) {
      throw PupilException.usage(
          Message.of(byName ? Setting.ARCHITECTURE : Setting.TFHUB_MODULE, " must not be empty"));
    }
  }

  private static void checkSide(Setting setting, OptionalInt side) {
    if (side.isPresent() && (side.getAsInt() < 1 || side.getAsInt() > InputSpec.LARGEST_SIDE)) {
      throw PupilException.usage(
          Message.of(
              setting, " must be 1 to " + InputSpec.LARGEST_SIDE + ", was " + side.getAsInt()));
    }
  }

  /** How the backbone, and a model that is made of it, is kept in a file. */
  public NetworkFormat format() {
    boolean isOnnx =
        source instanceof ByArchitecture known
            && known.name().toLowerCase(Locale.ROOT).endsWith(NetworkFormat.ONNX.extension());
    return isOnnx ? NetworkFormat.ONNX : NetworkFormat.TENSORFLOW;
  }

  /** A request for an architecture as it is. */
  public static BackboneRequest architecture(String name, Path modelDir) {
    return plain(new ByArchitecture(name), modelDir);
  }

  /** A request for a Hub module as it is. */
  public static BackboneRequest hubModule(String handle, Path modelDir) {
    return plain(new ByHubModule(handle), modelDir);
  }

  private static BackboneRequest plain(Source source, Path modelDir) {
    return new BackboneRequest(
        source,
        modelDir,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same request with other layers. */
  public BackboneRequest withLayers(Optional<String> input, Optional<String> bottleneck) {
    return new BackboneRequest(
        source, modelDir, input, bottleneck, inputHeight, inputWidth, inputMean, inputStd);
  }

  /** The same request with another input size. */
  public BackboneRequest withSize(int height, int width) {
    return new BackboneRequest(
        source,
        modelDir,
        inputLayer,
        bottleneckLayer,
        OptionalInt.of(height),
        OptionalInt.of(width),
        inputMean,
        inputStd);
  }

  /** The same request with another scaling of the pixels. */
  public BackboneRequest withScaling(float mean, float std) {
    return withScaling(PerChannel.of(mean), PerChannel.of(std));
  }

  /** The same request with another scaling of the pixels. */
  public BackboneRequest withScaling(PerChannel mean, PerChannel std) {
    return new BackboneRequest(
        source,
        modelDir,
        inputLayer,
        bottleneckLayer,
        inputHeight,
        inputWidth,
        Optional.of(mean),
        Optional.of(std));
  }
}
