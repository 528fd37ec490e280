package org.pupil.dataset;

import java.util.Locale;

/** One of the three parts of a split. */
public enum SplitSet {
  /** Photos that the final layer is trained with. */
  TRAINING,
  /** Photos that tell during the training run how well it goes. */
  VALIDATION,
  /** Photos that nothing is decided by: they judge the finished classifier. */
  TESTING;

  /** The name as it is written in flags, files and messages: {@code training}. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
