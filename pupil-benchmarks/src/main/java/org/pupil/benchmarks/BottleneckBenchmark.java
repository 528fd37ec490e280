package org.pupil.benchmarks;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.Photo;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.images.Alpha;
import org.pupil.images.ImageDecoder;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;

/**
 * How near the computing of bottlenecks comes to what the machine can do: decoding alone at rate d
 * and the network alone at rate n, both with all cores, can at best give {@code 1 / (1/d + 1/n)}
 * together.
 */
final class BottleneckBenchmark {
  private static final int BATCH = 8;

  private final List<Photo> photos;
  private final Path scratch;
  private final int cores;

  BottleneckBenchmark(List<Photo> photos, Path scratch, int cores) {
    this.photos = photos;
    this.scratch = scratch;
    this.cores = cores;
  }

  static Backbone backbone(String architecture, EngineName engine, Path modelDir) {
    return new BackboneCatalog(
            Engines.named(engine),
            DownloadAddresses.official(),
            Map.of(),
            DownloadListener.silent())
        .resolve(BackboneRequest.architecture(architecture, modelDir));
  }

  /** One round of measuring, in photos a second. */
  private record Round(double decode, double network, double together) {
    double limit() {
      return 1 / (1 / decode + 1 / network);
    }

    double ratio() {
      return together / limit();
    }
  }

  /**
   * @param roundCount of these the one with the median ratio is printed
   */
  List<Row> run(String architecture, EngineName engine, int roundCount, String goal)
      throws Exception {
    Backbone backbone = backbone(architecture, engine, scratch);
    // Once before, for the compilers of the virtual machine.
    pipeline(backbone, Precision.FLOAT32, "warm-up");
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < roundCount; i++) {
      // The limits right beside it: the machine may be slower a moment later.
      rounds.add(
          new Round(
              decodeAlone(backbone),
              networkAlone(backbone, NetworkEngine.Purpose.MANY_PHOTOS),
              pipeline(backbone, Precision.FLOAT32, "measured-" + i)));
    }
    rounds.sort(Comparator.comparingDouble(Round::ratio));
    Round median = rounds.get(roundCount / 2);
    String name = architecture + ", " + engine + ": ";
    return List.of(
        Row.alone(name + "decoding alone", Row.perSecond(median.decode()), ""),
        Row.alone(name + "network alone", Row.perSecond(median.network()), ""),
        Row.rate(name + "bottlenecks", median.together(), median.limit(), "both combined", goal));
  }

  /** What {@code --precision auto} gains where TensorFlow is there. */
  Row bfloat16(String architecture) throws Exception {
    double wide =
        networkAlone(
            backbone(architecture, EngineName.ONNX, scratch), NetworkEngine.Purpose.MANY_PHOTOS);
    double narrow =
        networkAlone(
            backbone(architecture, EngineName.TENSORFLOW, scratch),
            NetworkEngine.Purpose.MANY_PHOTOS_IN_BFLOAT16);
    return Row.rate(
        architecture + ": network alone in bfloat16", narrow, wide, "onnx in float32", "");
  }

  private double decodeAlone(Backbone backbone) throws Exception {
    byte[][] contents = new byte[photos.size()][];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = photos.get(i).source().read();
    }
    ImageDecoder decoder = new ImageDecoder(backbone.input());

    ThreadLocal<float[]> pixels =
        ThreadLocal.withInitial(() -> new float[backbone.input().floats()]);
    return Timing.perSecond(
        cores, contents.length, i -> decoder.decode(contents[i], pixels.get(), 0));
  }

  private double networkAlone(Backbone backbone, NetworkEngine.Purpose purpose) throws Exception {
    try (Network network =
        backbone
            .engine()
            .open(backbone.network(Backbone.Output.FEATURES), backbone.input(), purpose)) {
      float[] pixels = new float[BATCH * backbone.input().floats()];
      network.run(pixels, BATCH);
      int batches = Math.max(8 * cores, photos.size() / BATCH);
      return BATCH * Timing.perSecond(cores, batches, i -> network.run(pixels, BATCH));
    }
  }

  private double pipeline(Backbone backbone, Precision precision, String name) throws Exception {
    Path folder =
        scratch.resolve(String.join("-", backbone.name(), backbone.engine().name(), name));
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      BottleneckComputer computer =
          new BottleneckComputer(backbone, Alpha.WHITE, precision, cache, cores, Clock.systemUTC());
      double seconds = Timing.seconds(() -> computer.compute(photos, Silence.BOTTLENECKS));
      return photos.size() / seconds;
    }
  }
}
