package org.pupil.app;

import java.nio.file.Path;
import java.util.Locale;
import org.pupil.bottleneck.Precision;
import org.pupil.engine.EngineName;
import org.pupil.images.Alpha;
import org.pupil.network.NetworkFormat;
import org.pupil.run.RunSettings;
import picocli.CommandLine.Option;

/** The flags of stops 3 and 5: compute bottlenecks and keep them. */
final class BottleneckOptions {
  /** As it may be typed. */
  private enum PrecisionChoice {
    FLOAT32,
    BFLOAT16,
    AUTO
  }

  @Option(
      names = "--bottleneck_dir",
      paramLabel = "FOLDER",
      description =
          "Where bottlenecks are kept, so that each is computed only once. Default:"
              + " ${DEFAULT-VALUE}")
  private Path bottleneckDir = DefaultPlaces.BOTTLENECKS;

  @Option(
      names = "--alpha",
      paramLabel = "white|drop",
      description =
          "How to treat transparency. white: transparent pixels become white; drop: transparency is ignored, as in the Python scripts. Default: ${DEFAULT-VALUE}")
  private String alpha = RunSettings.DEFAULT_ALPHA.name().toLowerCase(Locale.ROOT);

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description =
          "float32; bfloat16, which is faster on processors that support it, gives slightly different numbers, and needs TensorFlow (see --engine); or auto: bfloat16 where the processor supports it and TensorFlow is there already. Default: ${DEFAULT-VALUE}")
  private String precision = RunSettings.DEFAULT_PRECISION.name().toLowerCase(Locale.ROOT);

  @Option(
      names = EngineFlag.NAME,
      paramLabel = EngineFlag.VALUES,
      description = EngineFlag.DESCRIPTION)
  private String engine = RunSettings.DEFAULT_ENGINE.toString();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "How many cores to use; this changes the time, not the result. Default: all of them.")
  private int threads = Runtime.getRuntime().availableProcessors();

  Path bottleneckDir() {
    return bottleneckDir;
  }

  Alpha alpha() {
    return Choice.of("--alpha", Alpha.class, alpha);
  }

  /**
   * The arithmetic that was asked for.
   *
   * @param network what the backbone's network is, for {@code auto}
   */
  Precision precision(NetworkFormat network) {
    return switch (Choice.of("--precision", PrecisionChoice.class, precision)) {
      case FLOAT32 -> Precision.FLOAT32;
      case BFLOAT16 -> Precision.BFLOAT16;
      case AUTO -> Precision.fastest(engine(), network);
    };
  }

  EngineName engine() {
    return EngineFlag.of(engine);
  }

  int threads() {
    return threads;
  }
}
