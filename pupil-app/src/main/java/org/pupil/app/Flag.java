package org.pupil.app;

import java.util.regex.Pattern;

/**
 * A flag of a command: its long name, and what may follow it.
 *
 * @param name the canonical name without the two dashes: {@code learning_rate}; words are parted by
 *     underscores
 * @param takes what may follow it
 */
record Flag(String name, Takes takes) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(_[a-z0-9]+)*");

  /** What may follow a flag. */
  enum Takes {
    /** A value, always: {@code --learning_rate 0.1}. */
    VALUE,
    /** Nothing, {@code =true} or {@code =false}; it can also be negated: {@code --noflip}. */
    BOOLEAN,
    /** Nothing: {@code --help}. */
    NOTHING
  }

  Flag {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "flag's name must be words of a-z and 0-9 parted by _, was " + name);
    }
  }

  /** The flag as it is shown and handed on: {@code --learning_rate}. */
  String canonical() {
    return "--" + name;
  }
}
