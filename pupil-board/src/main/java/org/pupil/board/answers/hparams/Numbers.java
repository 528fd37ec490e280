package org.pupil.board.answers.hparams;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Python writes them. */
final class Numbers {
  private static final int FEWEST_DIGITS_WITH_EXPONENT = 16;
  private static final int SIGNIFICANT = 3;

  private Numbers() {}

  /** {@code 0.001}, {@code 1e-05}, {@code 100.0}, {@code 1e+16}, {@code nan}, {@code -inf}. */
  static String python(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent < -4 || exponent >= FEWEST_DIGITS_WITH_EXPONENT) {
      return scientific(decimal, exponent);
    }
    String plain = decimal.toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  private static String scientific(BigDecimal decimal, int exponent) {
    return decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString()
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** For a formula of LaTeX, with three significant digits. */
  static String latex(double value) {
    if (Double.isNaN(value)) {
      return "$\\mathrm{NaN}$";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "$+\\infty$" : "$-\\infty$";
    }
    if (value == 0) {
      return 1 / value < 0 ? "$-0$" : "$0$";
    }
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(SIGNIFICANT, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < SIGNIFICANT) {
      return "$" + rounded.toPlainString() + "$";
    }
    return "$"
        + rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString()
        + "\\cdot 10^{"
        + exponent
        + "}$";
  }
}
