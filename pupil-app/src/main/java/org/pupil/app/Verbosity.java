package org.pupil.app;

/** From which level on the program talks; the names are those of the original's flag. */
enum Verbosity {
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /** Whether something of that level is said. */
  boolean says(Verbosity level) {
    return level.compareTo(this) >= 0;
  }
}
