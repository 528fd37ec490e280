package org.pupil.training;

import java.util.OptionalDouble;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * How to train: the flags of the original retrain scripts that concern the final layer, and the
 * optimizer. The defaults live in {@link #DEFAULTS} and nowhere else.
 *
 * <p>{@link Optimizer#AUTO} uses {@code seed}, {@code evalStepInterval}, {@code l2Penalty} and the
 * batch sizes of validation and test only.
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
 * @param calibrate whether the layer's probabilities are calibrated after training, where that
 *     helps (see {@link TemperatureChoice})
 * @param l2Penalty strength of the penalty on large weights, positive and finite, as {@link
 *     PenaltyChoice#penalty} counts it: half of it times the sum of the squared weights is added to
 *     the sum of the training photos' cross entropies. Steps of batches add its share for one photo
 *     to the batch's mean. Empty: {@link Optimizer#AUTO} chooses one, steps have none
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
    long seed,
    boolean calibrate,
    OptionalDouble l2Penalty) {

  private static final Message DISTORTIONS =
      Message.of(
          "distortions (",
          Setting.FLIP_LEFT_RIGHT,
          ", ",
          Setting.RANDOM_CROP,
          ", ",
          Setting.RANDOM_SCALE,
          ", ",
          Setting.RANDOM_BRIGHTNESS,
          ", ",
          Setting.RANDOM_ROTATION,
          ", ",
          Setting.RANDOM_COLOUR,
          ", ",
          Setting.RANDOM_ERASE,
          ") that are drawn afresh in every step");

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

  /** Settings without a penalty, of which the optimizer says whether the layer is calibrated. */
  public TrainingSettings(
      Optimizer optimizer,
      double learningRate,
      int howManyTrainingSteps,
      int trainBatchSize,
      int validationBatchSize,
      int testBatchSize,
      int evalStepInterval,
      int intermediateStoreFrequency,
      long seed) {
    this(
        optimizer,
        learningRate,
        howManyTrainingSteps,
        trainBatchSize,
        validationBatchSize,
        testBatchSize,
        evalStepInterval,
        intermediateStoreFrequency,
        seed,
        optimizer.isCalibratedUnlessGiven(),
        OptionalDouble.empty());
  }

  /**
   * Checks every value.
   *
   * @throws PupilException of kind USAGE, naming the setting and its value
   */
  public TrainingSettings {
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        Message.of(Setting.LEARNING_RATE, " must be positive, was " + learningRate));
    require(
        howManyTrainingSteps >= 0,
        Message.of(
            Setting.HOW_MANY_TRAINING_STEPS, " must be 0 or more, was " + howManyTrainingSteps));
    requireBatch(Setting.TRAIN_BATCH_SIZE, trainBatchSize);
    requireBatch(Setting.VALIDATION_BATCH_SIZE, validationBatchSize);
    requireBatch(Setting.TEST_BATCH_SIZE, testBatchSize);
    require(
        evalStepInterval >= 1,
        Message.of(Setting.EVAL_STEP_INTERVAL, " must be 1 or more, was " + evalStepInterval));
    if (l2Penalty.isPresent()) {
      double penalty = l2Penalty.getAsDouble();
      require(
          penalty > 0 && Double.isFinite(penalty),
          Message.of(Setting.L2_PENALTY, " must be positive, was " + penalty));
    }
  }

  /** The originals draw 100; who does not follow them sees all photos, which is steadier. */
  public static int validationBatchSizeUnlessGiven(Optimizer optimizer) {
    return optimizer.isStepwise() ? DEFAULT_VALIDATION_BATCH_SIZE : -1;
  }

  private static void requireBatch(Setting setting, int size) {
    require(
        size != 0,
        Message.of(setting, " must be a number of photos, or -1 for all of them, was 0"));
  }

  private static void require(boolean holds, Message message) {
    if (!holds) {
      throw PupilException.usage(message);
    }
  }

  /**
   * Checks what distortions that are drawn afresh rule out. With them every batch is distorted
   * afresh, so there is no whole set to go through and no sum to fit to convergence.
   *
   * @throws PupilException of kind USAGE, naming the setting and its value
   */
  public void checkForDistortions() {
    require(
        trainBatchSize > 0,
        Message.of(
            Setting.TRAIN_BATCH_SIZE,
            " must be positive with ",
            DISTORTIONS,
            ", was " + trainBatchSize));
    require(
        optimizer.isStepwise(),
        Message.of(
            Setting.OPTIMIZER,
            "=auto cannot learn from ",
            DISTORTIONS,
            ": use ",
            Setting.OPTIMIZER,
            "=gradient_descent, or 1 or more ",
            Setting.DISTORTION_VARIANTS));
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
        seed,
        calibrate,
        l2Penalty);
  }

  /** The same settings with other chance. */
  public TrainingSettings withSeed(long value) {
    return new TrainingSettings(
        optimizer,
        learningRate,
        howManyTrainingSteps,
        trainBatchSize,
        validationBatchSize,
        testBatchSize,
        evalStepInterval,
        intermediateStoreFrequency,
        value,
        calibrate,
        l2Penalty);
  }

  /** The same settings, with the layer calibrated where that helps, or left as it is trained. */
  public TrainingSettings withCalibrate(boolean value) {
    return new TrainingSettings(
        optimizer,
        learningRate,
        howManyTrainingSteps,
        trainBatchSize,
        validationBatchSize,
        testBatchSize,
        evalStepInterval,
        intermediateStoreFrequency,
        seed,
        value,
        l2Penalty);
  }

  /** The same settings with a penalty on large weights. */
  public TrainingSettings withL2Penalty(OptionalDouble value) {
    return new TrainingSettings(
        optimizer,
        learningRate,
        howManyTrainingSteps,
        trainBatchSize,
        validationBatchSize,
        testBatchSize,
        evalStepInterval,
        intermediateStoreFrequency,
        seed,
        calibrate,
        value);
  }
}
