package org.pupil.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.OneLine;

/**
 * Where the program talks: results to {@code out}, everything else to {@code err}. Where a person
 * reads at a terminal, lines are broken at words to its width; in files and pipes they never are.
 *
 * @param out stdout for people, UTF-8
 * @param data stdout for programs, UTF-8: its lines are never broken
 * @param err stderr, UTF-8
 * @param outScreen the terminal behind {@code out}, if there is one
 * @param errScreen the terminal behind {@code err}, if there is one, so that a progress bar makes
 *     sense
 * @param columns width of the terminal in characters; 80 if there is none
 * @param colour whether stderr may be coloured
 * @param unicode whether the terminal shows more than ASCII
 */
record Terminal(
    PrintStream out,
    PrintStream data,
    PrintStream err,
    Optional<Screen> outScreen,
    Optional<Screen> errScreen,
    int columns,
    boolean colour,
    boolean unicode) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int NARROWEST = 20;

  /** Longer lines of help are hard to read. */
  private static final int WIDEST_HELP = 100;

  /** Nobody reads standard output any more, or nothing more can be written to it. */
  static final class OutputGoneException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    OutputGoneException() {}

    OutputGoneException(Throwable cause) {
      super(cause);
    }
  }

  /**
   * What the launcher found out about the process's streams: Java 17 itself cannot tell.
   *
   * @param out whether stdout is a terminal
   * @param err whether stderr is one
   * @param unicode whether the person's own locale has more than ASCII
   */
  record Watched(boolean out, boolean err, boolean unicode) {
    static final Watched NONE = new Watched(false, false, true);
  }

  /** Streams that no person watches. */
  static Terminal redirected(PrintStream out, PrintStream err) {
    return new Terminal(
        out, out, err, Optional.empty(), Optional.empty(), DEFAULT_COLUMNS, false, true);
  }

  /**
   * The process's own streams.
   *
   * @param environment of which {@code NO_COLOR} (any value: no colour), {@code TERM} and {@code
   *     COLUMNS} are looked at
   */
  static Terminal ofProcess(
      OutputStream out, OutputStream err, Map<String, String> environment, Watched watched) {
    boolean colour =
        watched.err()
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    int columns = columns(environment.getOrDefault("COLUMNS", ""));
    Optional<Screen> outScreen =
        watched.out() ? Optional.of(new Screen(out, columns)) : Optional.empty();
    Optional<Screen> errScreen =
        watched.err() ? Optional.of(new Screen(err, columns)) : Optional.empty();
    PrintStream data = stream(out);
    return new Terminal(
        outScreen.map(Terminal::stream).orElse(data),
        data,
        errScreen.map(Terminal::stream).orElseGet(() -> stream(err)),
        outScreen,
        errScreen,
        columns,
        colour,
        watched.unicode());
  }

  private static PrintStream stream(OutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
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

  boolean outIsTerminal() {
    return outScreen.isPresent();
  }

  boolean errIsTerminal() {
    return errScreen.isPresent();
  }

  /** How wide help is set. */
  int helpColumns() {
    return Math.min(columns, WIDEST_HELP);
  }

  /**
   * Checks that results can still be written, as they cannot after {@code | head -1}.
   *
   * @throws OutputGoneException if they cannot
   */
  void checkOut() {
    if (out.checkError() || data.checkError()) {
      throw new OutputGoneException();
    }
  }

  /** A warning: {@code warning: ...}, in yellow where colour helps. */
  void warn(String message) {
    err.println((colour ? "\u001b[33mwarning:\u001b[0m " : "warning: ") + OneLine.of(message));
  }

  /** A line about a result, for whoever reads along. */
  void note(String message) {
    err.println(OneLine.of(message));
  }

  /** The one line of an error. A bar of progress ends where it is. */
  void error(String message) {
    errScreen.ifPresent(Screen::end);
    err.println((colour ? "\u001b[31merror:\u001b[0m " : "error: ") + OneLine.of(message));
  }
}
