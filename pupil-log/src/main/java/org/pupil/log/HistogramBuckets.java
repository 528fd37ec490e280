package org.pupil.log;

import java.util.Arrays;

/**
 * The default buckets of TensorFlow 1's histograms (tensorflow/core/lib/histogram): limits at zero,
 * at plus and minus 1e-12 * 1.1^n below 1e20, and at plus and minus the largest double.
 *
 * <p>Bucket i holds the values from {@code limit(i - 1)} on that are less than {@code limit(i)}.
 */
final class HistogramBuckets {
  private static final double SMALLEST_LIMIT = 1.0e-12;
  private static final double LIMITS_STOP_BELOW = 1.0e20;
  private static final double GROWTH = 1.1;

  // Floats that share sign, exponent and the first four bits of their fraction are one cell. A
  // cell spans at most 1/16 of its lower end, less than the 1/10 from limit to limit, so it meets
  // at most one limit: the table says which, and one comparison tells on which side a value is.
  private static final int CELL_SHIFT = 23 - 4;
  private static final int CELLS = 1 << (32 - CELL_SHIFT);

  private static final double[] LIMITS = limits();
  private static final short[] FIRST_BUCKET_OF_CELL = firstBucketOfCell();

  // For each limit the order of the smallest float that is not less. Integers, because comparing
  // them takes no jump, and a jump that goes either way by chance costs more than all the rest.
  private static final int[] ORDER_OF_LIMIT = orderOfLimit();

  private HistogramBuckets() {}

  static int count() {
    return LIMITS.length;
  }

  static double limit(int bucket) {
    return LIMITS[bucket];
  }

  /** The bucket that a finite value is in. For NaN and the infinities the answer means nothing. */
  static int bucketOf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int bucket = FIRST_BUCKET_OF_CELL[bits >>> CELL_SHIFT];
    int isBelowLimit = (orderOf(bits) - ORDER_OF_LIMIT[bucket]) >>> 31;
    return bucket + 1 - isBelowLimit;
  }

  /** Grows with the float that the bits are; -0 comes just before 0. */
  private static int orderOf(int bits) {
    return bits ^ ((bits >> 31) >>> 1);
  }

  private static int[] orderOfLimit() {
    int[] orders = new int[LIMITS.length];
    for (int i = 0; i < orders.length; i++) {
      double limit = LIMITS[i];
      float near = (float) limit;
      float notLess = limit == 0 ? -0f : near < limit ? Math.nextUp(near) : near;
      orders[i] = orderOf(Float.floatToRawIntBits(notLess));
    }
    return orders;
  }

  private static double[] limits() {
    // The limits are products in sequence, not powers: only so do they equal TensorFlow's to the
    // last bit.
    int n = 0;
    for (double limit = SMALLEST_LIMIT; limit < LIMITS_STOP_BELOW; limit *= GROWTH) {
      n++;
    }
    double[] limits = new double[2 * n + 3];
    limits[0] = -Double.MAX_VALUE;
    double limit = SMALLEST_LIMIT;
    for (int i = 0; i < n; i++) {
      limits[n - i] = -limit;
      limits[n + 2 + i] = limit;
      limit *= GROWTH;
    }
    limits[2 * n + 2] = Double.MAX_VALUE;
    return limits;
  }

  private static short[] firstBucketOfCell() {
    short[] first = new short[CELLS];
    for (int cell = 0; cell < CELLS; cell++) {
      first[cell] = (short) bucketBySearch(lowestOf(cell));
    }
    return first;
  }

  private static double lowestOf(int cell) {
    int firstBits = cell << CELL_SHIFT;
    boolean negative = firstBits < 0;
    float lowest = Float.intBitsToFloat(negative ? firstBits | (1 << CELL_SHIFT) - 1 : firstBits);
    if (Float.isFinite(lowest)) {
      return lowest;
    }
    return negative ? -Float.MAX_VALUE : Float.MAX_VALUE;
  }

  /** Index of the first limit that is greater than the value. */
  private static int bucketBySearch(double value) {
    int found = Arrays.binarySearch(LIMITS, value == 0 ? 0.0 : value);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
