package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private static Terminal terminal(Map<String, String> environment, boolean errIsTerminal) {
    return Terminal.ofProcess(
        NOWHERE, NOWHERE, environment, new Terminal.Watched(false, errIsTerminal, true));
  }

  @Test
  void colourNeedsATerminalThatWantsIt() {
    assertThat(terminal(Map.of("TERM", "xterm"), true).colour()).isTrue();
    assertThat(terminal(Map.of(), true).colour()).isTrue();
    assertThat(terminal(Map.of("TERM", "xterm"), false).colour()).isFalse();
    assertThat(terminal(Map.of("TERM", "dumb"), true).colour()).isFalse();
    assertThat(terminal(Map.of("NO_COLOR", "1"), true).colour()).isFalse();
    assertThat(terminal(Map.of("NO_COLOR", "0"), true).colour()).isFalse();
    assertThat(terminal(Map.of("NO_COLOR", ""), true).colour()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"132, 132", "20, 20", "19, 80", "0, 80", "-5, 80", "wide, 80", "'', 80"})
  void theWidthIsThatOfTheTerminalIfItKnows(String columns, int width) {
    assertThat(terminal(Map.of("COLUMNS", columns), true).columns()).isEqualTo(width);
    assertThat(terminal(Map.of(), true).columns()).isEqualTo(80);
  }

  @Test
  void warningsAndErrorsAreLinesOnStderr() {
    TestTerminal plain = TestTerminal.redirected();
    plain.terminal().warn("dark photo");
    plain.terminal().error("no photo");
    assertThat(plain.err()).isEqualTo("warning: dark photo\nerror: no photo\n");
    assertThat(plain.out()).isEmpty();

    TestTerminal colourful = TestTerminal.watched(true);
    colourful.terminal().warn("dark photo");
    colourful.terminal().error("no photo");
    assertThat(colourful.err())
        .isEqualTo("\u001b[33mwarning:\u001b[0m dark photo\n\u001b[31merror:\u001b[0m no photo\n");
  }

  @Test
  void aReaderThatHasGoneIsNoticed() {
    TestTerminal fine = TestTerminal.redirected();
    fine.terminal().out().print("x");
    fine.terminal().checkOut();

    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Terminal gone =
        Terminal.redirected(new PrintStream(broken, false, StandardCharsets.UTF_8), NOWHERE);
    gone.out().print("x");
    assertThatExceptionOfType(Terminal.OutputGoneException.class).isThrownBy(gone::checkOut);
  }
}
