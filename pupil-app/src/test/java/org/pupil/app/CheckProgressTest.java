package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pupil.check.PhotoCheck.Stage;

class CheckProgressTest {
  private final HandClock clock = new HandClock();

  private void check(TestTerminal terminal, Duration eachStage) {
    try (CheckProgress progress = new CheckProgress(terminal.terminal(), clock)) {
      for (Stage stage : Stage.values()) {
        progress.advanced(stage, 0, 8);
        clock.advance(eachStage.dividedBy(2));
        progress.advanced(stage, 4, 8);
        clock.advance(eachStage.dividedBy(2));
        progress.advanced(stage, 8, 8);
      }
    }
  }

  @Test
  void whatIsOverInAMomentShowsNothing() {
    TestTerminal watched = TestTerminal.watched(false);
    check(watched, Duration.ofMillis(900));
    assertThat(watched.err() + watched.out()).isEmpty();
  }

  @Test
  void aLongStageShowsABarThatStaysWithTheTimeItTook() {
    TestTerminal watched = TestTerminal.watched(false);
    check(watched, Duration.ofSeconds(4));
    assertThat(watched.err())
        .containsSubsequence(
            "Looking at files 100% ",
            "8 of 8 photos, in 4 s\n",
            "Looking for copies 100% ",
            "8 of 8 pairs, in 4 s\n",
            "Judging labels 100% ",
            "8 of 8 layers, in 4 s\n",
            "Looking for shortcuts 100% ",
            "8 of 8 cues, in 4 s\n");
    assertThat(watched.out()).isEmpty();
  }

  @Test
  void aFileGetsALineEveryTenSecondsAndNoBar() {
    TestTerminal file = TestTerminal.redirected();
    check(file, Duration.ofSeconds(4));
    assertThat(file.err()).isEmpty();
    check(file, Duration.ofSeconds(24));
    assertThat(file.err())
        .contains("Looking for copies: 4 of 8 pairs, 0.3 a second, 12 s left\n")
        .doesNotContain("\r");
  }
}
