package org.pupil.app;

import java.io.PrintStream;
import java.io.Serial;
import java.util.Map;
import org.pupil.errors.OneLine;

/**
 * Where the program talks: results to {@code out}, everything else to {@code err}.
 *
 * @param out stdout, UTF-8
 * @param err stderr, UTF-8
 * @param errIsTerminal whether a person watches stderr, so that a progress bar makes sense
 * @param columns width of that terminal in characters
 * @param colour whether stderr may be coloured
 */
record Terminal(
    PrintStream out, PrintStream err, boolean errIsTerminal, int columns, boolean colour) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int NARROWEST = 20;

  /** Nobody reads standard output any more, or nothing more can be written to it. */
  static final class OutputGoneException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  /**
   * The process's own streams.
   *
   * @param environment of which {@code NO_COLOR} (any value: no colour), {@code TERM} and {@code
   *     COLUMNS} are looked at
   * @param errIsTerminal what the launcher found out: Java 17 itself cannot tell for stderr alone
   */
  static Terminal ofProcess(
      PrintStream out, PrintStream err, Map<String, String> environment, boolean errIsTerminal) {
    boolean colour =
        errIsTerminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(
        out, err, errIsTerminal, columns(environment.getOrDefault("COLUMNS", "")), colour);
  }

  private static int columns(String text) {
    try {
      int columns = Integer.parseInt(text);
      // 0 is what a terminal says that does not know.
      return columns < NARROWEST ? DEFAULT_COLUMNS : columns;
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }

  /**
   * Checks that results can still be written, as they cannot after {@code | head -1}.
   *
   * @throws OutputGoneException if they cannot
   */
  void checkOut() {
    if (out.checkError()) {
      throw new OutputGoneException();
    }
  }

  /** A warning: {@code warning: ...}, in yellow where colour helps. */
  void warn(String message) {
    err.println((colour ? "\u001b[33mwarning:\u001b[0m " : "warning: ") + OneLine.of(message));
  }

  /** The one line of an error. */
  void error(String message) {
    err.println((colour ? "\u001b[31merror:\u001b[0m " : "error: ") + OneLine.of(message));
  }
}
