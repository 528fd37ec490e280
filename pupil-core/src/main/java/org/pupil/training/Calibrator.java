package org.pupil.training;

import java.util.stream.IntStream;

/**
 * Calibrates a trained layer by photos that it has not seen, if the settings say so. The test set
 * is never among them.
 */
final class Calibrator {
  private final TrainingSettings settings;
  private final TrainingListener listener;

  Calibrator(TrainingSettings settings, TrainingListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /** For a layer that was trained step by step: the validation photos are new to it. */
  TrainingResult byValidation(TrainingResult trained, TrainingData validation) {
    if (!isWanted(trained) || validation.size() == 0) {
      return trained;
    }
    int[] photos = IntStream.range(0, validation.size()).toArray();
    float[][] logits = new float[photos.length][];
    for (int photo : photos) {
      logits[photo] = trained.layer().logits(validation.row(photo));
    }
    return trained.calibrated(
        TemperatureChoice.byEvidence(
            logits,
            IntStream.of(photos).map(validation::label).toArray(),
            IntStream.of(photos).map(validation::group).toArray()));
  }

  /**
   * For a layer that was fitted to convergence: the layers of the same penalty in the search for
   * it, each without a part of the training photos, say how sure one is of photos that are new to
   * it.
   */
  TrainingResult byFolds(TrainingResult trained, TrainingData training) {
    if (!isWanted(trained) || listener.endsSearch() || trained.folds().isEmpty()) {
      return trained;
    }
    OutOfFold outOfFold = trained.folds().get().chosen();
    int[] photos = outOfFold.heldOut();
    float[][] logits = new float[photos.length][];
    for (int i = 0; i < photos.length; i++) {
      logits[i] = outOfFold.logits(0, photos[i]);
    }
    return trained.calibrated(
        TemperatureChoice.of(
            logits,
            IntStream.of(photos).map(training::label).toArray(),
            IntStream.of(photos).map(training::group).toArray()));
  }

  private boolean isWanted(TrainingResult trained) {
    return settings.calibrate() && trained.divergence().isEmpty();
  }
}
