package org.pupil.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.errors.PupilException;
import org.pupil.images.PerChannel;
import picocli.CommandLine.Option;

/** The flags of stop 4: which network turns photos into bottlenecks. */
final class BackboneOptions {
  /** The flags that only make sense where there is no model yet, which has a network of its own. */
  static final List<String> WITHOUT_MODEL =
      List.of("--architecture", "--tfhub_module", "--bottleneck_layer");

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description =
          "The pretrained network. Built in: efficientnet_lite0_SIZE and"
              + " mobilenet_0.25_SIZE (any multiple of 32). Downloaded into --model_dir:"
              + " mobilenet_{1.0,0.75,0.50}_{224,192,160,128} and inception_v3. Or the path of a frozen"
              + " .pb, of a SavedModel or of any .onnx. Default: efficientnet_lite0_288")
  private @Nullable TypedPath architecture;

  @Option(
      names = "--tfhub_module",
      paramLabel = "ADDRESS",
      description =
          "A TensorFlow Hub feature vector module to use instead: its tfhub.dev address, or a folder or .tar.gz that contains one.")
  private @Nullable TypedPath hubModule;

  @Option(
      names = "--model_dir",
      paramLabel = "FOLDER",
      description = "Where downloaded networks are kept. Default: ${DEFAULT-VALUE}")
  private Path modelDir = DefaultPlaces.BACKBONES;

  @Option(
      names = "--download_mirror",
      paramLabel = "ADDRESS",
      description =
          "Download from this address instead of Google's; it must have the folders models and hub.")
  private @Nullable URI mirror;

  @Option(
      names = "--bottleneck_layer",
      paramLabel = "NODE",
      description =
          "The node whose output is the bottleneck; logits is short for the ImageNet scores that the Python scripts used, penultimate for what goes into the last layer of an .onnx. Default: the pooled features, or the output of an .onnx.")
  private @Nullable String bottleneckLayer;

  @Option(
      names = "--input_layer",
      paramLabel = "NODE",
      description = "The input node for images. Default: the network's own.")
  private @Nullable String inputLayer;

  @Option(
      names = "--input_height",
      paramLabel = "PIXELS",
      description = "Height of the input images. Default: the network's own.")
  private @Nullable Integer inputHeight;

  @Option(
      names = "--input_width",
      paramLabel = "PIXELS",
      description = "Width of the input images. Default: the network's own.")
  private @Nullable Integer inputWidth;

  @Option(
      names = "--input_mean",
      paramLabel = "X[,Y,Z]",
      converter = PerChannelConverter.class,
      description =
          "Subtracted from each channel value (0 to 255); three numbers are for red, green and blue. Default: the network's own.")
  private @Nullable PerChannel inputMean;

  @Option(
      names = "--input_std",
      paramLabel = "X[,Y,Z]",
      converter = PerChannelConverter.class,
      description = "Each channel value is then divided by this. Default: the network's own.")
  private @Nullable PerChannel inputStd;

  BackboneRequest request() {
    return new BackboneRequest(
        source(),
        modelDir,
        Optional.ofNullable(inputLayer),
        Optional.ofNullable(bottleneckLayer),
        optional(inputHeight),
        optional(inputWidth),
        Optional.ofNullable(inputMean),
        Optional.ofNullable(inputStd));
  }

  private BackboneRequest.Source source() {
    if (hubModule == null) {
      return new BackboneRequest.ByArchitecture(
          architecture == null ? BackboneCatalog.defaultArchitecture() : architecture.text());
    }
    if (architecture != null) {
      throw PupilException.usage("give --architecture or --tfhub_module, not both");
    }
    return new BackboneRequest.ByHubModule(hubModule.text());
  }

  DownloadAddresses addresses() {
    return mirror == null ? DownloadAddresses.official() : DownloadAddresses.mirror(mirror);
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
