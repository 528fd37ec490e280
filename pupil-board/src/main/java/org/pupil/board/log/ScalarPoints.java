package org.pupil.board.log;

import java.util.Arrays;

/**
 * Points of a scalar series: steps strictly increase, wall times are seconds since 1970, values may
 * be NaN or infinite. Immutable.
 */
public final class ScalarPoints {
  private final long[] steps;
  private final double[] wallTimes;
  private final float[] values;
  private final long seen;

  /** Takes the arrays, which nobody else may change; they are of one length. */
  ScalarPoints(long[] steps, double[] wallTimes, float[] values, long seen) {
    this.steps = steps;
    this.wallTimes = wallTimes;
    this.values = values;
    this.seen = seen;
  }

  public int size() {
    return steps.length;
  }

  /** How many points the log has: more than {@link #size} if some were thinned out. */
  public long seen() {
    return seen;
  }

  public long step(int i) {
    return steps[i];
  }

  /** Seconds since 1970. */
  public double wallTime(int i) {
    return wallTimes[i];
  }

  public float value(int i) {
    return values[i];
  }

  /**
   * At most so many of these points, in their order: the first, the last, and of each stretch
   * between them the lowest and the highest, so that no peak vanishes.
   *
   * @param most at least 1; 1 leaves the last point
   */
  public ScalarPoints sampled(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least 1 point must be wanted, was " + most);
    }
    if (size() <= most) {
      return this;
    }
    int[] kept = Extremes.indices(values, size(), most);
    return new ScalarPoints(
        Arrays.stream(kept).mapToLong(i -> steps[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> wallTimes[i]).toArray(),
        pick(values, kept),
        seen);
  }

  static float[] pick(float[] values, int[] kept) {
    float[] picked = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      picked[i] = values[kept[i]];
    }
    return picked;
  }
}
