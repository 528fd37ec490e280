package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskProgressTest {
  private final HandClock clock = new HandClock();
  private final TestTerminal file = TestTerminal.redirected();

  private TaskProgress photos(TestTerminal terminal, boolean shown) {
    return new TaskProgress(terminal.terminal(), shown, clock, "Bottlenecks", "photos");
  }

  @Test
  void aPlainLineComesEveryTenSecondsWithRateAndTimeLeft() {
    TaskProgress progress = photos(file, true);
    progress.start(1000, 0);
    progress.stepTo(10);
    clock.advance(Duration.ofMillis(9_999));
    progress.stepTo(99);
    assertThat(file.err()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    progress.stepTo(100);
    progress.stepTo(101);
    assertThat(file.err()).isEqualTo("Bottlenecks: 100 of 1000 photos, 10.0 a second, 90 s left\n");
    clock.advance(Duration.ofSeconds(10));
    progress.stepTo(300);
    progress.stop();
    assertThat(file.err())
        .endsWith("90 s left\nBottlenecks: 300 of 1000 photos, 15.0 a second, 47 s left\n");
    assertThat(file.out()).isEmpty();
  }

  @Test
  void whatWasDoneBeforeDoesNotCountAsSpeed() {
    TaskProgress progress = new TaskProgress(file.terminal(), true, clock, "Downloading", "MB");
    progress.start(50_000_000, 20_000_000);
    clock.advance(Duration.ofSeconds(20));
    progress.stepTo(30_000_000);
    assertThat(file.err()).isEqualTo("Downloading: 30 of 50 MB, 0.5 a second, 40 s left\n");
  }

  @Test
  void anUnknownEndAndNoProgressAtAllAreNoTrouble() {
    TaskProgress progress = new TaskProgress(file.terminal(), true, clock, "Downloading", "MB");
    progress.start(-1, 0);
    clock.advance(Duration.ofSeconds(10));
    progress.stepTo(0);
    clock.advance(Duration.ofSeconds(10));
    progress.stepTo(7_400_000);
    assertThat(file.err())
        .isEqualTo("Downloading: 0 MB, 0.0 a second\nDownloading: 7 MB, 0.4 a second\n");
    progress.start(5_000_000, 0);
    clock.advance(Duration.ofSeconds(10));
    progress.stepTo(0);
    assertThat(file.err()).endsWith("Downloading: 0 of 5 MB, 0.0 a second\n");
  }

  @Test
  void itStaysSilentWhenToldTo() {
    TestTerminal watched = TestTerminal.watched(true);
    for (TestTerminal terminal : new TestTerminal[] {file, watched}) {
      TaskProgress progress = photos(terminal, false);
      progress.start(10, 0);
      clock.advance(Duration.ofMinutes(1));
      progress.stepTo(10);
      progress.stop();
      assertThat(terminal.err()).isEmpty();
    }
  }

  @Test
  void aPersonSeesABarInColourOnlyWhereColourIsWanted() {
    TestTerminal plain = TestTerminal.watched(false);
    TestTerminal colourful = TestTerminal.watched(true);
    for (TestTerminal terminal : new TestTerminal[] {plain, colourful}) {
      TaskProgress progress = photos(terminal, true);
      progress.start(24, 0);
      progress.stepTo(24);
      progress.stop();
      assertThat(terminal.err())
          .contains("Bottlenecks 100% ", "24 of 24 photos, in 0 s")
          .contains("\r");
      assertThat(terminal.out()).isEmpty();
    }
    assertThat(plain.err()).doesNotContain("\u001b");
    assertThat(colourful.err()).contains("\u001b[33m");
  }

  @Test
  void theTwoTimesHaveNames() {
    TestTerminal screen = TestTerminal.watched(false);
    TaskProgress progress = photos(screen, true);
    progress.start(180, 0);
    clock.advance(Duration.ofSeconds(4));
    progress.stepTo(8);
    clock.advance(Duration.ofSeconds(8));
    progress.stepTo(24);
    progress.stop();
    assertThat(screen.err())
        .endsWith("24 of 180 photos, 12 s so far, 1 min 18 s left\n")
        .contains("Bottlenecks 13% ██");
    assertThat(screen.err().lines().flatMap(line -> List.of(line.split("\r")).stream()))
        .allMatch(line -> LineWrap.width(line) < 80);
  }

  @Test
  void aNarrowTerminalSaysLess() {
    TestTerminal screen = TestTerminal.wide(50);
    TaskProgress progress = photos(screen, true);
    progress.start(180, 0);
    progress.stepTo(8);
    progress.note("validation 79.0%");
    clock.advance(Duration.ofSeconds(8));
    progress.stepTo(24);
    progress.stop();
    assertThat(screen.err()).endsWith("24 of 180 photos, 1 min 18 s left\n");
    assertThat(screen.err().lines().flatMap(line -> List.of(line.split("\r")).stream()))
        .allMatch(line -> LineWrap.width(line) < 50);
  }
}
