package org.pupil.evaluation;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/** McNemar's exact test of two classifiers on the same photos. */
final class McNemar {
  private McNemar() {}

  /**
   * The probability that chance alone divides the photos on which one is right and the other wrong
   * at least as unevenly, if the two are equally good: two-sided, from the binomial distribution.
   *
   * @param onlyFirst photos that only the first has right
   * @param onlySecond photos that only the second has right
   * @return 0 to 1; 1 if there are no such photos
   */
  static double pValue(int onlyFirst, int onlySecond) {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException(
          "numbers of photos must be 0 or more, were " + onlyFirst + " and " + onlySecond);
    }
    int trials = onlyFirst + onlySecond;
    int fewer = Math.min(onlyFirst, onlySecond);
    return trials == 0
        ? 1
        : Math.min(1, 2 * BinomialDistribution.of(trials, 0.5).cumulativeProbability(fewer));
  }
}
