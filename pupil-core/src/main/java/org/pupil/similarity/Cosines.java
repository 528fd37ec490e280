package org.pupil.similarity;

import java.util.Arrays;

/**
 * Products of vectors of length 1. A product is the same number however it is computed here: its
 * sum goes upwards, four terms at a time, each four added as two pairs.
 */
final class Cosines {
  private Cosines() {}

  /** A product is a little above 1, or below -1, only because it was rounded. */
  static float bounded(float product) {
    return Math.max(-1, Math.min(1, product));
  }

  /** The product of two arrays of one length. */
  static float product(float[] x, float[] y) {
    float sum = 0;
    int j = 0;
    for (; j + 4 <= x.length; j += 4) {
      sum += (x[j] * y[j] + x[j + 1] * y[j + 1]) + (x[j + 2] * y[j + 2] + x[j + 3] * y[j + 3]);
    }
    for (; j < x.length; j++) {
      sum += x[j] * y[j];
    }
    return sum;
  }

  /**
   * The products of an array with many, side by side: a loop over arrays becomes vector
   * instructions, a sum in one loop does not (measured: 10 billion multiply-adds a second on one
   * core against 3).
   *
   * @param x an array of d floats
   * @param columns {@code columns[j][i]} is float {@code j} of array {@code i}: d arrays
   * @param products receives the product with array {@code i} in {@code products[i]}; as long as
   *     each of the columns
   */
  static void products(float[] x, float[][] columns, float[] products) {
    Arrays.fill(products, 0);
    int j = 0;
    for (; j + 4 <= x.length; j += 4) {
      addFour(products, columns, j, x[j], x[j + 1], x[j + 2], x[j + 3]);
    }
    for (; j < x.length; j++) {
      addOne(products, columns[j], x[j]);
    }
  }

  private static void addFour(
      float[] sums, float[][] columns, int j, float a, float b, float c, float d) {
    float[] first = columns[j];
    float[] second = columns[j + 1];
    float[] third = columns[j + 2];
    float[] fourth = columns[j + 3];
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (a * first[i] + b * second[i]) + (c * third[i] + d * fourth[i]);
    }
  }

  private static void addOne(float[] sums, float[] column, float a) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a * column[i];
    }
  }
}
