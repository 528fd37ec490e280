package org.pupil.app;

import java.io.IOException;
import java.io.InputStream;
import org.pupil.errors.PupilException;

/** The first character of each line that a person types. */
final class LineKeys implements Keys {
  private final InputStream in;

  LineKeys(InputStream in) {
    this.in = in;
  }

  /**
   * Those of the console.
   *
   * @param otherwise what to say if there is none
   * @throws PupilException (usage) that says so
   */
  @SuppressWarnings("SystemConsoleNull") // the launcher asks newer versions of Java for it, too
  static Keys ofConsole(String otherwise) {
    if (System.console() == null) {
      throw PupilException.usage(otherwise);
    }
    return new LineKeys(System.in);
  }

  @Override
  public void begin() {
    try {
      while (in.available() > 0 && in.read() >= 0) {
        // That was no answer.
      }
    } catch (IOException e) {
      return; // the next line will say so
    }
  }

  @Override
  public int next() {
    try {
      int first = in.read();
      for (int c = first; c >= 0 && c != '\n'; ) {
        c = in.read();
      }
      return first;
    } catch (IOException e) {
      return END; // the console is gone
    }
  }

  @Override
  public boolean needEnter() {
    return true;
  }
}
