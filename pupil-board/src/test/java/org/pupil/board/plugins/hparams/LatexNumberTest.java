package org.pupil.board.plugins.hparams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatexNumberTest {
  /** What Python's {@code "%.3g"} writes. */
  @ParameterizedTest
  @CsvSource({
    "0, $0$",
    "0.5, $0.5$",
    "0.12345, $0.123$",
    "0.00012345, $0.000123$",
    "0.00001, $1\\cdot 10^{-5}$",
    "999.4, $999$",
    "999.6, $1\\cdot 10^{3}$",
    "-1234567, $-1.23\\cdot 10^{6}$",
    "NaN, $\\mathrm{NaN}$",
    "Infinity, $+\\infty$",
    "-Infinity, $-\\infty$",
  })
  void numbersHaveThreeSignificantDigits(double number, String latex) {
    assertThat(LatexNumber.of(number)).isEqualTo(latex);
  }
}
