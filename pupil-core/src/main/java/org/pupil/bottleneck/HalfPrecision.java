package org.pupil.bottleneck;

/**
 * Numbers of 16 bits as IEEE 754 has them (binary16): a sign, 5 bits of exponent and 10 of
 * fraction. Java has no such type, and methods for it only from Java 20 on.
 */
public final class HalfPrecision {
  private static final int SIGN = 0x8000;
  private static final int MAGNITUDE = 0x7fff;

  /** All bits of the exponent: infinity, or not a number. */
  private static final int NOT_FINITE = 0x7c00;

  /** A float has so many bits of fraction more. */
  private static final int MORE_FRACTION = 13;

  /** Between the two exponents' biases, 127 and 15. */
  private static final int MORE_BIAS = 112;

  /** Below it a half has no exponent, only steps of 2^-24. */
  private static final float LEAST_NORMAL = 0x1p-14f;

  private static final float GREATEST = 65504;

  private HalfPrecision() {}

  /**
   * The nearest half, and of two equally near ones the even one.
   *
   * @param value at most 65504 in size
   */
  public static short of(float value) {
    float size = Math.abs(value);
    if (!(size <= GREATEST)) {
      throw new IllegalArgumentException("no half is near " + value);
    }
    int sign = (Float.floatToRawIntBits(value) >>> 16) & SIGN;
    if (size < LEAST_NORMAL) {
      return (short) (sign | (int) Math.rint(size * 0x1p24));
    }
    int bits = Float.floatToRawIntBits(size);
    int halfOfTheLast = (1 << (MORE_FRACTION - 1)) - 1 + ((bits >>> MORE_FRACTION) & 1);
    return (short) (sign | ((bits + halfOfTheLast - (MORE_BIAS << 23)) >>> MORE_FRACTION));
  }

  /** Whether it is neither infinite nor not a number. */
  public static boolean isFinite(short half) {
    return (half & NOT_FINITE) != NOT_FINITE;
  }

  /**
   * The same number as a float.
   *
   * @param half finite
   */
  public static float toFloat(short half) {
    // A float with the half's bits is too small by the difference of the biases, also below the
    // least normal half; a product with a power of two is exact.
    float size = Float.intBitsToFloat((half & MAGNITUDE) << MORE_FRACTION) * 0x1p112f;
    return half < 0 ? -size : size;
  }
}
