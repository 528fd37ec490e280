package org.pupil.board.log;

import java.util.Arrays;

/**
 * What the values of one tag have in common: steps that strictly increase, and their times. Its
 * kinds keep more of each value, at the same index. Not for use by several threads at once; its run
 * has a lock.
 */
abstract class StepSeries {
  private long[] steps;
  private double[] wallTimes;
  private int size;
  private long seen;

  /**
   * @param capacity how many values there is room for at first
   */
  StepSeries(int capacity) {
    steps = new long[capacity];
    wallTimes = new double[capacity];
  }

  /**
   * Adds a value. As in TensorBoard's fast loader it removes those at its step or later: they are
   * of a teaching that was killed and begun again.
   *
   * @return its index
   */
  final int append(long step, double wallTime) {
    if (size > 0 && steps[size - 1] >= step) {
      removeFrom(step);
    }
    if (size == steps.length) {
      int capacity = size + size / 8 + 8;
      steps = Arrays.copyOf(steps, capacity);
      wallTimes = Arrays.copyOf(wallTimes, capacity);
      resize(capacity);
    }
    steps[size] = step;
    wallTimes[size] = wallTime;
    seen++;
    return size++;
  }

  /** Gives what a kind keeps of each value room for so many. */
  abstract void resize(int capacity);

  /** Removes the values at this step and later. */
  final void removeFrom(long step) {
    int found = Arrays.binarySearch(steps, 0, size, step);
    int kept = found < 0 ? -found - 1 : found;
    if (kept < size) {
      // Thinned values stand for others, so the share that stays is all that can be known.
      seen = kept == 0 ? 0 : Math.round((double) seen * kept / size);
      size = kept;
    }
  }

  /** Leaves about half of the values, the last among them. */
  abstract void thin();

  /**
   * Leaves these values only.
   *
   * @param kept their indices, increasing
   */
  final void keep(int[] kept) {
    steps = Arrays.stream(kept).mapToLong(i -> steps[i]).toArray();
    wallTimes = Arrays.stream(kept).mapToDouble(i -> wallTimes[i]).toArray();
    size = kept.length;
  }

  /** How many values are here. */
  final int size() {
    return size;
  }

  /** How many values the log has: more than {@link #size} if some were thinned out. */
  final long seen() {
    return seen;
  }

  final long step(int i) {
    return steps[i];
  }

  final double wallTime(int i) {
    return wallTimes[i];
  }

  /** A copy. */
  final long[] steps() {
    return Arrays.copyOf(steps, size);
  }

  /** A copy. */
  final double[] wallTimes() {
    return Arrays.copyOf(wallTimes, size);
  }
}
