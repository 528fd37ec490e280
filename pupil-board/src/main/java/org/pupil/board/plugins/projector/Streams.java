package org.pupil.board.plugins.projector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies parts of streams. */
final class Streams {
  private Streams() {}

  /** Copies so many bytes, fewer if there are fewer. */
  static void copy(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long left = most;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /**
   * Copies lines. The first is a header if it has a tab, and then does not count.
   *
   * @param most so many lines at most
   */
  static void copyLines(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long left = most;
    boolean first = true;
    boolean hasTab = false;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      for (int i = 0; i < read; i++) {
        hasTab |= buffer[i] == '\t';
        if (buffer[i] == '\n') {
          left -= first && hasTab ? 0 : 1;
          first = false;
          if (left <= 0) {
            out.write(buffer, 0, i + 1);
            return;
          }
        }
      }
      out.write(buffer, 0, read);
    }
  }

  /**
   * Counts lines as {@link #copyLines}; what follows the last end of a line is one if it is not
   * empty.
   */
  static long countLines(InputStream in) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long lines = 0;
    boolean hasTab = false;
    boolean hasHeader = false;
    boolean isOpen = false;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      for (int i = 0; i < read; i++) {
        hasTab |= buffer[i] == '\t';
        isOpen = buffer[i] != '\n';
        if (!isOpen) {
          hasHeader |= lines == 0 && hasTab;
          lines++;
        }
      }
    }
    hasHeader |= lines == 0 && hasTab;
    return lines + (isOpen ? 1 : 0) - (hasHeader ? 1 : 0);
  }
}
