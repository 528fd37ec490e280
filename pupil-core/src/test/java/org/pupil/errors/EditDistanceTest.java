package org.pupil.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "kitten, sitting, 3",
    "ab, ba, 1",
    "ca, abc, 3",
    "learnign, learning, 1",
    "abcdef, badcfe, 3",
    "flaw, lawn, 2",
  })
  void slipsAreCounted(String a, String b, int slips) {
    assertThat(EditDistance.between(a, b)).isEqualTo(slips);
    assertThat(EditDistance.between(b, a)).isEqualTo(slips);
  }

  @ParameterizedTest
  @CsvSource({
    "learning_rate, rate, 0",
    "learning_rate, laerning, 1",
    "how_many_training_steps, train_steps, 3",
    "abc, xyz, 3",
    "abc, '', 0",
    "'', abc, 3",
  })
  void whatIsMissingAtTheEndsIsNotCounted(String text, String word, int slips) {
    assertThat(EditDistance.toPartOf(text, word)).isEqualTo(slips);
  }
}
