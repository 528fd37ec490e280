package org.pupil.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A terminal that a person reads: what is written to it appears line by line, broken at words.
 * Below the lines there may be one that moves, such as a bar of progress, or a few; lines that are
 * written meanwhile appear above it.
 */
final class Screen extends OutputStream {
  private final OutputStream to;
  private final int columns;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable LiveLine live;

  Screen(OutputStream to, int columns) {
    this.to = to;
    this.columns = columns;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        writeLine(text);
      } else {
        line.write(bytes[i]);
      }
    }
  }

  private void writeLine(String text) throws IOException {
    String shown = live == null ? "" : live.text;
    put(erasing(shown));
    put(String.join("\n", LineWrap.lines(text, columns)) + "\n" + shown);
  }

  private static String erasing(String shown) {
    if (shown.indexOf('\n') >= 0) {
      long above = shown.chars().filter(c -> c == '\n').count();
      return "\r\u001b[" + above + "A\u001b[J"; // up to the first of them, and all below it
    }
    return shown.isEmpty() ? "" : "\r" + " ".repeat(LineWrap.width(shown)) + "\r";
  }

  private void put(String text) throws IOException {
    to.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void flush() throws IOException {
    put(line.toString(StandardCharsets.UTF_8));
    line.reset();
    to.flush();
  }

  /** Begins a line that moves; one that there was ends. */
  synchronized LiveLine begin() {
    end();
    live = new LiveLine();
    return live;
  }

  /**
   * Ends the line that moves, if there is one: it stays as it was last.
   *
   * @return whether something of it stays
   */
  synchronized boolean end() {
    boolean shown = live != null && !live.text.isEmpty();
    live = null;
    if (shown) {
      try {
        put("\n");
      } catch (IOException e) {
        throw new Terminal.OutputGoneException(e);
      }
    }
    return shown;
  }

  /** A line that moves. Once it has ended nothing of it is shown any more. */
  final class LiveLine {
    private String text = "";

    private LiveLine() {}

    /**
     * Shows another text.
     *
     * @param newText of lines that are narrower than the screen; none for nothing
     */
    void show(String newText) {
      synchronized (Screen.this) {
        if (live != this) {
          return;
        }
        boolean isBlock = text.indexOf('\n') >= 0 || newText.indexOf('\n') >= 0;
        int shorter = Math.max(0, LineWrap.width(text) - LineWrap.width(newText));
        String redrawn = isBlock ? erasing(text) + newText : "\r" + newText + " ".repeat(shorter);
        text = newText;
        try {
          put(redrawn);
        } catch (IOException e) {
          // Nobody watches any more; the work goes on.
          live = null;
        }
      }
    }

    void close() {
      synchronized (Screen.this) {
        if (live == this) {
          end();
        }
      }
    }
  }
}
