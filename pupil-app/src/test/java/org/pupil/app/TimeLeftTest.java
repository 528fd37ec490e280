package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private final HandClock clock = new HandClock();

  private long left(TimeLeft time) {
    return time.at(clock.instant()).orElseThrow().toSeconds();
  }

  @Test
  void theStartTellsNothingOfTheRate() {
    TimeLeft time = new TimeLeft(100);
    clock.advance(Duration.ofSeconds(30)); // a network is opened
    time.reached(10, clock.instant());
    assertThat(time.at(clock.instant())).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    time.reached(20, clock.instant());
    assertThat(left(time)).isEqualTo(16);
  }

  /** Every fifth result takes ten times as long: the estimate stays about right. */
  @Test
  void anUnevenRateMovesItLittle() {
    int photos = 1000;
    TimeLeft time = new TimeLeft(photos);
    for (int photo = 1; photo <= photos; photo++) {
      clock.advance(Duration.ofMillis(photo % 5 == 0 ? 1000 : 100));
      time.reached(photo, clock.instant());
      double truth = (photos - photo) * 0.28;
      if (photo > 20 && photo < photos - 5) {
        assertThat((double) left(time)).isBetween(truth * 0.8 - 2, truth * 1.2 + 2);
      }
    }
    assertThat(time.at(clock.instant())).isEmpty();
  }

  @Test
  void aNewRateIsBelievedWithinAMinute() {
    TimeLeft time = new TimeLeft(10_000);
    for (int photo = 1; photo <= 1000; photo++) {
      clock.advance(Duration.ofMillis(10));
      time.reached(photo, clock.instant());
    }
    assertThat(left(time)).isEqualTo(90);
    for (int photo = 1001; photo <= 1600; photo++) {
      clock.advance(Duration.ofMillis(100));
      time.reached(photo, clock.instant());
    }
    assertThat(left(time)).isBetween(500L, 840L);
  }

  @Test
  void itCountsDownAndNeverToNothingWhileNothingComes() {
    TimeLeft time = new TimeLeft(100);
    time.reached(40, clock.instant());
    clock.advance(Duration.ofSeconds(40));
    time.reached(80, clock.instant());
    assertThat(left(time)).isEqualTo(20);
    clock.advance(Duration.ofSeconds(5));
    assertThat(left(time)).isEqualTo(15);
    clock.advance(Duration.ofSeconds(15));
    assertThat(left(time)).isEqualTo(20);
  }

  @Test
  void anUnknownEndIsNeverNear() {
    TimeLeft time = new TimeLeft(-1);
    time.reached(1, clock.instant());
    clock.advance(Duration.ofSeconds(5));
    time.reached(2, clock.instant());
    assertThat(time.at(clock.instant())).isEmpty();
  }
}
