package org.pupil.board.log;

import java.util.Arrays;

/** The growing points of one scalar tag: 20 bytes each, in arrays that have an eighth of room. */
final class ScalarSeries extends StepSeries {
  private static final int FIRST_CAPACITY = 8;

  private float[] values = new float[FIRST_CAPACITY];

  ScalarSeries() {
    super(FIRST_CAPACITY);
  }

  /** Adds a point, which removes those at its step or later. */
  void add(long step, double wallTime, float value) {
    int at = append(step, wallTime);
    values[at] = value;
  }

  @Override
  void resize(int capacity) {
    values = Arrays.copyOf(values, capacity);
  }

  /** Leaves about half of the points, the peaks among them. */
  @Override
  void thin() {
    int[] kept = Extremes.indices(values, size(), Math.max(4, size() / 2));
    values = ScalarPoints.pick(values, kept);
    keep(kept);
  }

  /** A copy of what is there now. */
  ScalarPoints points() {
    return new ScalarPoints(steps(), wallTimes(), Arrays.copyOf(values, size()), seen());
  }
}
