package org.pupil.evaluation;

/**
 * An error that falls with the number of photos as {@code floor + scale * photos^-exponent}, as
 * learning curves do (Cortes et al., "Learning curves: asymptotic values and rate of convergence",
 * 1994).
 *
 * @param floor what is left however many photos there are, 0 or more
 * @param scale 0 or more
 * @param exponent 0.05 to 2
 */
record PowerLaw(double floor, double scale, double exponent) {
  private static final double STEP = 0.05;
  private static final int STEPS = 40;

  /**
   * Least squares: for each exponent of a grid floor and scale have a formula, the best of all is
   * taken.
   *
   * @param photos positive, as many as errors
   * @param weights of the squares, positive
   */
  static PowerLaw fit(double[] photos, double[] errors, double[] weights) {
    PowerLaw best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 1; step <= STEPS; step++) {
      PowerLaw tried = fit(photos, errors, weights, step * STEP);
      double squares = 0;
      for (int i = 0; i < photos.length; i++) {
        double distance = tried.at(photos[i]) - errors[i];
        squares += weights[i] * distance * distance;
      }
      if (best == null || squares < least) {
        best = tried;
        least = squares;
      }
    }
    return best;
  }

  private static PowerLaw fit(double[] photos, double[] errors, double[] weights, double exponent) {
    double w = 0;
    double wx = 0;
    double wxx = 0;
    double wy = 0;
    double wxy = 0;
    for (int i = 0; i < photos.length; i++) {
      double x = Math.pow(photos[i], -exponent);
      w += weights[i];
      wx += weights[i] * x;
      wxx += weights[i] * x * x;
      wy += weights[i] * errors[i];
      wxy += weights[i] * x * errors[i];
    }
    double scale = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    double floor = (wy - scale * wx) / w;
    if (!(scale >= 0)) {
      return new PowerLaw(wy / w, 0, exponent);
    }
    return floor >= 0 ? new PowerLaw(floor, scale, exponent) : new PowerLaw(0, wxy / wxx, exponent);
  }

  /** The error with so many photos. */
  double at(double photos) {
    return floor + scale * Math.pow(photos, -exponent);
  }
}
