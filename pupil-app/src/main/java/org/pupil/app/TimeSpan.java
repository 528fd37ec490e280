package org.pupil.app;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.errors.PupilException;

/** Spans of time as they are typed: {@code 90s}, {@code 3m}, {@code 1.5h}, {@code 1h30m}. */
final class TimeSpan {
  private static final Pattern PART =
      Pattern.compile(
          "([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?(s|min|m|h)(?![a-z])", Pattern.CASE_INSENSITIVE);
  private static final double MINUTE = 60;
  private static final double MILLIS = 1e3;

  private TimeSpan() {}

  /**
   * Reads one.
   *
   * @throws PupilException (usage) if it is none, or is 0
   */
  static Duration of(String flag, String typed) {
    Matcher parts = PART.matcher(typed);
    double seconds = 0;
    int end = 0;
    while (end < typed.length() && parts.find(end) && parts.start() == end) {
      seconds += Double.parseDouble(parts.group(1)) * secondsOf(parts.group(2));
      end = parts.end();
    }
    Duration span = Duration.ofMillis((long) (seconds * MILLIS));
    if (end < typed.length() || span.isZero()) {
      throw PupilException.usage(
          "%s must be a time such as 90s, 3m or 1h, was %s".formatted(flag, typed));
    }
    return span;
  }

  private static double secondsOf(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "s" -> 1;
      case "h" -> MINUTE * MINUTE;
      default -> MINUTE;
    };
  }
}
