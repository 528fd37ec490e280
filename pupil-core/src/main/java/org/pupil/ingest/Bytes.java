package org.pupil.ingest;

import java.util.Locale;

/** Numbers of bytes in words. */
public final class Bytes {
  private static final double THOUSAND = 1e3;

  private Bytes() {}

  /** {@code 12 bytes}, {@code 3.4 kB}, {@code 229 MB}, {@code 5.0 GB}. */
  public static String of(long bytes) {
    if (bytes < THOUSAND) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    double number = bytes;
    int unit = -1;
    while (number >= THOUSAND - 0.5 && unit < 3) {
      number /= THOUSAND;
      unit++;
    }
    return String.format(
        Locale.ROOT, number < 10 ? "%.1f %cB" : "%.0f %cB", number, "kMGT".charAt(unit));
  }
}
