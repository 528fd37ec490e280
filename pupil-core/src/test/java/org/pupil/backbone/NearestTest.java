package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "'', abc, 3", "flaw, lawn, 2", "same, same, 0"})
  void theDistanceCountsChangedLetters(String from, String to, int distance) {
    assertThat(Nearest.distance(from, to)).isEqualTo(distance);
    assertThat(Nearest.distance(to, from)).isEqualTo(distance);
  }

  @Test
  void namesAreSortedByDistanceAndThenKeepTheirOrder() {
    assertThat(Nearest.of("dog", List.of("cat", "fog", "dot", "dog")))
        .containsExactly("dog", "fog", "dot", "cat");
  }
}
