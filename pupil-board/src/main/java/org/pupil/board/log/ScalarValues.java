package org.pupil.board.log;

import java.util.Arrays;

/**
 * Numbers as they were written: in 4 bytes each as long as that loses nothing, else in 8. A log in
 * double precision keeps it, and all others stay small. Not for use by several threads at once.
 */
final class ScalarValues {
  private static final float[] NONE = {};

  private float[] narrow;

  /** All of them, instead of {@link #narrow}, as soon as one needs it; else empty. */
  private double[] wide = {};

  private boolean isWide;

  ScalarValues(int capacity) {
    narrow = new float[capacity];
  }

  private ScalarValues(float[] narrow, double[] wide, boolean isWide) {
    this.narrow = narrow;
    this.wide = wide;
    this.isWide = isWide;
  }

  double get(int i) {
    return isWide ? wide[i] : narrow[i];
  }

  void set(int i, double value) {
    if (!isWide && (float) value != value && !Double.isNaN(value)) {
      widen();
    }
    if (isWide) {
      wide[i] = value;
    } else {
      narrow[i] = (float) value;
    }
  }

  private void widen() {
    wide = new double[narrow.length];
    for (int i = 0; i < narrow.length; i++) {
      wide[i] = narrow[i];
    }
    narrow = NONE;
    isWide = true;
  }

  /** Whether one of them needs 8 bytes. */
  boolean isWide() {
    return isWide;
  }

  void resize(int capacity) {
    if (isWide) {
      wide = Arrays.copyOf(wide, capacity);
    } else {
      narrow = Arrays.copyOf(narrow, capacity);
    }
  }

  /** A copy of the first ones. */
  ScalarValues first(int size) {
    return isWide
        ? new ScalarValues(NONE, Arrays.copyOf(wide, size), true)
        : new ScalarValues(Arrays.copyOf(narrow, size), wide, false);
  }

  /** A copy of those at some indices. */
  ScalarValues picked(int[] kept) {
    if (isWide) {
      return new ScalarValues(NONE, Arrays.stream(kept).mapToDouble(i -> wide[i]).toArray(), true);
    }
    float[] picked = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      picked[i] = narrow[kept[i]];
    }
    return new ScalarValues(picked, wide, false);
  }
}
