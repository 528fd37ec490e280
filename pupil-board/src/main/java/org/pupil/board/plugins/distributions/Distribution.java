package org.pupil.board.plugins.distributions;

import org.pupil.board.plugins.histograms.HistogramBuckets;

/**
 * The values below which certain shares of an array's values are, read off its histogram. The
 * shares are in hundredths of a percent, those of a normal distribution's mean and of its half
 * standard deviations.
 */
public final class Distribution {
  /** All values are below the last share. */
  private static final int ALL = 10_000;

  private static final int[] SHARES = {0, 668, 1587, 3085, 5000, 6915, 8413, 9332, ALL};

  private final double[] values = new double[SHARES.length];

  private Distribution() {}

  /**
   * Goes along the sum of the counts, in a straight line within a bucket. Where a share falls just
   * between two buckets, the left edge of the next one that is not empty counts. No buckets: all
   * values are 0.
   */
  public static Distribution of(HistogramBuckets buckets) {
    Distribution distribution = new Distribution();
    if (buckets.size() == 0) {
      return distribution;
    }
    double[] below = sharesBelow(buckets);
    double least = buckets.left(0);
    double greatest = buckets.right(buckets.size() - 1);
    int bucket = 0;
    for (int i = 0; i < SHARES.length; i++) {
      // A bucket that adds nothing does not reach beyond a share that the one before did not.
      while (bucket < below.length && !(below[bucket] > SHARES[i])) {
        bucket++;
      }
      distribution.values[i] =
          bucket == below.length
              ? greatest
              : within(buckets, below, bucket, SHARES[i], least, greatest);
    }
    return distribution;
  }

  /** For each bucket the share of the values that are in it or in those before. */
  private static double[] sharesBelow(HistogramBuckets buckets) {
    double sum = 0;
    for (int i = 0; i < buckets.size(); i++) {
      sum += buckets.count(i);
    }
    double[] below = new double[buckets.size()];
    double before = 0;
    for (int i = 0; i < below.length; i++) {
      before += buckets.count(i) * ALL / (sum == 0 ? 1 : sum);
      below[i] = before;
    }
    return below;
  }

  private static double within(
      HistogramBuckets buckets,
      double[] below,
      int bucket,
      int share,
      double least,
      double greatest) {
    double before = bucket == 0 ? 0 : below[bucket - 1];
    double left = before == 0 ? least : Math.max(buckets.right(bucket - 1), least);
    double right = Math.min(buckets.right(bucket), greatest);
    return left + (share - before) * (right - left) / (below[bucket] - before);
  }

  /** How many shares there are. */
  public int size() {
    return SHARES.length;
  }

  /** In hundredths of a percent. */
  public int share(int i) {
    return SHARES[i];
  }

  /** So large are the values at most that are within the share. */
  public double value(int i) {
    return values[i];
  }
}
