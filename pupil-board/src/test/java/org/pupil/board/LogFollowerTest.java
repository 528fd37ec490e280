package org.pupil.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  @Test
  void aFaultInOneLookDoesNotEndTheFollowing() throws InterruptedException {
    assertGoesOn(
        () -> {
          throw new IllegalStateException("made by a test");
        });
  }

  @Test
  void aLackOfMemoryInOneLookDoesNotEndTheFollowing() throws InterruptedException {
    assertGoesOn(
        () -> {
          throw new OutOfMemoryError("made by a test");
        });
  }

  private static void assertGoesOn(Runnable fault) throws InterruptedException {
    CountDownLatch looks = new CountDownLatch(3);
    LogFollower.Look failing =
        () -> {
          looks.countDown();
          fault.run();
          return Duration.ZERO;
        };
    try (LogFollower follower = new LogFollower(failing, Duration.ofMillis(1))) {
      follower.start();
      assertThat(looks.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void thePauseIsTheIntervalUnlessTheLookItselfTakesLong() {
    try (LogFollower follower = new LogFollower(() -> Duration.ZERO, HALF_A_SECOND)) {
      assertThat(follower.pauseAfter(Duration.ofMillis(20))).isEqualTo(HALF_A_SECOND);
      assertThat(follower.pauseAfter(Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(1500));
      assertThat(follower.pauseAfter(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(10));
    }
  }
}
