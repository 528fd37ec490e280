package org.pupil.board.log;

/**
 * How much is kept and how often is looked.
 *
 * @param maxPoints so many points are kept in memory, of all series together; if there are more,
 *     the longest series are thinned so that their peaks stay
 * @param threads how many runs are read at a time, at least 1
 */
public record LogLimits(long maxPoints, int threads) {
  /** Ten million points, which take about 220 megabytes. */
  public static final long DEFAULT_MAX_POINTS = 10_000_000;

  /** Shorter series are never thinned: thousands of them must not lose their shape to one. */
  static final int SHORTEST_THINNED = 1000;

  public LogLimits {
    if (maxPoints < 1) {
      throw new IllegalArgumentException("maxPoints must be at least 1, was " + maxPoints);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
  }
}
