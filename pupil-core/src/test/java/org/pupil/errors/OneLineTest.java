package org.pupil.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
  @ParameterizedTest
  @CsvSource({
    "'a\nb', a\\nb",
    "'a\r\nb', a\\r\\nb",
    "'a\tb', a\\tb",
    "a\u001b[2Jb, a\\u001b[2Jb",
    "a\u0000b, a\\u0000b",
    "a\u007fb, a\\u007fb",
    "a\u0085b, a\\u0085b",
    "a\u009bb, a\\u009bb",
    "a\u2028b, a\\u2028b",
    "a\u202egpj.exe, a\\u202egpj.exe",
    "a\u2066b\u2069, a\\u2066b\\u2069",
    "a\ud800b, a\\ud800b"
  })
  void whatWouldBreakALineOrTurnItIsEscaped(String text, String shown) {
    assertThat(OneLine.of(text)).isEqualTo(shown);
    assertThat(OneLine.of(shown)).as("once more").isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "C:\\new\\table",
        "\u00c4pfel \u72ac",
        "\u0643\u0644\u0628\u200f",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "caf\ufffd"
      })
  void everythingElseStaysAsItIs(String text) {
    assertThat(OneLine.of(text)).isSameAs(text);
  }

  @Test
  void theMessageOfAnErrorIsOneLine() {
    assertThat(PupilException.badInput("no a\nb.jpg").getMessage()).isEqualTo("no a\\nb.jpg");
  }
}
