package org.pupil.run;

import java.util.Optional;
import java.util.OptionalDouble;
import org.pupil.dataset.SplitSet;
import org.pupil.evaluation.Evaluation;
import org.pupil.training.FinalLayer;
import org.pupil.training.Optimizer;
import org.pupil.training.Trainer;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingSettings;

/** What a person could have had without choosing a learning rate and a number of steps. */
@FunctionalInterface
interface AutoComparison {
  /** With more training photos it takes so long that nobody should have to wait for it. */
  int MOST_PHOTOS = 20_000;

  /** Compares nothing. */
  AutoComparison NONE = (sets, test) -> Optional.empty();

  /**
   * Trains with the optimizer {@code auto} on the photos as they are, if another one was used.
   *
   * @param test the photos that judged the other one
   * @return its score; empty if there is nothing to compare
   */
  Optional<Evaluation> run(TrainingSets sets, TrainingData test);

  /** Compares with a training of these settings. */
  static AutoComparison of(TrainingSettings settings, int threads) {
    return (sets, test) -> {
      // A hint: with the variants it would take as long as what it is compared with, or longer.
      TrainingData training = sets.data(SplitSet.TRAINING).withoutVariants();
      if (!settings.optimizer().isStepwise() || training.size() > MOST_PHOTOS) {
        return Optional.empty();
      }
      FinalLayer layer =
          new Trainer(
                  settings.withOptimizer(Optimizer.AUTO).withL2Penalty(OptionalDouble.empty()),
                  threads)
              .train(training, sets.data(SplitSet.VALIDATION), TrainingListener.NONE)
              .layer();
      return Optional.of(Evaluation.of(layer, test));
    };
  }
}
