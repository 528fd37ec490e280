package org.pupil.app;

import java.io.IOException;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Keys that count at once, without Enter, and are not shown. If the program is ended from outside,
 * JLine puts the terminal back.
 */
final class SingleKeys implements Keys {
  private static final int ESCAPE = 27;

  /** The characters of one key follow each other within less. */
  private static final long KEY_MILLIS = 50;

  private final Terminal terminal;

  private SingleKeys(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Those of the terminal that the program was started in; empty if it gives only lines. */
  static Optional<Keys> ofTerminal() {
    try {
      Terminal terminal =
          TerminalBuilder.builder().system(true).dumb(false).nativeSignals(false).build();
      // With TERM=dumb it is one that waits for Enter.
      return terminal.getType().startsWith(Terminal.TYPE_DUMB)
          ? Optional.empty()
          : Optional.of(new SingleKeys(terminal));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  @Override
  public void begin() {
    terminal.enterRawMode();
    try {
      drop();
    } catch (IOException e) {
      return; // the terminal is gone, as the next key will say
    }
  }

  /** A key that sends several characters, such as an arrow, is its first one, Escape. */
  @Override
  public int next() {
    try {
      int key = terminal.reader().read();
      if (key == ESCAPE) {
        drop(); // the A of an arrow up answers nothing
      }
      return key;
    } catch (IOException e) {
      return END; // the terminal is gone
    }
  }

  /** Takes what has come, and what belongs to it. */
  private void drop() throws IOException {
    int dropped = ESCAPE;
    while (dropped >= 0) {
      dropped = terminal.reader().read(KEY_MILLIS);
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      return; // nobody is there who could be told
    }
  }
}
