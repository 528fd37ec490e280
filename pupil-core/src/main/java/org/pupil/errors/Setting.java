package org.pupil.errors;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What can be set, by the name that programs use: {@code learningRate}. Messages speak of settings
 * and not of flags, which only the command line has; see {@link Message}.
 */
public enum Setting {
  IMAGE_DIR("photos"),
  STRICT,
  LABEL_RULE,
  TESTING_PERCENTAGE,
  VALIDATION_PERCENTAGE,
  SPLIT_RULE,
  SPLIT_SEED,
  GROUP_NEAR_DUPLICATES,
  ARCHITECTURE,
  TFHUB_MODULE,
  MODEL_DIR,
  DOWNLOAD_MIRROR,
  BOTTLENECK_LAYER,
  INPUT_LAYER,
  INPUT_HEIGHT,
  INPUT_WIDTH,
  INPUT_MEAN,
  INPUT_STD,
  BOTTLENECK_DIR,
  ALPHA,
  PRECISION,
  ENGINE,
  THREADS,
  OPTIMIZER,
  LEARNING_RATE,
  HOW_MANY_TRAINING_STEPS,
  TRAIN_BATCH_SIZE,
  L2_PENALTY,
  VALIDATION_BATCH_SIZE,
  TEST_BATCH_SIZE,
  EVAL_STEP_INTERVAL,
  SEED,
  CALIBRATE,
  FAMILIAR_PERCENTAGE,
  FLIP_LEFT_RIGHT,
  RANDOM_CROP,
  RANDOM_SCALE,
  RANDOM_BRIGHTNESS,
  RANDOM_ROTATION,
  RANDOM_COLOUR,
  RANDOM_ERASE,
  DISTORTION_VARIANTS,
  FINE_TUNE,
  FINE_TUNE_EPOCHS,
  FINE_TUNE_LEARNING_RATE,
  CACHE_SIZE,
  TIME_BUDGET,
  RESUME,
  FINAL_TENSOR_NAME,
  FOLDER,
  RUN_NAME,
  OUTPUT_GRAPH,
  OUTPUT_LABELS,
  SAVED_MODEL_DIR,
  ONNX,
  SUMMARIES_DIR,
  INTERMEDIATE_OUTPUT_GRAPHS_DIR,
  INTERMEDIATE_STORE_FREQUENCY,
  LABELS,
  OUTPUT_LAYER,
  HEAT_MAP,
  REPORT,
  TO,
  LAYOUT,
  INNER,
  NAME_ENCODING,
  MAX_RATIO,
  MAX_FILES,
  MAX_SIZE,
  CATALOGUE,
  SPACE,
  TRIALS,
  PARALLEL,
  FOLDS,
  REPEATS;

  private final String name;

  Setting() {
    this.name =
        Pattern.compile("_([a-z])")
            .matcher(withUnderscores())
            .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }

  Setting(String name) {
    this.name = name;
  }

  /** The name that a model's record of how it was made has: {@code learning_rate}. */
  public String withUnderscores() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name that programs use: {@code learningRate}. */
  @Override
  public String toString() {
    return name;
  }
}
