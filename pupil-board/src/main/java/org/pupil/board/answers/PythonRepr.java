package org.pupil.board.answers;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Numbers and texts as Python writes them, for answers that TensorBoard makes of them so. */
public final class PythonRepr {
  /** From 1e16 on, and below 0.0001, Python writes an exponent. */
  private static final int MOST_DIGITS_BEFORE_POINT = 16;

  private static final int LOWEST_PLAIN_EXPONENT = -4;

  private PythonRepr() {}

  /** The shortest digits that are this number: {@code 0.1}, {@code 1e-05}, {@code nan}. */
  public static String of(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal decimal = shortest(number);
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= LOWEST_PLAIN_EXPONENT && exponent < MOST_DIGITS_BEFORE_POINT) {
      String plain = decimal.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = decimal.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  private static BigDecimal shortest(double number) {
    BigDecimal decimal = new BigDecimal(NumberOutput.toString(number, true)).stripTrailingZeros();
    // Java always wants two digits, and then finds 4.9E-324 closer than 5E-324.
    BigDecimal oneDigit = decimal.round(new MathContext(1));
    return oneDigit.doubleValue() == number ? oneDigit : decimal;
  }

  /** In quotation marks, with what cannot be seen written out; null is {@code None}. */
  public static String of(@Nullable String text) {
    if (text == null) {
      return "None";
    }
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder repr = new StringBuilder().append(quote);
    text.codePoints().forEach(letter -> append(repr, letter, quote));
    return repr.append(quote).toString();
  }

  private static void append(StringBuilder repr, int letter, char quote) {
    switch (letter) {
      case '\n' -> repr.append("\\n");
      case '\r' -> repr.append("\\r");
      case '\t' -> repr.append("\\t");
      case '\\' -> repr.append("\\\\");
      default -> {
        if (letter == quote) {
          repr.append('\\').append(quote);
        } else if (isPrintable(letter)) {
          repr.appendCodePoint(letter);
        } else {
          String format = letter < 0x100 ? "\\x%02x" : letter < 0x10000 ? "\\u%04x" : "\\U%08x";
          repr.append(format.formatted(letter));
        }
      }
    }
  }

  private static boolean isPrintable(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> letter == ' ';
      default -> true;
    };
  }
}
