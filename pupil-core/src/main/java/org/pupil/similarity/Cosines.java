package org.pupil.similarity;

import java.util.Arrays;
import java.util.function.IntFunction;

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

  /**
   * What an array is multiplied with to be of length 1; 0 for one of zeros; not a number if there
   * is one in it that is not finite.
   */
  static double scale(float[] x) {
    double squares = 0;
    for (float value : x) {
      squares += (double) value * value;
    }
    if (squares == 0) {
      return 0;
    }
    return squares < Double.POSITIVE_INFINITY ? 1 / Math.sqrt(squares) : Double.NaN;
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

  /**
   * Arrays side by side.
   *
   * @param rows of one length
   * @param from the first of them
   * @param length how many, at least 1
   * @return {@code columns[j][i]} is float {@code j} of row {@code from + i}
   */
  static float[][] columns(IntFunction<float[]> rows, int from, int length) {
    float[][] columns = new float[rows.apply(from).length][length];
    for (int i = 0; i < length; i++) {
      float[] row = rows.apply(from + i);
      for (int j = 0; j < row.length; j++) {
        columns[j][i] = row[j];
      }
    }
    return columns;
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
