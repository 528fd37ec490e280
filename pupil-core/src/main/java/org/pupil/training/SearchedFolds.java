package org.pupil.training;

import java.util.Optional;

/**
 * What the training photos were given by layers that had not seen them, while the penalty was
 * chosen. The layers were fitted as closely as the choice needs it, to about a hundredth of the
 * objective.
 *
 * @param chosen by layers of the penalty that was chosen
 * @param strong by layers of the penalty {@link #STRONG}; empty if the search was ended before it
 */
public record SearchedFolds(OutOfFold chosen, Optional<OutOfFold> strong) {
  /**
   * A penalty so strong that a layer does not bend to single photos: in units of the photos' mean
   * squared distance from their mean, as {@link Penalty.OfSpread} has it.
   */
  public static final double STRONG = 1;
}
