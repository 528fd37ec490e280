package org.pupil.app;

import java.util.Locale;

/** Sizes of files and of memory, as people say them: 1 MB is a million bytes. */
final class ByteCount {
  private static final int STEP = 1000;

  /** From here on, two digits are enough. */
  private static final double TWO_DIGITS = 9.95;

  private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB"};

  private ByteCount() {}

  /** In the unit that leaves fewer than a thousand: {@code 684 MB}, {@code 1.2 GB}. */
  static String inWords(long bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.round(value) >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    boolean isWhole = unit == 0 || value >= TWO_DIGITS;
    return String.format(Locale.ROOT, isWhole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }
}
