package org.pupil.evaluation;

/**
 * A score, and where it lies on photos like these with 95 % confidence. The interval speaks of the
 * choice of the photos that were judged, not of those that were learnt from.
 *
 * @param value what the photos say; NaN if they say nothing, such as the recall of a label without
 *     photos
 * @param low low end of the interval; NaN if there are too few photos for one
 * @param high high end of the interval; NaN if and only if {@code low} is
 */
public record Score(double value, double low, double high) {
  public Score {
    if (low > high || Double.isNaN(low) != Double.isNaN(high)) {
      throw new IllegalArgumentException("an interval cannot be from " + low + " to " + high);
    }
  }

  /** A proportion with the interval of Wilson. */
  static Score wilson(double proportion, double trials) {
    Interval interval = Interval.wilson(proportion, trials);
    return new Score(proportion, interval.low(), interval.high());
  }
}
