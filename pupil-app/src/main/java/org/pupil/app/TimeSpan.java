package org.pupil.app;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.errors.PupilException;

/** Spans of time as they are typed: {@code 90s}, {@code 3m}, {@code 1h30m}. */
final class TimeSpan {
  private static final Pattern TYPED =
      Pattern.compile("(?=\\d)(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

  private TimeSpan() {}

  /**
   * Reads one.
   *
   * @throws PupilException (usage) if it is none, or is 0
   */
  static Duration of(String flag, String typed) {
    Matcher matcher = TYPED.matcher(typed);
    Duration span =
        matcher.matches()
            ? Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plusSeconds(number(matcher.group(3)))
            : Duration.ZERO;
    if (span.isZero()) {
      throw PupilException.usage(
          "%s must be a time such as 90s, 3m or 1h30m, was %s".formatted(flag, typed));
    }
    return span;
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
