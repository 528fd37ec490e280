package org.pupil.training;

/**
 * Which of several numbers is the largest: of equal ones the first. NaN is never chosen but first.
 */
public final class Argmax {
  private Argmax() {}

  /**
   * The index of the largest of all values.
   *
   * @param values at least one
   */
  public static int of(float[] values) {
    return of(values, 0, values.length);
  }

  /** The index, counted from {@code at}, of the largest of {@code k} values from there on. */
  static int of(float[] values, int at, int k) {
    int best = 0;
    for (int i = 1; i < k; i++) {
      if (values[at + i] > values[at + best]) {
        best = i;
      }
    }
    return best;
  }

  /** The index of the row that is the largest in a column of {@code [rows][columns]}. */
  static int ofColumn(float[][] values, int column) {
    int best = 0;
    for (int row = 1; row < values.length; row++) {
      if (values[row][column] > values[best][column]) {
        best = row;
      }
    }
    return best;
  }
}
