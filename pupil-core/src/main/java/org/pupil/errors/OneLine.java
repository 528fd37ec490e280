package org.pupil.errors;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes any text safe for a line that a person or a program reads: names of files and the labels of
 * a model may hold whatever their makers liked, line feeds and commands to the terminal too.
 *
 * <p>Escaped, as in Java, are control characters ({@code \n}, {@code \}{@code u001b}), the other
 * two characters that end a line, halves of pairs that stand alone, and the characters that turn
 * the direction of what follows them. Everything else stays as it is, backslashes too; so a text
 * that went through once goes through again unchanged.
 */
public final class OneLine {
  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\x{2028}\\x{2029}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

  private OneLine() {}

  /** The text on one line. */
  public static String of(String text) {
    return isSafe(text) ? text : UNSAFE.matcher(text).replaceAll(OneLine::escaped);
  }

  /** Whether nothing in the text needs to be escaped. */
  public static boolean isSafe(String text) {
    return isPrintableAscii(text) || !UNSAFE.matcher(text).find();
  }

  /** Nearly every text is, and a training run writes thousands of lines. */
  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String escaped(MatchResult match) {
    return switch (match.group()) {
      case "\n" -> "\\\\n";
      case "\r" -> "\\\\r";
      case "\t" -> "\\\\t";
      default -> String.format(Locale.ROOT, "\\\\u%04x", (int) match.group().charAt(0));
    };
  }
}
