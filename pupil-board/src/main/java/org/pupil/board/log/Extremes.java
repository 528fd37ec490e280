package org.pupil.board.log;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Chooses points of a series so that its peaks stay. */
final class Extremes {
  private Extremes() {}

  /**
   * The first and the last index, and of each of equal stretches between them that of the lowest
   * and that of the highest value.
   *
   * @param values by index; the first {@code size} are looked at; a NaN is neither low nor high
   * @param most at least 1; with fewer than 4 the last indices of equal stretches are taken
   * @return at most {@code most} indices, in increasing order
   */
  static int[] indices(IntToDoubleFunction values, int size, int most) {
    if (size <= most) {
      return range(size);
    }
    if (most < 4) {
      int[] last = new int[most];
      for (int i = 0; i < most; i++) {
        last[i] = (int) ((i + 1L) * size / most) - 1;
      }
      return last;
    }
    int stretches = (most - 2) / 2;
    int[] kept = new int[most];
    int count = 0;
    kept[count++] = 0;
    for (int stretch = 0; stretch < stretches; stretch++) {
      int from = 1 + (int) ((long) stretch * (size - 2) / stretches);
      int to = 1 + (int) ((stretch + 1L) * (size - 2) / stretches);
      int lowest = from;
      int highest = from;
      for (int i = from + 1; i < to; i++) {
        double value = values.applyAsDouble(i);
        if (value < values.applyAsDouble(lowest) || Double.isNaN(values.applyAsDouble(lowest))) {
          lowest = i;
        }
        if (value > values.applyAsDouble(highest) || Double.isNaN(values.applyAsDouble(highest))) {
          highest = i;
        }
      }
      kept[count++] = Math.min(lowest, highest);
      if (lowest != highest) {
        kept[count++] = Math.max(lowest, highest);
      }
    }
    kept[count++] = size - 1;
    return Arrays.copyOf(kept, count);
  }

  private static int[] range(int size) {
    int[] all = new int[size];
    Arrays.setAll(all, i -> i);
    return all;
  }
}
