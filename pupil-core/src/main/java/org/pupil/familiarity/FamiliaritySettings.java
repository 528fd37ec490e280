package org.pupil.familiarity;

import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * What counts as familiar.
 *
 * @param percentage how many in a hundred photos like the training photos are to count as familiar:
 *     above 0, at most 100, which refuses none
 * @param seed decides what is left to chance
 */
public record FamiliaritySettings(double percentage, long seed) {
  /** As in much of the literature, where it is called 95 % true positive rate. */
  public static final double DEFAULT_PERCENTAGE = 95;

  /** What holds unless a person says otherwise. */
  public static final FamiliaritySettings DEFAULTS = new FamiliaritySettings(DEFAULT_PERCENTAGE, 0);

  /**
   * @throws PupilException (usage) if the percentage is impossible
   */
  public FamiliaritySettings {
    if (!(percentage > 0 && percentage <= 100)) {
      throw PupilException.usage(
          Message.of(
              Setting.FAMILIAR_PERCENTAGE,
              " must be more than 0 and at most 100, was " + percentage));
    }
  }
}
