package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private Instant now = Instant.EPOCH;

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private long left(TimeLeft time) {
    return time.at(now).orElseThrow().toSeconds();
  }

  @Test
  void theStartTellsNothingOfTheRate() {
    TimeLeft time = new TimeLeft(100);
    pass(Duration.ofSeconds(30)); // a network is opened
    time.reached(10, now);
    assertThat(time.at(now)).isEmpty();
    pass(Duration.ofSeconds(2));
    time.reached(20, now);
    assertThat(left(time)).isEqualTo(16);
  }

  /** Every fifth result takes ten times as long: the estimate stays about right. */
  @Test
  void anUnevenRateMovesItLittle() {
    int photos = 1000;
    TimeLeft time = new TimeLeft(photos);
    for (int photo = 1; photo <= photos; photo++) {
      pass(Duration.ofMillis(photo % 5 == 0 ? 1000 : 100));
      time.reached(photo, now);
      double truth = (photos - photo) * 0.28;
      if (photo > 20 && photo < photos - 5) {
        assertThat((double) left(time)).isBetween(truth * 0.8 - 2, truth * 1.2 + 2);
      }
    }
    assertThat(time.at(now)).isEmpty();
  }

  @Test
  void aNewRateIsBelievedWithinAMinute() {
    TimeLeft time = new TimeLeft(10_000);
    for (int photo = 1; photo <= 1000; photo++) {
      pass(Duration.ofMillis(10));
      time.reached(photo, now);
    }
    assertThat(left(time)).isEqualTo(90);
    for (int photo = 1001; photo <= 1600; photo++) {
      pass(Duration.ofMillis(100));
      time.reached(photo, now);
    }
    assertThat(left(time)).isBetween(500L, 840L);
  }

  @Test
  void itCountsDownAndNeverToNothingWhileNothingComes() {
    TimeLeft time = new TimeLeft(100);
    time.reached(40, now);
    pass(Duration.ofSeconds(40));
    time.reached(80, now);
    assertThat(left(time)).isEqualTo(20);
    pass(Duration.ofSeconds(5));
    assertThat(left(time)).isEqualTo(15);
    pass(Duration.ofSeconds(15));
    assertThat(left(time)).isEqualTo(20);
  }

  @Test
  void anUnknownEndIsNeverNear() {
    TimeLeft time = new TimeLeft(-1);
    time.reached(1, now);
    pass(Duration.ofSeconds(5));
    time.reached(2, now);
    assertThat(time.at(now)).isEmpty();
  }

  /** A step of a small layer takes less than a millisecond. */
  @Test
  void thousandsOfStepsASecondAreOneRateToo() {
    TimeLeft time = new TimeLeft(100_000);
    for (int step = 1; step <= 20_000; step++) {
      pass(Duration.ofNanos(100_000));
      time.reached(step, now);
    }
    assertThat(left(time)).isBetween(7L, 8L);
  }
}
