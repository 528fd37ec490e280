package org.pupil.board.log;

import java.util.Arrays;

/**
 * The growing points of one scalar tag: 20 bytes each, in arrays that have an eighth of room. Not
 * for use by several threads at once; its run has a lock.
 */
final class ScalarSeries {
  private long[] steps = new long[8];
  private double[] wallTimes = new double[8];
  private float[] values = new float[8];
  private int size;
  private long seen;

  /**
   * Adds a point. As in TensorBoard's fast loader a point removes those at its step or later: they
   * are of a teaching that was killed and begun again.
   */
  void add(long step, double wallTime, float value) {
    if (size > 0 && steps[size - 1] >= step) {
      removeFrom(step);
    }
    if (size == steps.length) {
      int capacity = size + size / 8 + 16;
      steps = Arrays.copyOf(steps, capacity);
      wallTimes = Arrays.copyOf(wallTimes, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    steps[size] = step;
    wallTimes[size] = wallTime;
    values[size] = value;
    size++;
    seen++;
  }

  /** Removes the points at this step and later. */
  void removeFrom(long step) {
    int found = Arrays.binarySearch(steps, 0, size, step);
    int kept = found < 0 ? -found - 1 : found;
    if (kept < size) {
      // Thinned points stand for others, so the share that stays is all that can be known.
      seen = kept == 0 ? 0 : Math.round((double) seen * kept / size);
      size = kept;
    }
  }

  /** Leaves about half of the points, the peaks among them. */
  void thin() {
    int[] kept = Extremes.indices(values, size, Math.max(4, size / 2));
    long[] fewerSteps = new long[kept.length];
    double[] fewerWallTimes = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      fewerSteps[i] = steps[kept[i]];
      fewerWallTimes[i] = wallTimes[kept[i]];
    }
    values = ScalarPoints.pick(values, kept);
    steps = fewerSteps;
    wallTimes = fewerWallTimes;
    size = kept.length;
  }

  int size() {
    return size;
  }

  long seen() {
    return seen;
  }

  /** A copy of what is there now. */
  ScalarPoints points() {
    return new ScalarPoints(
        Arrays.copyOf(steps, size),
        Arrays.copyOf(wallTimes, size),
        Arrays.copyOf(values, size),
        seen);
  }
}
