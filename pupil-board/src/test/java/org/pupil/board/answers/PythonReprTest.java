package org.pupil.board.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonReprTest {
  @Test
  void numbersAreWrittenAsPythonWritesThem() {
    assertThat(ReferenceAnswers.of("numbers"))
        .hasSizeGreaterThan(250)
        .allSatisfy(
            row ->
                assertThat(PythonRepr.of(Double.parseDouble(row.get(0).textValue())))
                    .isEqualTo(row.get(1).textValue()));
  }

  @Test
  void whatIsNoNumberIsWrittenAsPythonWritesIt() {
    assertThat(PythonRepr.of(Double.NaN)).isEqualTo("nan");
    assertThat(PythonRepr.of(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
    assertThat(PythonRepr.of(Double.POSITIVE_INFINITY)).isEqualTo("inf");
  }

  @Test
  void textsAreWrittenAsPythonWritesThem() {
    assertThat(ReferenceAnswers.of("texts"))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            row ->
                assertThat(PythonRepr.of(row.get(0).textValue()))
                    .isEqualTo(row.get(1).textValue()));
    assertThat(PythonRepr.of((String) null)).isEqualTo("None");
  }
}
