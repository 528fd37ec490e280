package org.pupil.app;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.pupil.errors.PupilException;

/** The keys that a person presses. */
@FunctionalInterface
interface Keys {
  /** No more keys come. */
  int END = -1;

  /** Nobody presses any. */
  Keys NONE = () -> END;

  /** Waits for the next key: its character, or {@link #END}. */
  int next();

  /**
   * The keys of the terminal that the program was started in. A key counts at once, without Enter.
   *
   * @throws PupilException (usage) if there is no terminal to ask in
   */
  static Keys ofTerminal() {
    try {
      Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build();
      return () -> next(terminal);
    } catch (IOException | IllegalStateException e) {
      throw PupilException.usage(
          "--fix asks about each photo, and there is no terminal to ask in: add --yes to move them without being asked");
    }
  }

  private static int next(Terminal terminal) {
    Attributes before = terminal.enterRawMode();
    try {
      return terminal.reader().read();
    } catch (IOException e) {
      return END; // the terminal is gone
    } finally {
      terminal.setAttributes(before);
    }
  }
}
