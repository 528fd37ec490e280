package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputSpecTest {
  private static float[] levels() {
    float[] levels = new float[2 * 2 * 3 + 2];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = i * 19.5f;
    }
    return levels;
  }

  /** Bit for bit what has always been computed where all channels have the same. */
  @Test
  void oneNumberIsForAllChannels() {
    float[] scaled = levels();
    new InputSpec(2, 2, 127, 128).scale(scaled, 1);

    float[] levels = levels();
    float factor = 1 / 128f;
    assertThat(scaled[0]).isEqualTo(levels[0]);
    for (int i = 1; i < 13; i++) {
      assertThat(scaled[i]).isEqualTo((levels[i] - 127) * factor);
    }
    assertThat(scaled[13]).isEqualTo(levels[13]);
  }

  @Test
  void threeNumbersAreForRedGreenAndBlue() {
    PerChannel mean = PerChannel.parse("1,2,3");
    PerChannel std = PerChannel.parse("10,-20,40");
    float[] scaled = levels();
    new InputSpec(2, 2, mean, std).scale(scaled, 1);

    float[] levels = levels();
    for (int i = 1; i < 13; i++) {
      int channel = (i - 1) % 3;
      assertThat(scaled[i]).isEqualTo((levels[i] - mean.all()[channel]) * (1 / std.all()[channel]));
    }
    assertThat(scaled[13]).isEqualTo(levels[13]);
  }

  @Test
  void aTextIsReadAgain() {
    for (String text : new String[] {"127.5", "123.675,116.28,103.53", "-1.0"}) {
      assertThat(PerChannel.parse(text)).hasToString(text);
    }
    assertThat(PerChannel.parse("2,2,2")).isEqualTo(PerChannel.of(2)).hasToString("2.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1,2", "1,2,3,4", "a", "1,,3", "1;2;3"})
  void whatIsNeitherOneNumberNorThreeIsNoScaling(String text) {
    assertThatThrownBy(() -> PerChannel.parse(text)).isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,0,1", "0", "NaN", "1,2,Infinity"})
  void aDivisorIsFiniteAndNotZero(String std) {
    assertThatThrownBy(() -> new InputSpec(2, 2, PerChannel.of(0), PerChannel.parse(std)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
