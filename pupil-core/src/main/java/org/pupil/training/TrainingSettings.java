package org.pupil.training;

import org.pupil.errors.PupilException;

/**
 * How to train: the flags of the original retrain scripts that concern the final layer, and the
 * optimizer. The defaults live in {@link #DEFAULTS} and nowhere else.
 *
 * <p>{@link Optimizer#AUTO} uses {@code seed}, {@code evalStepInterval} and the batch sizes of
 * validation and test only.
 *
 * @param optimizer how the layer is trained
 * @param learningRate constant rate of the updates, positive and finite
 * @param howManyTrainingSteps number of updates, one batch each; 0 keeps the first, random layer
 * @param trainBatchSize photos in a training batch, drawn with replacement and balanced between the
 *     labels; negative for the whole set in every step; not 0
 * @param validationBatchSize photos in a validation batch, drawn likewise; negative for the whole
 *     set; not 0
 * @param testBatchSize photos in the final test, drawn likewise; negative for the whole set; not 0
 * @param evalStepInterval steps between evaluations, at least 1; the last step is always evaluated
 * @param intermediateStoreFrequency steps between snapshots of the layer; 0 or less for none
 * @param seed decides everything that is left to chance
 */
public record TrainingSettings(
    Optimizer optimizer,
    double learningRate,
    int howManyTrainingSteps,
    int trainBatchSize,
    int validationBatchSize,
    int testBatchSize,
    int evalStepInterval,
    int intermediateStoreFrequency,
    long seed) {

  // Constants of their own, so that help texts can be made of them.
  public static final double DEFAULT_LEARNING_RATE = 0.01;
  public static final int DEFAULT_TRAINING_STEPS = 4000;
  public static final int DEFAULT_TRAIN_BATCH_SIZE = 100;
  public static final int DEFAULT_VALIDATION_BATCH_SIZE = 100;

  /** The originals' defaults, with {@link Optimizer#AUTO}. */
  public static final TrainingSettings DEFAULTS =
      new TrainingSettings(
          Optimizer.AUTO,
          DEFAULT_LEARNING_RATE,
          DEFAULT_TRAINING_STEPS,
          DEFAULT_TRAIN_BATCH_SIZE,
          DEFAULT_VALIDATION_BATCH_SIZE,
          -1,
          10,
          0,
          0);

  /**
   * Checks every value.
   *
   * @throws PupilException of kind USAGE, naming the flag and its value
   */
  public TrainingSettings {
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "--learning_rate must be positive, was " + learningRate);
    require(
        howManyTrainingSteps >= 0,
        "--how_many_training_steps must be 0 or more, was " + howManyTrainingSteps);
    requireBatch("--train_batch_size", trainBatchSize);
    requireBatch("--validation_batch_size", validationBatchSize);
    requireBatch("--test_batch_size", testBatchSize);
    require(
        evalStepInterval >= 1, "--eval_step_interval must be 1 or more, was " + evalStepInterval);
  }

  private static void requireBatch(String flag, int size) {
    require(size != 0, flag + " must be a number of photos, or -1 for all of them, was 0");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw PupilException.usage(message);
    }
  }

  /**
   * Checks what distortions rule out. With them every batch is distorted afresh, so there is no
   * whole set to go through and no sum to fit to convergence.
   *
   * @throws PupilException of kind USAGE, naming the flag and its value
   */
  public void checkForDistortions() {
    require(
        trainBatchSize > 0,
        "--train_batch_size must be positive with distortions (--flip_left_right, --random_crop,"
            + " --random_scale, --random_brightness), was "
            + trainBatchSize);
    require(
        optimizer.isStepwise(),
        "--optimizer=auto cannot learn from distortions (--flip_left_right, --random_crop,"
            + " --random_scale, --random_brightness): use --optimizer=gradient_descent");
  }

  /** Whether a step is followed by an evaluation: every so many steps, and the last. */
  boolean evaluatesAt(int step) {
    return step % evalStepInterval == 0 || step == howManyTrainingSteps - 1;
  }

  /** Whether a step is followed by a snapshot: every so many steps, but not the first. */
  boolean storesAt(int step) {
    return intermediateStoreFrequency > 0 && step > 0 && step % intermediateStoreFrequency == 0;
  }

  public TrainingSettings withOptimizer(Optimizer value) {
    return new TrainingSettings(
        value,
        learningRate,
        howManyTrainingSteps,
        trainBatchSize,
        validationBatchSize,
        testBatchSize,
        evalStepInterval,
        intermediateStoreFrequency,
        seed);
  }

  public TrainingSettings withValidationBatchSize(int value) {
    return new TrainingSettings(
        optimizer,
        learningRate,
        howManyTrainingSteps,
        trainBatchSize,
        value,
        testBatchSize,
        evalStepInterval,
        intermediateStoreFrequency,
        seed);
  }
}
