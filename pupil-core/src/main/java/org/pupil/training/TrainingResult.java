package org.pupil.training;

import java.util.Optional;

/**
 * What the training run came to.
 *
 * @param layer the final layer: finite in any case
 * @param stepsDone updates that are in the layer
 * @param divergence set if the training run diverged; then {@code layer} is the last one whose
 *     cross entropy was good
 * @param penaltyChoice how the penalty was chosen; set for {@link Optimizer#AUTO} only
 * @param folds what the search for the penalty has found out on the way; set if there were folds
 * @param temperature the calibration, which is in the layer; set if it was asked for and there were
 *     photos to decide it by
 */
public record TrainingResult(
    FinalLayer layer,
    int stepsDone,
    Optional<Divergence> divergence,
    Optional<PenaltyChoice> penaltyChoice,
    Optional<SearchedFolds> folds,
    Optional<TemperatureChoice> temperature) {

  /** Of a layer that is as it was trained. */
  public TrainingResult(
      FinalLayer layer,
      int stepsDone,
      Optional<Divergence> divergence,
      Optional<PenaltyChoice> penaltyChoice) {
    this(layer, stepsDone, divergence, penaltyChoice, Optional.empty(), Optional.empty());
  }

  /**
   * The training diverged: a batch's mean cross entropy was NaN, infinite, or beyond {@link
   * #RUNAWAY_CROSS_ENTROPY}.
   *
   * @param step the step at which it was seen
   * @param crossEntropy the cross entropy that was seen
   */
  public record Divergence(int step, double crossEntropy) {}

  /**
   * A mean cross entropy that no recovering run comes near, in nats. (At this point the labels'
   * probabilities are too small for a floating point number by a factor of a million in the
   * exponent.)
   */
  public static final double RUNAWAY_CROSS_ENTROPY = 1e9;

  /**
   * Of a layer that was trained together with layers below it.
   *
   * @param logits what it says of photos that it has not seen
   * @param truth the index of the label of each of these
   * @param groups which of them belong together: those of equal numbers, 0 or more
   * @param calibrates whether its logits are to be divided by a temperature that these photos give
   */
  public static TrainingResult fineTuned(
      FinalLayer layer,
      int stepsDone,
      float[][] logits,
      int[] truth,
      int[] groups,
      boolean calibrates) {
    TrainingResult trained =
        new TrainingResult(layer, stepsDone, Optional.empty(), Optional.empty());
    return calibrates ? trained.calibrated(TemperatureChoice.of(logits, truth, groups)) : trained;
  }

  TrainingResult withFolds(Optional<SearchedFolds> found) {
    return new TrainingResult(layer, stepsDone, divergence, penaltyChoice, found, temperature);
  }

  /** The same, with the layer's logits divided by a temperature where that helps. */
  TrainingResult calibrated(TemperatureChoice choice) {
    return new TrainingResult(
        choice.applyTo(layer), stepsDone, divergence, penaltyChoice, folds, Optional.of(choice));
  }
}
