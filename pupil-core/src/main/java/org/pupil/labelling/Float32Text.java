package org.pupil.labelling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Writes a float as Python writes a numpy.float32, but never with an exponent.
 *
 * <p>The digits are the fewest that give the same float when read back, and of the texts with so
 * few digits the one nearest to the float. At least one digit stands on each side of the point:
 * {@code 0.9991627}, {@code 1.0}, {@code 16777216.0}, {@code 0.0000000001} where Python has {@code
 * 1e-10}.
 *
 * <p>{@link Float#toString(float)} is no help: it uses exponents, and before Java 19 now and then a
 * digit too many ({@code 1.4E-45} where {@code 1E-45} says as much).
 */
public final class Float32Text {
  private Float32Text() {}

  /**
   * The float as text.
   *
   * @return decimal digits with one point; {@code nan}, {@code inf} and {@code -inf} for those; a
   *     minus sign before negative zero
   */
  public static String of(float value) {
    if (Float.isNaN(value)) {
      return "nan";
    }
    String sign = Float.floatToRawIntBits(value) < 0 ? "-" : "";
    float size = Math.abs(value);
    if (Float.isInfinite(size)) {
      return sign + "inf";
    }
    if (size == 0) {
      return sign + "0.0";
    }
    String digits = shortest(size).stripTrailingZeros().toPlainString();
    return sign + (digits.indexOf('.') < 0 ? digits + ".0" : digits);
  }

  private static BigDecimal shortest(float size) {
    BigDecimal exact = new BigDecimal(size);
    // What Java writes may have a digit too many, but it does read back as the float.
    int digits = new BigDecimal(Float.toString(size)).stripTrailingZeros().precision();
    BigDecimal best = ofDigits(digits, exact, size).orElseThrow();
    while (digits > 1) {
      Optional<BigDecimal> shorter = ofDigits(--digits, exact, size);
      if (shorter.isEmpty()) {
        break;
      }
      best = shorter.get();
    }
    return best;
  }

  /**
   * The number of so many digits that is nearest to the exact one and reads back as the float, if
   * one does. The nearest of all can read wrong where the one on the other side reads right: below
   * a power of two floats are twice as close as above.
   */
  private static Optional<BigDecimal> ofDigits(int digits, BigDecimal exact, float size) {
    BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (readsAs(size, nearest)) {
      return Optional.of(nearest);
    }
    RoundingMode otherSide = nearest.compareTo(exact) < 0 ? RoundingMode.UP : RoundingMode.DOWN;
    BigDecimal other = exact.round(new MathContext(digits, otherSide));
    return readsAs(size, other) ? Optional.of(other) : Optional.empty();
  }

  private static boolean readsAs(float size, BigDecimal number) {
    return Float.parseFloat(number.toString()) == size;
  }
}
