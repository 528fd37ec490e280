package org.pupil.log.record;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The Markdown that both TensorBoard and the board show: tables, and texts that mean nothing. */
public final class Markdown {
  /** An underscore means something at the edge of a word only. */
  private static final Pattern MEANS_SOMETHING =
      Pattern.compile(
          "[\\\\`*\\[\\]<>&|~]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])",
          Pattern.UNICODE_CHARACTER_CLASS);

  private Markdown() {}

  /** A text that stands there as it is, whatever signs it has that mean something in Markdown. */
  public static String escaped(String text) {
    return MEANS_SOMETHING.matcher(text.replaceAll("\\R", " ")).replaceAll("\\\\$0");
  }

  /** A part of a whole as {@code 92.6 %}; {@code -} for NaN. */
  public static String percent(double part) {
    return Double.isNaN(part) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }

  /**
   * A table, with a line feed at its end. The first column is of texts, the others are of numbers
   * and stand at the right.
   *
   * @param cells are put there as they are
   */
  static String numbersByLabel(List<String> head, List<List<String>> cells) {
    StringBuilder table = new StringBuilder();
    row(table, head);
    table.append("|---|").append("---:|".repeat(head.size() - 1)).append('\n');
    cells.forEach(row -> row(table, row));
    return table.toString();
  }

  private static void row(StringBuilder table, List<String> cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
