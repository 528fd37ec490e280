package org.pupil.tuning;

import java.util.Optional;

/** Tells how good a configuration is, fold by fold. For any number of threads. */
interface Judge {
  /** Folds of one repeat, at least 2. */
  int foldsOfRepeat();

  /** Folds of all repeats. */
  int folds();

  /** Photos that each repeat holds out in turn. */
  int photos();

  /**
   * Trains without the photos of a fold and judges by them.
   *
   * @param fold 0 to {@link #folds} - 1
   * @return the same whenever it is asked, but for the seconds; if it cannot be done, why. Empty if
   *     there is no time left to do it
   */
  Optional<FoldOutcome> judge(Configuration configuration, int fold);
}
