package org.pupil.training;

import java.util.Optional;

/**
 * Watches a training run: what step lines, event files and snapshots are made from. All calls but
 * {@link #onWork} come from the thread that called the trainer, in this order for each step: {@link
 * #onStep}, then, if it is a step for it, {@link #onEvaluation}, then {@link #onSnapshot}. An
 * exception thrown here ends the training run and reaches the trainer's caller.
 */
public interface TrainingListener {
  /** Watches nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * Work goes on. Comes many times a second from any of the threads, before the first step too;
   * what is thrown here ends the training, wrapped if it came from a helper.
   */
  default void onWork() {}

  /**
   * A step's training batch, before the update that the step makes from it: the originals write
   * exactly this to the event files of {@code train}, so the first one shows the untrained layer.
   */
  default void onStep(BatchView training) {}

  /** An evaluation, after the update of the step. */
  default void onEvaluation(StepEvaluation evaluation) {}

  /** A copy of the layer after the update of the step, every intermediate_store_frequency steps. */
  default void onSnapshot(int step, FinalLayer layer) {}

  /**
   * Asked many times a second, by any thread, while {@link Optimizer#AUTO} searches its penalty.
   *
   * @return whether the search ends with what it has found so far
   */
  default boolean endsSearch() {
    return false;
  }

  /**
   * Asked after each step.
   *
   * @return whether the training ends here; the step is then evaluated as the last
   */
  default boolean endsAfter(int step) {
    return false;
  }

  /**
   * What the originals print every eval_step_interval steps.
   *
   * @param step the step, from 0
   * @param trainAccuracy part of the step's training batch labelled rightly after the update, 0 to
   *     1
   * @param trainCrossEntropy mean cross entropy of that batch after the update, in nats
   * @param validation the validation batch after the update; empty if there are no validation
   *     photos
   */
  record StepEvaluation(
      int step, double trainAccuracy, double trainCrossEntropy, Optional<BatchView> validation) {}
}
