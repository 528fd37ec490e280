package org.pupil.board.log;

/**
 * How much is kept and how often is looked.
 *
 * @param maxPoints so many points are kept in memory, of all series together; if there are more,
 *     the longest series are thinned so that their peaks stay
 * @param maxTags so many tags are kept of one run; values of others are left out, and it is said
 * @param threads how many runs are read at a time, at least 1
 */
public record LogLimits(long maxPoints, int maxTags, int threads) {
  /** Ten million points, which take 80 to 200 megabytes: see {@link ScalarSeries}. */
  public static final long DEFAULT_MAX_POINTS = 10_000_000;

  /** Far more than a page can show, few enough for the smallest machine. */
  public static final int DEFAULT_MAX_TAGS = 20_000;

  /** What names, descriptions and places of one run's tags may take. */
  static final long TAG_BYTES_OF_A_RUN = 32 << 20;

  /** What they may take in all runs together. */
  static final long TAG_BYTES = 160 << 20;

  /** Shorter series are never thinned. */
  static final int SHORTEST_THINNED = 8;

  public LogLimits {
    if (maxPoints < 1) {
      throw new IllegalArgumentException("maxPoints must be at least 1, was " + maxPoints);
    }
    if (maxTags < 1) {
      throw new IllegalArgumentException("maxTags must be at least 1, was " + maxTags);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
  }

  /** The default numbers of points and tags. */
  public static LogLimits withThreads(int threads) {
    return new LogLimits(DEFAULT_MAX_POINTS, DEFAULT_MAX_TAGS, threads);
  }
}
