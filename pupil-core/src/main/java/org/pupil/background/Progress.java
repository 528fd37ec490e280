package org.pupil.background;

/** Hears how far some work is. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (done, all) -> {};

  /**
   * So much of the work is done. May be called by several threads at once, so that a lower number
   * comes after a higher one; what it throws ends the work.
   *
   * @param done 0 to {@code all}
   * @param all in the unit of the work
   */
  void reached(long done, long all);
}
