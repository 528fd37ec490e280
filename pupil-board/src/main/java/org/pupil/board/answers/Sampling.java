package org.pupil.board.answers;

import java.util.ArrayList;
import java.util.List;

/** Fewer values of a series, for those that are too large to be given all. */
public final class Sampling {
  private Sampling() {}

  /**
   * Takes values at equal distances, the first and the last among them.
   *
   * @param most at least 1; 1 leaves the last
   */
  public static <T> List<T> evenly(List<T> all, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least 1 value must be wanted, was " + most);
    }
    int size = all.size();
    if (size <= most) {
      return all;
    }
    if (most == 1) {
      return List.of(all.get(size - 1));
    }
    List<T> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) Math.round((double) i * (size - 1) / (most - 1))));
    }
    return some;
  }
}
