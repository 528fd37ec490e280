package org.pupil.benchmarks;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.Precision;
import org.pupil.bottleneck.VariantComputer;
import org.pupil.bottleneck.VariantListener;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFolder;
import org.pupil.engine.EngineName;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;

/** What distorted variants of photos cost beside the photos as they are. */
final class DistortionBenchmark {
  /** All kinds at once, as strong as a person would want them. */
  private static final Distortions ALL = new Distortions(true, 15, 10, 15, 12, 20, 15, 8);

  /** Every eighth photo with eight variants gives as many bottlenecks as all photos. */
  private static final int EVERY = ALL.variants();

  private static final int ROUNDS = 3;

  private final Program program;
  private final Path photoFolder;
  private final Path scratch;
  private final int cores;

  DistortionBenchmark(Program program, Path photoFolder, Path scratch, int cores) {
    this.program = program;
    this.photoFolder = photoFolder;
    this.scratch = scratch;
    this.cores = cores;
  }

  /** One round of measuring, in bottlenecks a second. */
  private record Round(double distorted, double plain) {
    double ratio() {
      return distorted / plain;
    }
  }

  /** How many bottlenecks of distorted photos are computed, beside those of photos as they are. */
  Row computing(String architecture) throws Exception {
    Backbone backbone = BottleneckBenchmark.backbone(architecture, EngineName.ONNX, scratch);
    List<Photo> photos = PhotoFolder.scan(photoFolder, LabelRule.FOLDER).photos();
    List<Photo> some = new ArrayList<>();
    List<ContentHash> contents = new ArrayList<>();
    for (int i = 0; i < photos.size(); i += EVERY) {
      some.add(photos.get(i));
      contents.add(ContentHash.of(photos.get(i).source().read()));
    }
    distorted(backbone, some, contents, "warm-up");
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(
          new Round(
              distorted(backbone, some, contents, "distorted-" + i),
              plain(backbone, photos, "plain-" + i)));
    }
    rounds.sort(Comparator.comparingDouble(Round::ratio));
    Round median = rounds.get(ROUNDS / 2);
    return Row.rate(
        architecture + ": bottlenecks of distorted photos",
        median.distorted(),
        median.plain(),
        "of photos as they are",
        "≥ 0.9");
  }

  private Path cacheOf(Backbone backbone, String name) {
    return scratch.resolve(String.join("-", "variants", backbone.name(), name));
  }

  private double distorted(
      Backbone backbone, List<Photo> photos, List<ContentHash> contents, String name)
      throws Exception {
    try (BottleneckCache cache = BottleneckCache.open(cacheOf(backbone, name))) {
      VariantComputer computer =
          new VariantComputer(
              backbone, Alpha.WHITE, Precision.FLOAT32, cache, ALL, 0, cores, Clock.systemUTC());
      double seconds =
          Timing.seconds(() -> computer.compute(photos, contents, VariantListener.NONE));
      return (double) photos.size() * ALL.variants() / seconds;
    }
  }

  private double plain(Backbone backbone, List<Photo> photos, String name) throws Exception {
    try (BottleneckCache cache = BottleneckCache.open(cacheOf(backbone, name))) {
      BottleneckComputer computer =
          new BottleneckComputer(
              backbone, Alpha.WHITE, Precision.FLOAT32, cache, cores, Clock.systemUTC());
      return photos.size() / Timing.seconds(() -> computer.compute(photos, Silence.BOTTLENECKS));
    }
  }

  /** The whole program, once all bottlenecks are cached, with distortions and without. */
  Row steps(String architecture) throws Exception {
    String[] distortions = {
      "--flip_left_right", "--random_crop=15", "--random_scale=10", "--random_brightness=15"
    };
    retrain(architecture, distortions);
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      double plain = Timing.seconds(() -> retrain(architecture));
      double distorted = Timing.seconds(() -> retrain(architecture, distortions));
      rounds.add(new Round(distorted, plain));
    }
    rounds.sort(Comparator.comparingDouble(Round::ratio));
    Round median = rounds.get(ROUNDS / 2);
    return Row.time(
        String.format(
            Locale.ROOT,
            "whole retrain: 4000 steps, 8 cached variants of photos, %s",
            architecture),
        median.distorted(),
        median.plain(),
        "without distortions",
        "≤ 1.2");
  }

  private void retrain(String architecture, String... more) throws Exception {
    Path folder = scratch.resolve("distorted-steps");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "retrain",
                "--image_dir=" + photoFolder,
                "--architecture=" + architecture,
                "--optimizer=gradient_descent",
                "--logging_verbosity=WARN",
                "--bottleneck_dir=" + folder.resolve("bottlenecks"),
                "--summaries_dir=" + folder.resolve("logs"),
                "--output_graph=" + folder.resolve("graph.pb"),
                "--output_labels=" + folder.resolve("labels.txt")));
    arguments.addAll(List.of(more));
    program.run(arguments.toArray(String[]::new));
  }
}
