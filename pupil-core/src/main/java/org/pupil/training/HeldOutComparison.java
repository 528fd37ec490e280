package org.pupil.training;

import java.util.stream.IntStream;

/**
 * Two ways to label the same photos, which neither has seen: which is better. Both are calibrated
 * on these photos first, so that it is not their certainty that is compared.
 *
 * @param photos how many were asked
 * @param lossBefore mean log loss of the first, in nats
 * @param lossAfter mean log loss of the second
 * @param rightBefore photos that the first labels rightly
 * @param rightAfter photos that the second labels rightly
 * @param isBetter whether the second's loss is lower by more than twice the difference's standard
 *     error, and it labels no fewer photos rightly
 */
public record HeldOutComparison(
    int photos,
    double lossBefore,
    double lossAfter,
    int rightBefore,
    int rightAfter,
    boolean isBetter) {
  /** Fewer photos say nothing: the second is never better by them. */
  public static final int FEWEST = 20;

  /** The second was often chosen among several by the same photos, and so is flattered. */
  private static final double STANDARD_ERRORS = 2;

  /**
   * Compares.
   *
   * @param before logits [n][k] of the first
   * @param after those of the second
   * @param truth [n] index of each photo's label; n at least 1
   */
  public static HeldOutComparison of(float[][] before, float[][] after, int[] truth) {
    int n = truth.length;
    double[] lossesBefore = losses(before, truth);
    double[] lossesAfter = losses(after, truth);
    double[] gains =
        IntStream.range(0, n).mapToDouble(i -> lossesBefore[i] - lossesAfter[i]).toArray();
    double mean = mean(gains);
    double[] squares =
        IntStream.range(0, n).mapToDouble(i -> (gains[i] - mean) * (gains[i] - mean)).toArray();
    int rightBefore = right(before, truth);
    int rightAfter = right(after, truth);
    boolean isBetter =
        n >= FEWEST
            && rightAfter >= rightBefore
            && mean > STANDARD_ERRORS * Math.sqrt(mean(squares) / (n - 1));
    return new HeldOutComparison(
        n, mean(lossesBefore), mean(lossesAfter), rightBefore, rightAfter, isBetter);
  }

  private static double[] losses(float[][] logits, int[] truth) {
    double inverse = TemperatureScaling.fit(logits, truth);
    return IntStream.range(0, truth.length)
        .mapToDouble(i -> TemperatureScaling.logLoss(logits[i], truth[i], inverse))
        .toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static int right(float[][] logits, int[] truth) {
    return (int)
        IntStream.range(0, truth.length)
            .filter(i -> Argmax.of(logits[i], 0, logits[i].length) == truth[i])
            .count();
  }
}
