package org.pupil.board.plugins.projector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a table of numbers with tabs between them, number by number: neither the table nor a line
 * of it need fit into memory. Lines that are empty do not count.
 */
final class TsvNumbers {
  /** Hears the numbers. */
  interface Visitor {
    void number(float value) throws IOException;

    /**
     * A row is over.
     *
     * @return whether to go on
     */
    boolean endOfRow(int columns) throws IOException;
  }

  /** The bytes are no text: they may be the numbers themselves. */
  static final class NoTextException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static final int LONGEST_NUMBER = 400;

  /** Java alone would also take 1f and 0x1p3. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private final InputStream in;
  private final byte[] word = new byte[LONGEST_NUMBER];
  private int length;
  private long row = 1;
  private int columns;
  private boolean isBlank = true;

  private TsvNumbers(InputStream in) {
    this.in = in;
  }

  /**
   * Reads until the end, or until the visitor has enough.
   *
   * @throws NoTextException if there are bytes that no text has
   * @throws ProjectorException if a word is no number; the message says where
   */
  static void read(InputStream in, Visitor visitor)
      throws IOException, NoTextException, ProjectorException {
    new TsvNumbers(in).read(visitor);
  }

  private void read(Visitor visitor) throws IOException, NoTextException, ProjectorException {
    while (true) {
      int one = in.read();
      if (one == '\t') {
        isBlank = false;
        endOfWord(visitor);
      } else if (one == '\n' || one < 0) {
        if (!endOfLine(visitor) || one < 0) {
          return;
        }
      } else {
        add(one);
      }
    }
  }

  private void add(int one) throws NoTextException, ProjectorException {
    if ((one < ' ' && one != '\r') || one >= 0x7f) {
      throw new NoTextException();
    }
    if (one != '\r' && one != ' ') {
      isBlank = false;
    }
    if (length == LONGEST_NUMBER) {
      throw new ProjectorException("a number in row " + row + " is too long");
    }
    word[length++] = (byte) one;
  }

  private boolean endOfLine(Visitor visitor) throws IOException, ProjectorException {
    if (isBlank) {
      length = 0;
      return true;
    }
    endOfWord(visitor);
    boolean goOn = visitor.endOfRow(columns);
    row++;
    columns = 0;
    isBlank = true;
    return goOn;
  }

  private void endOfWord(Visitor visitor) throws IOException, ProjectorException {
    String text = new String(word, 0, length, StandardCharsets.US_ASCII).strip();
    length = 0;
    columns++;
    visitor.number(number(text));
  }

  private float number(String text) throws ProjectorException {
    if (NUMBER.matcher(text).matches()) {
      return (float) Double.parseDouble(text);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Float.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Float.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
      default ->
          throw new ProjectorException(
              "row " + row + ", column " + columns + " is no number: \"" + text + "\"");
    };
  }
}
