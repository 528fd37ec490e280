package org.pupil.app;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jline.utils.WCWidth;

/**
 * Breaks lines for people at words, to the width of a terminal. A word that is wider than the
 * terminal, as a long path is, stays whole. What goes on is indented: below the last column of a
 * table, else by two.
 */
final class LineWrap {
  private static final Pattern WORD = Pattern.compile("\\S+");

  /** Two spaces or more, after something: what follows stands in a column. */
  private static final Pattern GAP = Pattern.compile("(?<=\\S) {2,}(?=\\S)");

  /** What colours a text takes no room. */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[\\d;]*m");

  /** So many spaces at the beginning of a line mean that it stands in a column. */
  private static final int COLUMN = 10;

  /** Where the parser's help says what an option does. */
  private static final int OPTION_COLUMN = 29;

  private LineWrap() {}

  /** A text of lines, each of them broken. */
  static String text(String text, int columns) {
    String end = text.endsWith("\n") ? "\n" : "";
    return text.lines()
            .flatMap(line -> lines(line, columns).stream())
            .collect(Collectors.joining("\n"))
        + end;
  }

  /** One line, broken. */
  static List<String> lines(String line, int columns) {
    if (width(line) <= columns) {
      return List.of(line);
    }
    String indent = " ".repeat(indent(line, columns));
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int used = 0;
    int end = 0;
    Matcher words = WORD.matcher(line);
    while (words.find()) {
      String space = line.substring(end, words.start());
      String word = words.group();
      if (end > 0 && used + width(space) + width(word) > columns) {
        lines.add(current.toString());
        current.setLength(0);
        // A word that is too wide for the column moves to the left as far as it must.
        space = indent.substring(Math.min(indent.length(), overhang(indent, word, columns)));
        used = 0;
      }
      current.append(space).append(word);
      used += width(space) + width(word);
      end = words.end();
    }
    lines.add(current.toString());
    return lines;
  }

  private static int overhang(String indent, String word, int columns) {
    return Math.max(0, indent.length() + width(word) - columns);
  }

  private static int indent(String line, int columns) {
    int most = columns * 3 / 5;
    String plain = COLOUR.matcher(line).replaceAll("");
    int leading = plain.length() - plain.stripLeading().length();
    int indent = leading < COLUMN ? leading + 2 : leading;
    if (plain.startsWith("-", leading) && plain.startsWith(" ", OPTION_COLUMN - 1)) {
      return OPTION_COLUMN;
    }
    Matcher gaps = GAP.matcher(line);
    while (gaps.find()) {
      int column = width(line.substring(0, gaps.end()));
      if (column <= most) {
        indent = column;
      }
    }
    return Math.min(indent, most);
  }

  /** The columns that a text takes: two for each sign of Chinese, Japanese or Korean. */
  static int width(String text) {
    String plain = COLOUR.matcher(text).replaceAll("");
    return plain
        .codePoints()
        .map(sign -> sign < 0x7f ? (sign < ' ' ? 0 : 1) : Math.max(0, WCWidth.wcwidth(sign)))
        .sum();
  }
}
