package org.pupil.board.log;

/**
 * The growing points of one scalar tag, of 8 to 24 bytes each: 4 for the value (8 if it needs
 * double precision), none to 8 for the step, 4 or 8 for the time.
 */
final class ScalarSeries extends StepSeries {
  private ScalarValues values = new ScalarValues();

  ScalarSeries(int revision) {
    super(revision);
  }

  /** Adds a point, as {@link #append}. */
  void add(long step, double wallTime, double orphansBefore, double value) {
    append(step, wallTime, orphansBefore);
    values.add(value);
  }

  @Override
  void truncate(int size) {
    values.truncate(size);
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

  /** What is there now. */
  ScalarPoints points() {
    return new ScalarPoints(steps(), wallTimeBits(), values.snapshot(), seen(), revision());
  }
}
