package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimeLeftTest {
  @Test
  void nothingIsSaidBeforeThereIsARate() {
    TimeLeft left = new TimeLeft(100);
    assertThat(left.seconds(5)).isEmpty();
    left.advanced(5, 8);
    assertThat(left.seconds(7)).isEmpty();
  }

  /** The network was opened for five seconds before the first batch came. */
  @Test
  void whatWasWaitedForTheFirstPieceDoesNotCount() {
    TimeLeft left = new TimeLeft(100);
    for (int batch = 0; batch < 5; batch++) {
      left.advanced(5 + 2 * batch, 10 + 10 * batch);
    }
    assertThat(left.seconds(13).orElseThrow()).isCloseTo(10, within(1e-9));
  }

  @Test
  void betweenTwoPiecesTheSecondsCountDown() {
    TimeLeft left = new TimeLeft(100);
    left.advanced(0, 10);
    left.advanced(2, 20);
    assertThat(left.seconds(2).orElseThrow()).isCloseTo(16, within(1e-9));
    assertThat(left.seconds(3.5).orElseThrow()).isCloseTo(14.5, within(1e-9));
    assertThat(left.seconds(60).orElseThrow()).isZero();
  }

  /** A slow batch among steady ones moves it by seconds, not from minutes to seconds. */
  @Test
  void oneSlowPieceHardlyMovesIt() {
    TimeLeft left = new TimeLeft(1000);
    double at = 0;
    for (int batch = 0; batch < 40; batch++) {
      left.advanced(at, 10L * batch);
      at += 1;
    }
    double before = left.seconds(at).orElseThrow();
    left.advanced(at + 3, 400);
    assertThat(left.seconds(at + 3).orElseThrow()).isCloseTo(before, within(before / 8));
  }

  /** Photos become larger: the last half minute counts. */
  @Test
  void anotherRateIsLearnedInHalfAMinute() {
    TimeLeft left = new TimeLeft(1000);
    for (int second = 0; second < 60; second++) {
      left.advanced(second, 10L * second);
    }
    for (int second = 0; second <= 31; second++) {
      left.advanced(60 + second, 600 + second);
    }
    assertThat(left.seconds(91).orElseThrow()).isBetween(340.0, 380.0);
  }

  @Test
  void thousandsOfStepsASecondAreOneRateToo() {
    TimeLeft left = new TimeLeft(100_000);
    for (int step = 1; step <= 20_000; step++) {
      left.advanced(step / 10_000.0, step);
    }
    assertThat(left.seconds(2).orElseThrow()).isCloseTo(8, within(0.2));
  }
}
