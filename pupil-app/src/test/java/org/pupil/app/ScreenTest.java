package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScreenTest {
  private final TestTerminal terminal = TestTerminal.wide(20);
  private final Screen screen = terminal.terminal().errScreen().orElseThrow();

  @Test
  void aWarningStandsAboveTheMovingLineAndAnErrorBelow() {
    Screen.LiveLine line = screen.begin();
    line.show("1 of 3");
    terminal.terminal().warn("dark");
    line.show("2 of 3");
    terminal.terminal().error("no photo");
    line.show("3 of 3");
    line.close();
    assertThat(terminal.err())
        .isEqualTo(
            "\r1 of 3"
                + "\r      \r"
                + "warning: dark\n"
                + "1 of 3"
                + "\r2 of 3\n"
                + "error: no photo\n");
  }

  @Test
  void aMovingLineThatWasEndedIsNotDrawnAgain() {
    assertThat(screen.end()).isFalse();
    Screen.LiveLine line = screen.begin();
    line.show("1 of 3");
    assertThat(screen.end()).isTrue();
    terminal.terminal().err().println("Stopped");
    line.show("2 of 3");
    line.close();
    assertThat(terminal.err()).isEqualTo("\r1 of 3\nStopped\n");
  }

  @Test
  void aShorterMovingLineLeavesNothingOfALongerOne() {
    Screen.LiveLine line = screen.begin();
    line.show("long");
    line.show("x");
    line.close();
    line.close();
    assertThat(terminal.err()).isEqualTo("\rlong\rx   \n");
  }

  @Test
  void linesAreBrokenAndWhatHasNoEndWaitsForIt() {
    terminal.terminal().err().print("one two ");
    assertThat(terminal.err()).isEmpty();
    terminal.terminal().err().println("three four five");
    assertThat(terminal.err()).isEqualTo("one two three four\n  five\n");
    terminal.terminal().err().print("end");
    terminal.terminal().err().flush();
    assertThat(terminal.err()).endsWith("end");
  }

  @Test
  void dataIsNeverBroken() {
    terminal.terminal().data().println("a line for programs, longer than the screen");
    assertThat(terminal.out()).isEqualTo("a line for programs, longer than the screen\n");
  }
}
