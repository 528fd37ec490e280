package org.pupil.app;

/** Draws a part of a whole as a bar of characters. */
final class Bars {
  /** An eighth of a block to a whole one. */
  private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

  private static final String FULL = "█";
  private static final String FULL_ASCII = "#";

  private Bars() {}

  /**
   * @param part 0 to 1
   * @param columns what the whole takes; the rest is filled with spaces
   * @param unicode whether there is more than ASCII: then it is drawn to the eighth of a column
   */
  static String of(double part, int columns, boolean unicode) {
    double clamped = Math.max(0, Math.min(1, part));
    if (!unicode) {
      int full = (int) Math.round(clamped * columns);
      return FULL_ASCII.repeat(full) + " ".repeat(columns - full);
    }
    int eighths = (int) Math.round(clamped * columns * EIGHTHS.length());
    int full = eighths / EIGHTHS.length();
    int rest = eighths % EIGHTHS.length();
    String last = rest == 0 ? "" : EIGHTHS.substring(rest - 1, rest);
    return FULL.repeat(full) + last + " ".repeat(columns - full - last.length());
  }
}
