package org.pupil.app;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.images.Distortions;
import org.pupil.training.Optimizer;
import org.pupil.training.TrainingSettings;
import picocli.CommandLine.Option;

/** The flags of stop 6: teach the final layer. */
final class TrainOptions {
  private static final TrainingSettings DEFAULTS = TrainingSettings.DEFAULTS;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "How the final layer is trained. auto finds the best layer by itself; gradient_descent (as in the Python scripts), momentum and adam go step by step. Default: auto, or gradient_descent if you give a learning rate, a number of steps or a batch size, or distortions with --distortion_variants=0.")
  private @Nullable String optimizer;

  @Option(
      names = "--how_many_training_steps",
      paramLabel = "N",
      description =
          "How many steps to train, each on one batch of photos. Default: "
              + TrainingSettings.DEFAULT_TRAINING_STEPS)
  private @Nullable Integer steps;

  @Option(
      names = "--learning_rate",
      paramLabel = "X",
      description =
          "How far each step changes the layer. Default: " + TrainingSettings.DEFAULT_LEARNING_RATE)
  private @Nullable Double learningRate;

  @Option(
      names = "--train_batch_size",
      paramLabel = "N",
      description =
          "Training photos in each step; -1 for all of them. Default: "
              + TrainingSettings.DEFAULT_TRAIN_BATCH_SIZE)
  private @Nullable Integer trainBatchSize;

  @Option(
      names = "--l2_penalty",
      paramLabel = "X",
      description =
          "How strongly large weights are penalised: half of this times the sum of the squared weights is added to the cross entropy of the training photos. Default: auto finds it by cross-validation; the other optimizers have no penalty.")
  private @Nullable Double l2Penalty;

  @Option(
      names = "--validation_batch_size",
      paramLabel = "N",
      description =
          "Validation photos in each evaluation, drawn at random; -1 for all of them. Default: "
              + TrainingSettings.DEFAULT_VALIDATION_BATCH_SIZE
              + ", or -1 with auto")
  private @Nullable Integer validationBatchSize;

  @Option(
      names = "--test_batch_size",
      paramLabel = "N",
      description =
          "Test photos in the final evaluation; -1 for all of them. Default:" + " ${DEFAULT-VALUE}")
  private int testBatchSize = DEFAULTS.testBatchSize();

  @Option(
      names = "--eval_step_interval",
      paramLabel = "N",
      description = "Steps between evaluations. Default: ${DEFAULT-VALUE}")
  private int evalStepInterval = DEFAULTS.evalStepInterval();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same number gives the same model, bit for bit. Default: ${DEFAULT-VALUE}")
  private long seed = DEFAULTS.seed();

  @Option(
      names = "--calibrate",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "After training, make the layer less sure of itself, or surer, if photos that it has not seen say so. The labels stay the same, only the probabilities change. Default: true, or false with gradient_descent.")
  private @Nullable Boolean calibrate;

  @Option(
      names = "--familiar_percentage",
      paramLabel = "PERCENT",
      description =
          "How many in a hundred photos like the training photos are to count as familiar; label_image says of the others that they are unlike anything the model was trained on. 100 refuses none. Default: 95")
  private double familiarPercentage = FamiliaritySettings.DEFAULT_PERCENTAGE;

  @Option(
      names = "--flip_left_right",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Distortion: mirror training photos at random.")
  private boolean flipLeftRight;

  @Option(
      names = "--random_crop",
      paramLabel = "PERCENT",
      description =
          "Distortion: crop a margin of this much at random positions. Default: ${DEFAULT-VALUE}")
  private int randomCrop;

  @Option(
      names = "--random_scale",
      paramLabel = "PERCENT",
      description = "Distortion: enlarge at random by up to this much. Default: ${DEFAULT-VALUE}")
  private int randomScale;

  @Option(
      names = "--random_brightness",
      paramLabel = "PERCENT",
      description =
          "Distortion: brighten or darken at random by up to this much. Default: ${DEFAULT-VALUE}")
  private int randomBrightness;

  @Option(
      names = "--random_rotation",
      paramLabel = "DEGREES",
      description =
          "Distortion: turn at random by up to this much to either side. Default: ${DEFAULT-VALUE}")
  private int randomRotation;

  @Option(
      names = "--random_colour",
      paramLabel = "PERCENT",
      description =
          "Distortion: change hue, saturation and contrast at random by up to this much. Default: ${DEFAULT-VALUE}")
  private int randomColour;

  @Option(
      names = "--random_erase",
      paramLabel = "PERCENT",
      description =
          "Distortion: erase a rectangle of up to this much of the area. Default: ${DEFAULT-VALUE}")
  private int randomErase;

  @Option(
      names = "--distortion_variants",
      paramLabel = "N",
      description =
          "How many distorted copies to make of each training photo, if there is a distortion; their bottlenecks are kept, so the next run has them at once. 0 distorts the photos of each step anew, as the Python scripts did, which takes long. Default: ${DEFAULT-VALUE}")
  private int distortionVariants = Distortions.DEFAULT_VARIANTS;

  long seed() {
    return seed;
  }

  FamiliaritySettings familiarity() {
    return new FamiliaritySettings(familiarPercentage, seed);
  }

  Distortions distortions() {
    return new Distortions(
        flipLeftRight,
        randomCrop,
        randomScale,
        randomBrightness,
        randomRotation,
        randomColour,
        randomErase,
        distortionVariants);
  }

  TrainingSettings settings(int intermediateStoreFrequency) {
    boolean stepsAreMeant = steps != null || learningRate != null || trainBatchSize != null;
    Optimizer chosen =
        optimizer == null
            ? Optimizer.unlessGiven(stepsAreMeant, distortions().isAfresh())
            : Optimizer.named(optimizer);
    return new TrainingSettings(
        chosen,
        learningRate == null ? DEFAULTS.learningRate() : learningRate,
        steps == null ? DEFAULTS.howManyTrainingSteps() : steps,
        trainBatchSize == null ? DEFAULTS.trainBatchSize() : trainBatchSize,
        validationBatchSize == null
            ? TrainingSettings.validationBatchSizeUnlessGiven(chosen)
            : validationBatchSize,
        testBatchSize,
        evalStepInterval,
        intermediateStoreFrequency,
        seed,
        calibrate == null ? chosen.isCalibratedUnlessGiven() : calibrate,
        l2Penalty == null ? OptionalDouble.empty() : OptionalDouble.of(l2Penalty));
  }
}
