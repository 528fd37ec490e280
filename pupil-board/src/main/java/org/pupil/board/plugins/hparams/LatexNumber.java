package org.pupil.board.plugins.hparams;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in formulas of LaTeX. */
final class LatexNumber {
  private static final int SIGNIFICANT = 3;

  private LatexNumber() {}

  /** With three significant digits. */
  static String of(double value) {
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
