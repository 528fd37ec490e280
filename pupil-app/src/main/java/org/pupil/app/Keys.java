package org.pupil.app;

/** The keys that a person presses to answer. */
interface Keys extends AutoCloseable {
  /** No more keys come. */
  int END = -1;

  /** Nobody presses any. */
  Keys NONE = () -> END;

  /**
   * The keys of the terminal that the program was started in: one at a time, or lines where there
   * is no terminal that gives single keys, as on Windows.
   *
   * @param otherwise what to say if there is no terminal to ask in
   * @throws org.pupil.errors.PupilException (usage) that says so
   */
  static Keys ofTerminal(String otherwise) {
    return SingleKeys.ofTerminal().orElseGet(() -> LineKeys.ofConsole(otherwise));
  }

  /** From now on keys are answers; those that were pressed before are none. */
  default void begin() {}

  /** Waits for the next key: its character, or {@link #END}. */
  int next();

  /** Whether a key counts only once Enter was pressed, and is shown as it is typed. */
  default boolean needEnter() {
    return false;
  }

  /** The terminal is as it was before. */
  @Override
  default void close() {}
}
