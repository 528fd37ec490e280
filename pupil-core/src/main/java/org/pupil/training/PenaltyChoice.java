package org.pupil.training;

import java.util.List;
import java.util.Optional;

/**
 * How {@link Optimizer#AUTO} came to its penalty, if it was not given.
 *
 * @param penalty the chosen one: the layer minimises the sum of the photos' cross entropies plus
 *     {@code penalty / 2} times the sum of the squared weights (biases are free), so it is 1 / C of
 *     LIBLINEAR and scikit-learn
 * @param folds parts of the cross-validation; 0 if there were too few photos for one, and then the
 *     penalty is the one for such cases
 * @param path the penalties that were tried, strongest first; empty if there were no folds, or if
 *     the penalty was given
 * @param heldOut how the photos came out that were held out, with that penalty; empty if there were
 *     no folds
 */
public record PenaltyChoice(
    double penalty, int folds, List<Trial> path, Optional<HeldOut> heldOut) {
  public PenaltyChoice {
    path = List.copyOf(path);
    if (heldOut.isPresent() != folds > 0) {
      throw new IllegalArgumentException(
          "photos are held out in folds, and there were " + folds + ": " + heldOut);
    }
  }

  /**
   * One penalty that was tried.
   *
   * @param penalty the penalty
   * @param logLoss mean cross entropy of the photos held out, in nats
   */
  public record Trial(double penalty, double logLoss) {}

  /**
   * The training photos, each labelled by a layer that had not seen it: one that was trained by the
   * photos of the other folds. The penalty is the one that was best on these same photos, so the
   * part that is right is a little higher than on new photos; that a layer learns from fewer photos
   * than there are makes it a little lower.
   *
   * @param photos those that were held out in some fold: all but the only photo of a label
   * @param right how many of them were labelled rightly
   */
  public record HeldOut(int photos, int right) {
    public HeldOut {
      if (photos < 1 || right < 0 || right > photos) {
        throw new IllegalArgumentException(right + " of " + photos + " cannot be right");
      }
    }
  }
}
