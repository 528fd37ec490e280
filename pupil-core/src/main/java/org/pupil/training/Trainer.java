package org.pupil.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.chance.Chance;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * Trains a final layer from bottlenecks.
 *
 * <p>Settings are checked when they are made, the data when training starts: every label must have
 * a training photo. Labels without validation photos are never drawn in a validation batch, and
 * without any validation photo the evaluations show the training batch alone.
 */
public final class Trainer {
  private final TrainingSettings settings;
  private final int threads;

  /**
   * @param threads how many may work at once, at least 1; it changes the time, not the result
   */
  public Trainer(TrainingSettings settings, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    this.settings = settings;
    this.threads = threads;
  }

  /**
   * Trains from cached bottlenecks. Of photos with distorted variants, steps draw the variants;
   * {@link Optimizer#AUTO} fits the photos and all their variants, where each of them has an equal
   * part of the weight of one photo, and judges penalties by photos that are not distorted.
   *
   * @param training the photos to learn from
   * @param validation photos to watch with; may be empty
   * @return the layer; when it diverged, the last good one and what happened
   * @throws PupilException of kind BAD_INPUT if a label has no training photo
   */
  public TrainingResult train(
      TrainingData training, TrainingData validation, TrainingListener listener) {
    checkLabels(training);
    Optional<Batch> watched = watch(training, validation);
    Calibrator calibrator = new Calibrator(settings, listener);
    if (settings.optimizer().isStepwise()) {
      BatchSource source =
          training.variants() == 0 ? training : new VariantBatches(training, settings.seed());
      TrainingResult result = new StepTrainer(source, watched, settings, listener).run();
      return calibrator.byValidation(result, validation);
    }
    TrainingResult result = new AutoTrainer(training, watched, settings, threads, listener).run();
    return calibrator.byFolds(result, training);
  }

  /**
   * Trains from bottlenecks that are made afresh for every batch.
   *
   * @param training the photos to learn from; asked once for each step
   * @param validation undistorted photos to watch with; may be empty
   * @return the layer; when it diverged, the last good one and what happened
   * @throws PupilException of kind USAGE if the settings do not go with distortions, of kind
   *     BAD_INPUT if a label has no training photo
   */
  public TrainingResult trainDistorted(
      BatchSource training, TrainingData validation, TrainingListener listener) {
    settings.checkForDistortions();
    checkLabels(training);
    TrainingResult result =
        new StepTrainer(training, watch(training, validation), settings, listener).run();
    return new Calibrator(settings, listener).byValidation(result, validation);
  }

  private Optional<Batch> watch(BatchSource training, TrainingData validation) {
    if (!validation.labels().names().equals(training.labels().names())
        || validation.dimension() != training.dimension()) {
      throw new IllegalArgumentException(
          "training and validation photos must have the same labels and the same dimension");
    }
    if (validation.size() == 0) {
      return Optional.empty();
    }
    Chance chance = new Chance(settings.seed(), Chance.Purpose.VALIDATION_BATCHES);
    BatchSampler sampler = new BatchSampler(validation, settings.validationBatchSize(), chance);
    return Optional.of(new Batch(validation, sampler));
  }

  private static void checkLabels(BatchSource training) {
    List<String> missing = new ArrayList<>();
    int[][] photosOf = BatchSampler.photosByLabel(training);
    for (int label = 0; label < photosOf.length; label++) {
      if (photosOf[label].length == 0) {
        missing.add(training.labels().name(label));
      }
    }
    if (!missing.isEmpty()) {
      throw PupilException.badInput(
          Message.of(
              "no photos to train from for the label "
                  + String.join(", ", missing)
                  + ": add photos, or lower ",
              Setting.TESTING_PERCENTAGE,
              " and ",
              Setting.VALIDATION_PERCENTAGE));
    }
  }
}
