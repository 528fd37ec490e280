package org.pupil.training;

/**
 * One number by which all logits are divided, so that probabilities mean what they say: a layer
 * that is too sure of itself needs a temperature above 1, a timid one a temperature below. Which
 * label is the likeliest stays the same. (Guo et al., "On Calibration of Modern Neural Networks",
 * 2017.)
 *
 * <p>The temperature is that of least log loss. As a function of its inverse, the log loss is
 * convex, so there is one such number.
 */
final class TemperatureScaling {
  /** Inverse temperatures beyond these make certainties of hints, or hints of certainties. */
  private static final double LEAST = 0.05;

  private static final double MOST = 20;
  private static final int MOST_ITERATIONS = 60;
  private static final double CLOSE = 1e-6;

  private TemperatureScaling() {}

  /**
   * The inverse temperature of least log loss, {@value #LEAST} to {@value #MOST}: what the logits
   * are multiplied with.
   *
   * @param logits [n][k], n at least 1
   * @param truth [n] index of each photo's label
   */
  static double fit(float[][] logits, int[] truth) {
    return fit(logits, truth, 0);
  }

  /**
   * The same, but as if one photo more had been mistaken for the label that seems likeliest of the
   * others, and one had not: then few photos that are all right do not make a layer endlessly sure.
   * (With two labels: Platt, "Probabilistic outputs for support vector machines", 1999.)
   *
   * @param logits [n][k], n at least 1
   * @param truth [n] index of each photo's label
   */
  static double fitWithDoubt(float[][] logits, int[] truth) {
    return fit(logits, truth, 1.0 / (truth.length + 2));
  }

  /**
   * @param doubt part of each photo that counts for the likeliest of the other labels, 0 to 1
   */
  private static double fit(float[][] logits, int[] truth, double doubt) {
    double[] target = new double[truth.length];
    for (int photo = 0; photo < target.length; photo++) {
      double own = logits[photo][truth[photo]];
      target[photo] =
          doubt == 0
              ? own
              : (1 - doubt) * own + doubt * likeliestOther(logits[photo], truth[photo]);
    }
    double low = LEAST;
    double high = MOST;
    double inverse = 1;
    for (int i = 0; i < MOST_ITERATIONS && high - low > CLOSE * low; i++) {
      double slope = 0;
      double bend = 0;
      for (int photo = 0; photo < truth.length; photo++) {
        Moments moments = Moments.of(logits[photo], inverse);
        slope += moments.mean - target[photo];
        bend += moments.variance;
      }
      if (slope > 0) {
        high = inverse;
      } else {
        low = inverse;
      }
      double newton = inverse - slope / bend;
      // Written so that a NaN takes the middle, too.
      inverse = newton > low && newton < high ? newton : Math.sqrt(low * high);
      if (Math.abs(slope) <= CLOSE * bend * inverse) {
        break;
      }
    }
    return inverse;
  }

  /**
   * The log loss of one photo, in nats.
   *
   * @param inverse what the logits are multiplied with
   */
  static double logLoss(float[] logits, int truth, double inverse) {
    double max = max(logits, inverse);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(inverse * logit - max);
    }
    return Math.log(sum) + max - inverse * logits[truth];
  }

  private static double likeliestOther(float[] logits, int label) {
    double max = Double.NEGATIVE_INFINITY;
    for (int other = 0; other < logits.length; other++) {
      max = other == label ? max : Math.max(max, logits[other]);
    }
    return max;
  }

  private static double max(float[] logits, double inverse) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, inverse * logit);
    }
    return max;
  }

  /** Mean and variance of a photo's logits, weighted with their probabilities. */
  private record Moments(double mean, double variance) {
    static Moments of(float[] logits, double inverse) {
      double max = max(logits, inverse);
      double sum = 0;
      double first = 0;
      double second = 0;
      for (float logit : logits) {
        double weight = Math.exp(inverse * logit - max);
        sum += weight;
        first += weight * logit;
        second += weight * logit * logit;
      }
      double mean = first / sum;
      return new Moments(mean, Math.max(0, second / sum - mean * mean));
    }
  }
}
