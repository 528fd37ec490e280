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
    return wilson(successes / (double) trials, trials);
  }

  /**
   * The same of a proportion that need not be of whole trials, such as one averaged over several
   * looks at the same photos.
   *
   * @param p the proportion, 0 to 1; any number if there are no trials
   * @param n trials that would tell as much, 0 or more
   */
  static Interval wilson(double p, double n) {
    if (n == 0) {
      return new Interval(0, 1);
    }
    double scale = 1 + Z * Z / n;
    double center = (p + Z * Z / (2 * n)) / scale;
    double reach = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / scale;
    // At the ends the formula gives 0 and 1 but for rounding.
    double low = p == 0 ? 0 : Math.max(0, center - reach);
    double high = p == 1 ? 1 : Math.min(1, center + reach);
    return new Interval(low, high);
  }

  /** Distance between the ends, 0 to 1. */
  public double width() {
    return high - low;
  }
}
