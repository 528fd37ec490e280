package org.pupil.evaluation;

/**
 * Where a proportion lies with 95 % confidence.
 *
 * @param low least, 0 to 1
 * @param high greatest, 0 to 1
 */
public record Interval(double low, double high) {
  /** The 97.5 % point of the normal distribution. */
  private static final double Z = 1.959963984540054;

  public Interval {
    if (!(0 <= low && low <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "an interval must lie within 0 and 1, was " + low + " to " + high);
    }
  }

  /**
   * The score interval of Wilson (1927), which holds also for few trials and for proportions near 0
   * and 1.
   *
   * @param successes 0 to {@code trials}
   * @param trials 0 or more; for 0 nothing is known: 0 to 1
   */
  public static Interval wilson(int successes, int trials) {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "successes must be 0 to " + trials + ", were " + successes);
    }
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double n = trials;
    double p = successes / n;
    double scale = 1 + Z * Z / n;
    double center = (p + Z * Z / (2 * n)) / scale;
    double reach = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / scale;
    // At the ends the formula gives 0 and 1 but for rounding.
    double low = successes == 0 ? 0 : center - reach;
    double high = successes == trials ? 1 : center + reach;
    return new Interval(low, high);
  }

  /** Distance between the ends, 0 to 1. */
  public double width() {
    return high - low;
  }
}
