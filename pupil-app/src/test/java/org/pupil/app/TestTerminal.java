package org.pupil.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A terminal whose screen can be read. */
final class TestTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private TestTerminal(Terminal.Watched watched, boolean colour, int columns) {
    terminal =
        Terminal.ofProcess(
            out,
            err,
            Map.of("COLUMNS", String.valueOf(columns), "NO_COLOR", colour ? "" : "1"),
            watched);
  }

  /** Both streams go to files. */
  static TestTerminal redirected() {
    return new TestTerminal(Terminal.Watched.NONE, false, 80);
  }

  /** A person watches stderr. */
  static TestTerminal watched(boolean colour) {
    return new TestTerminal(new Terminal.Watched(false, true, true), colour, 80);
  }

  /** A person watches both streams, without colour. */
  static TestTerminal wide(int columns) {
    return new TestTerminal(new Terminal.Watched(true, true, true), false, columns);
  }

  /** The same at a terminal that shows nothing but ASCII. */
  static TestTerminal ascii(int columns) {
    return new TestTerminal(new Terminal.Watched(true, true, false), false, columns);
  }

  Terminal terminal() {
    return terminal;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
