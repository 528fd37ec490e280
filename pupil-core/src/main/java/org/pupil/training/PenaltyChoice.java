package org.pupil.training;

import java.util.List;

/**
 * How {@link Optimizer#AUTO} came to its penalty.
 *
 * @param penalty the chosen one: the layer minimises the sum of the photos' cross entropies plus
 *     {@code penalty / 2} times the sum of the squared weights (biases are free), so it is 1 / C of
 *     LIBLINEAR and scikit-learn
 * @param folds parts of the cross-validation; 0 if there were too few photos for one, and then the
 *     penalty is the one for such cases
 * @param path the penalties that were tried, strongest first; empty if there were no folds
 */
public record PenaltyChoice(double penalty, int folds, List<Trial> path) {
  public PenaltyChoice {
    path = List.copyOf(path);
  }

  /**
   * One penalty that was tried.
   *
   * @param penalty the penalty
   * @param logLoss mean cross entropy of the photos held out, in nats
   */
  public record Trial(double penalty, double logLoss) {}
}
