package org.pupil.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.pupil.dataset.Labels;
import org.pupil.familiarity.Familiarity;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.training.TrainingData;

/**
 * What it costs to learn what the training photos look like, and to compare a photo with those that
 * are kept. The bottlenecks are random numbers; the time does not depend on them.
 */
final class FamiliarityBenchmark {
  private static final int DIMENSION = 1280;
  private static final int LABELS = 5;
  private static final int KEPT = 531;
  private static final int RUNS = 5;
  private static final int COMPARED = 1000;

  private FamiliarityBenchmark() {}

  /** A row for each number of photos, and one for the comparison. */
  static List<Row> run() {
    List<Row> rows = new ArrayList<>();
    for (int photos : new int[] {300, 3_000, 10_000}) {
      TrainingData data = data(photos);
      double seconds =
          processorSeconds(
              () -> require(!learned(data).isUnlike(1), "each photo is unlike itself"));
      rows.add(
          Row.alone(
              String.format(
                  Locale.ROOT,
                  "to learn what %,d training photos look like, processor time of one thread",
                  photos),
              Row.seconds(seconds),
              "≤ 10 % of whole retrain"));
    }
    rows.add(comparison());
    return rows;
  }

  private static Row comparison() {
    TrainingData data = data(3_000);
    Familiarity familiarity = learned(data);
    double seconds =
        processorSeconds(
            () -> {
              double sum = 0;
              for (int photo = 0; photo < COMPARED; photo++) {
                sum += familiarity.of(data.row(photo), 0);
              }
              require(sum > 0, "no photo is familiar");
            });
    return Row.alone(
        "to compare a photo with the %d that a model keeps, %d numbers each"
            .formatted(familiarity.photos().size(), DIMENSION),
        String.format(Locale.ROOT, "%.3f ms", seconds / COMPARED * 1e3),
        "≤ 10 % of a photo's way");
  }

  private static Familiarity learned(TrainingData data) {
    return Familiarity.learn(data, FamiliaritySettings.DEFAULTS, KEPT).orElseThrow();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static TrainingData data(int photos) {
    Random random = new Random(photos);
    float[][] rows = new float[photos][];
    int[] labelOf = IntStream.range(0, photos).map(photo -> photo % LABELS).toArray();
    for (int photo = 0; photo < photos; photo++) {
      rows[photo] = new float[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        rows[photo][j] =
            Math.max(0, random.nextFloat() - (j % LABELS == labelOf[photo] ? 0 : 0.5f));
      }
    }
    List<String> names = IntStream.range(0, LABELS).mapToObj(label -> "label " + label).toList();
    return new TrainingData(new Labels(names), DIMENSION, rows, labelOf);
  }

  /** The median of several runs in this thread, of which the first is not counted. */
  private static double processorSeconds(Runnable work) {
    work.run();
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      work.run();
      times.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9);
    }
    return Timing.median(times);
  }
}
