package org.pupil.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pupil.errors.PupilException;

/** Turns what was typed into one of a few values. */
final class Choice {
  private Choice() {}

  /**
   * The value of that name, in any letter case.
   *
   * @throws PupilException (usage) that lists the names, if there is none
   */
  static <E extends Enum<E>> E of(String flag, Class<E> type, String typed) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().equalsIgnoreCase(typed))
        .findFirst()
        .orElseThrow(
            () -> PupilException.usage(flag + " must be one of " + names(type) + ", was " + typed));
  }

  private static String names(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
