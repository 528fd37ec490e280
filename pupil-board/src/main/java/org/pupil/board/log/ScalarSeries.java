package org.pupil.board.log;

/**
 * The growing points of one scalar tag: 20 bytes each (24 if they need double precision), in arrays
 * that have an eighth of room.
 */
final class ScalarSeries extends StepSeries {
  private static final int FIRST_CAPACITY = 4;

  private ScalarValues values = new ScalarValues(FIRST_CAPACITY);

  ScalarSeries(int revision) {
    super(FIRST_CAPACITY, revision);
  }

  /** Adds a point, as {@link #append}. */
  void add(long step, double wallTime, double orphansBefore, double value) {
    int at = append(step, wallTime, orphansBefore);
    values.set(at, value);
  }

  @Override
  void resize(int capacity) {
    values.resize(capacity);
  }

  /** Leaves about half of the points, the peaks among them. */
  @Override
  void thin() {
    rearrange(Extremes.indices(values::get, size(), Math.max(4, size() / 2)));
  }

  @Override
  void pick(int[] kept) {
    values = values.picked(kept);
  }

  /** A copy of what is there now. */
  ScalarPoints points() {
    return new ScalarPoints(steps(), wallTimes(), values.first(size()), seen(), revision());
  }
}
