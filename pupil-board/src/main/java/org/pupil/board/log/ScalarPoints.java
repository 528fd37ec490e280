package org.pupil.board.log;

/**
 * Points of a scalar series: steps strictly increase, wall times are seconds since 1970, values may
 * be NaN or infinite. Immutable.
 */
public final class ScalarPoints {
  private final PackedLongs steps;
  private final PackedLongs wallTimeBits;
  private final ScalarValues values;
  private final long seen;
  private final int revision;

  /** Takes what nobody else may change; all are of one length. */
  ScalarPoints(
      PackedLongs steps, PackedLongs wallTimeBits, ScalarValues values, long seen, int revision) {
    this.steps = steps;
    this.wallTimeBits = wallTimeBits;
    this.values = values;
    this.seen = seen;
    this.revision = revision;
  }

  public int size() {
    return steps.size();
  }

  /** How many points the log has: more than {@link #size} if some were thinned out. */
  public long seen() {
    return seen;
  }

  public long step(int i) {
    return steps.get(i);
  }

  /** Seconds since 1970. */
  public double wallTime(int i) {
    return Double.longBitsToDouble(wallTimeBits.get(i));
  }

  /** As it was written: a float, or a double. */
  public double value(int i) {
    return values.get(i);
  }

  /** Whether a value needs double precision. */
  public boolean isWide() {
    return values.isWide();
  }

  /**
   * As long as it is the same, and the run's name is, points were only added at the end since then.
   */
  public int revision() {
    return revision;
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
    int[] kept = Extremes.indices(values::get, size(), most);
    return new ScalarPoints(
        steps.picked(kept), wallTimeBits.picked(kept), values.picked(kept), seen, revision);
  }
}
