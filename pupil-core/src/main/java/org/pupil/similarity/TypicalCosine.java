package org.pupil.similarity;

import org.pupil.bottleneck.Bottlenecks;

/**
 * The mean cosine of two photos: that of strangers, since near-duplicates are few among all pairs.
 *
 * <p>Few photos do not tell it, so it is as if there were {@value #PRIOR_PAIRS} pairs more of a
 * cosine of {@value #PRIOR}. It is at most {@value #MOST}, so that exact copies are never typical.
 */
final class TypicalCosine {
  private static final double PRIOR = 0.5;
  private static final int PRIOR_PAIRS = 200;
  private static final double MOST = 0.95;

  private TypicalCosine() {}

  /**
   * The mean, from the sum s of all vectors of length 1: the pairs' cosines come to (s s - n) / 2.
   *
   * @param scales what each bottleneck is multiplied with to be of length 1
   */
  static double of(Bottlenecks bottlenecks, float[] scales) {
    double[] sum = new double[bottlenecks.floats()];
    double self = 0;
    for (int i = 0; i < scales.length; i++) {
      float[] row = bottlenecks.row(i);
      double scale = scales[i];
      for (int j = 0; j < sum.length; j++) {
        sum[j] += scale * row[j];
      }
      self += scale == 0 ? 0 : 1;
    }
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    double cosines = (squares - self) / 2;
    double pairs = scales.length * (scales.length - 1.0) / 2;
    double mean = (cosines + PRIOR * PRIOR_PAIRS) / (pairs + PRIOR_PAIRS);
    return Math.max(0, Math.min(MOST, mean));
  }
}
