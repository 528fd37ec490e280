package org.pupil.training;

import java.util.Optional;
import org.pupil.training.TrainingListener.StepEvaluation;

/** Tells the listener how the layer does after a step's update. */
final class StepEvaluator {
  private final Batch training;
  private final Optional<Batch> validation;
  private final TrainingListener listener;

  /**
   * @param validation drawn afresh for each evaluation; empty if there are no validation photos
   */
  StepEvaluator(Batch training, Optional<Batch> validation, TrainingListener listener) {
    this.training = training;
    this.validation = validation;
    this.listener = listener;
  }

  /**
   * @param trainCrossEntropy what the training batch gave when it last looked, with this layer
   */
  void report(int step, double trainCrossEntropy, LayerArrays layer) {
    Optional<BatchView> view =
        validation.map(
            batch -> {
              batch.fill(step);
              return batch.view(step, batch.look(layer), layer);
            });
    listener.onEvaluation(new StepEvaluation(step, training.accuracy(), trainCrossEntropy, view));
  }
}
