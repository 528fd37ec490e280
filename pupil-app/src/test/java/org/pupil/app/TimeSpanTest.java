package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;

class TimeSpanTest {
  @ParameterizedTest
  @CsvSource({
    "90s, 90",
    "3m, 180",
    "1h30m, 5400",
    "2h, 7200",
    "1h1s, 3601",
    "10m30s, 630",
    "1.5h, 5400",
    "3 min, 180",
    "2M, 120"
  })
  void aTimeIsHoursMinutesAndSeconds(String typed, long seconds) {
    assertThat(TimeSpan.of("--time_budget", typed)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "m", "3 mm", "-3m", "1h 2", "0s", "1,5h", "99999999999s", "3mm"})
  void anythingElseIsToldWithExamples(String typed) {
    assertThatThrownBy(() -> TimeSpan.of("--time_budget", typed))
        .isInstanceOf(PupilException.class)
        .hasMessage("--time_budget must be a time such as 90s, 3m or 1h, was " + typed);
  }
}
