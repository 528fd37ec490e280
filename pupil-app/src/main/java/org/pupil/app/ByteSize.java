package org.pupil.app;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.errors.PupilException;

/** Numbers of bytes as they are typed: {@code 500MB}, {@code 1.5GB}. */
final class ByteSize {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?(MB|GB|TB)", Pattern.CASE_INSENSITIVE);
  private static final double THOUSAND = 1e3;
  private static final double MEGABYTE = 1e6;

  private ByteSize() {}

  /**
   * Reads one.
   *
   * @throws PupilException (usage) if it is none
   */
  static long of(String flag, String typed) {
    Matcher size = SIZE.matcher(typed);
    if (!size.matches()) {
      throw PupilException.usage(
          "%s must be a size such as 500MB or 20GB, was %s".formatted(flag, typed));
    }
    double factor =
        switch (size.group(2).toUpperCase(Locale.ROOT)) {
          case "MB" -> MEGABYTE;
          case "GB" -> MEGABYTE * THOUSAND;
          default -> MEGABYTE * THOUSAND * THOUSAND;
        };
    return (long) (Double.parseDouble(size.group(1)) * factor);
  }
}
