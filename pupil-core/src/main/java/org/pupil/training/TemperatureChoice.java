package org.pupil.training;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * Whether a layer's logits are to be divided by a temperature, and by which. Decided by photos that
 * the layer has not seen: by a part of them, the temperature is fitted, and the others say whether
 * it helps them; each photo is such another once. A layer that labels all of them rightly is not
 * made surer.
 *
 * @param temperature what the logits are to be divided by, positive; 1 if it does not help
 * @param photos how many were asked
 * @param before their mean log loss as it was, in nats
 * @param after their mean log loss with temperatures that other photos gave, in nats
 */
public record TemperatureChoice(double temperature, int photos, double before, double after) {
  /** Fewer say nothing. */
  private static final int FEWEST = 20;

  private static final int PARTS = 5;

  /** Nats that make photos 20 times as probable. */
  private static final double EVIDENCE = Math.log(20);

  /**
   * Chooses. A temperature is taken if it lowers the mean log loss by more than that difference's
   * standard error.
   *
   * @param logits [n][k] of photos that the layer has not seen
   * @param truth [n] index of each photo's label
   * @param part which photos belong together: those of equal numbers, 0 or more, are in one part
   */
  static TemperatureChoice of(float[][] logits, int[] truth, int[] part) {
    return of(
        logits, truth, part, TemperatureScaling::fit, TemperatureChoice::isBeyondItsStandardError);
  }

  /**
   * Chooses by few photos, one mistake of which can make nearly all of the log loss, so that its
   * standard error is as large as itself; and where there is no mistake, every gain is small and
   * alike, though to be surer is a risk. So a temperature is taken if the photos become 20 times as
   * probable by it: where it is of no use, chance makes that of one part, whose temperature the
   * others gave, in one case of 20 at most (Markov's inequality), however the gains are spread. Of
   * all parts together that is no strict bound, since each part helps to choose for the others; of
   * 200 made-up honest layers, fewer than 2 were changed. In made-up sets of 60 photos, whose
   * logits were between 1 and 15 times too large, this was never worse than the standard error on
   * new photos, and better by 0.01 to 0.8 nats a photo. Temperatures are fitted {@linkplain
   * TemperatureScaling#fitWithDoubt with doubt}: without the only mistake among the photos, the
   * others would ask for endless certainty, and so hide how much less of it would gain.
   *
   * @param logits [n][k] of photos that the layer has not seen
   * @param truth [n] index of each photo's label
   * @param part which photos belong together: those of equal numbers, 0 or more, are in one part,
   *     and count as one
   */
  static TemperatureChoice byEvidence(float[][] logits, int[] truth, int[] part) {
    return of(
        logits,
        truth,
        part,
        TemperatureScaling::fitWithDoubt,
        gains -> total(gains, part) > EVIDENCE);
  }

  private static TemperatureChoice of(
      float[][] logits,
      int[] truth,
      int[] part,
      ToDoubleBiFunction<float[][], int[]> inverseOf,
      Predicate<double[]> helpful) {
    int n = truth.length;
    double before = 0;
    for (int photo = 0; photo < n; photo++) {
      before += TemperatureScaling.logLoss(logits[photo], truth[photo], 1);
    }
    if (n < FEWEST) {
      return new TemperatureChoice(1, n, before / n, before / n);
    }
    double[] gains = gains(logits, truth, part, inverseOf);
    double mean = IntStream.range(0, n).mapToDouble(i -> gains[i]).sum() / n;
    double temperature = helpful.test(gains) ? 1 / inverseOf.applyAsDouble(logits, truth) : 1;
    if (temperature < 1 && areAllRight(logits, truth)) {
      return new TemperatureChoice(1, n, before / n, before / n);
    }
    return new TemperatureChoice(temperature, n, before / n, before / n - mean);
  }

  /**
   * Without a mistake, the surest layer has the least log loss, and nothing tells where to stop: of
   * new photos some are mistakes, and would cost it more than was gained.
   */
  private static boolean areAllRight(float[][] logits, int[] truth) {
    return IntStream.range(0, truth.length)
        .allMatch(
            photo -> {
              float own = logits[photo][truth[photo]];
              return IntStream.range(0, logits[photo].length)
                  .allMatch(label -> logits[photo][label] <= own);
            });
  }

  private static boolean isBeyondItsStandardError(double[] gains) {
    int n = gains.length;
    double mean = IntStream.range(0, n).mapToDouble(i -> gains[i]).sum() / n;
    double squares =
        IntStream.range(0, n).mapToDouble(i -> (gains[i] - mean) * (gains[i] - mean)).sum();
    return mean > Math.sqrt(squares / n / (n - 1));
  }

  /** The sum over the groups of photos of their mean gains, in nats. */
  private static double total(double[] gains, int[] group) {
    Map<Integer, Integer> sizes = new HashMap<>();
    IntStream.of(group).forEach(number -> sizes.merge(number, 1, Integer::sum));
    return IntStream.range(0, gains.length)
        .mapToDouble(photo -> gains[photo] / sizes.get(group[photo]))
        .sum();
  }

  /** How much lower the log loss of each photo becomes by the temperature of the other parts. */
  private static double[] gains(
      float[][] logits, int[] truth, int[] part, ToDoubleBiFunction<float[][], int[]> inverseOf) {
    double[] gains = new double[truth.length];
    for (int p = 0; p < PARTS; p++) {
      int held = p;
      int[] others =
          IntStream.range(0, truth.length).filter(i -> part[i] % PARTS != held).toArray();
      if (others.length == 0) {
        continue;
      }
      double inverse =
          inverseOf.applyAsDouble(
              IntStream.of(others).mapToObj(i -> logits[i]).toArray(float[][]::new),
              IntStream.of(others).map(i -> truth[i]).toArray());
      for (int i = 0; i < truth.length; i++) {
        if (part[i] % PARTS == held) {
          gains[i] =
              TemperatureScaling.logLoss(logits[i], truth[i], 1)
                  - TemperatureScaling.logLoss(logits[i], truth[i], inverse);
        }
      }
    }
    return gains;
  }

  /** Whether there were too few photos to tell whether a temperature helps. */
  public boolean hasTooFewPhotos() {
    return photos < FEWEST;
  }

  /** Whether the layer's probabilities change. */
  public boolean helps() {
    return temperature != 1;
  }

  /** A layer whose logits are divided by the temperature. */
  FinalLayer applyTo(FinalLayer layer) {
    return helps() ? layer.scaled((float) (1 / temperature)) : layer;
  }
}
