package org.pupil.tuning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.training.Optimizer;

/**
 * A setting that can be searched over, by the name that {@code retrain} has for it. What is to be
 * searched over besides needs an entry here and its effect in {@link TrialSettings}.
 */
public enum Hyperparameter {
  /** The backbone, by name or path. */
  ARCHITECTURE(Kind.WORD, 0, 0),

  /** Rows and columns of a built-in backbone's images: the number at the end of its name. */
  INPUT_SIZE(Kind.INTEGER, 32, 1024),

  OPTIMIZER(Kind.WORD, 0, 0),
  LEARNING_RATE(Kind.POSITIVE, 0, Double.MAX_VALUE),
  HOW_MANY_TRAINING_STEPS(Kind.INTEGER, 1, 10_000_000),
  TRAIN_BATCH_SIZE(Kind.INTEGER, 1, 1_000_000),
  L2_PENALTY(Kind.POSITIVE, 0, Double.MAX_VALUE),
  FLIP_LEFT_RIGHT(Kind.BOOLEAN, 0, 0),
  RANDOM_CROP(Kind.INTEGER, 0, 99),
  RANDOM_SCALE(Kind.INTEGER, 0, 1000),
  RANDOM_BRIGHTNESS(Kind.INTEGER, 0, 100),
  RANDOM_ROTATION(Kind.INTEGER, 0, 180),
  RANDOM_COLOUR(Kind.INTEGER, 0, 100),
  RANDOM_ERASE(Kind.INTEGER, 0, 100),
  DISTORTION_VARIANTS(Kind.INTEGER, 1, 1000),

  /** Which layers of the backbone are trained too: none, last, or the layer above which all are. */
  FINE_TUNE(Kind.WORD, 0, 0),

  FINE_TUNE_EPOCHS(Kind.INTEGER, 1, 10_000),
  FINE_TUNE_LEARNING_RATE(Kind.POSITIVE, 0, Double.MAX_VALUE);

  /** What values are. */
  enum Kind {
    WORD,
    BOOLEAN,
    INTEGER,

    /** A number above 0. */
    POSITIVE
  }

  private final Kind kind;
  private final double least;
  private final double most;

  Hyperparameter(Kind kind, double least, double most) {
    this.kind = kind;
    this.least = least;
    this.most = most;
  }

  /** As typed: {@code learning_rate}. */
  public String typed() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this name; empty if there is none. */
  static Optional<Hyperparameter> named(String typed) {
    return Arrays.stream(values()).filter(one -> one.typed().equals(typed)).findFirst();
  }

  boolean isNumber() {
    return kind == Kind.INTEGER || kind == Kind.POSITIVE;
  }

  boolean isInteger() {
    return kind == Kind.INTEGER;
  }

  /** Whether it only means something to an optimizer that goes in steps. */
  boolean isOfSteps() {
    return this == LEARNING_RATE || this == HOW_MANY_TRAINING_STEPS || this == TRAIN_BATCH_SIZE;
  }

  /** Whether it is one of the distortions, or how many variants there are of them. */
  boolean isOfDistortions() {
    return switch (this) {
      case FLIP_LEFT_RIGHT,
          RANDOM_CROP,
          RANDOM_SCALE,
          RANDOM_BRIGHTNESS,
          RANDOM_ROTATION,
          RANDOM_COLOUR,
          RANDOM_ERASE,
          DISTORTION_VARIANTS ->
          true;
      default -> false;
    };
  }

  /** Whether it only means something where layers of the backbone are trained too. */
  boolean isOfFineTuning() {
    return this == FINE_TUNE_EPOCHS || this == FINE_TUNE_LEARNING_RATE;
  }

  /**
   * What is wrong with a value.
   *
   * @return part of a sentence, such as {@code must be a whole number, 1 or more}; empty if nothing
   *     is
   */
  Optional<String> complaint(String value) {
    return switch (kind) {
      case WORD -> complaintOfWord(value);
      case BOOLEAN ->
          value.equals("true") || value.equals("false")
              ? Optional.empty()
              : Optional.of("must be true or false");
      case INTEGER -> complaintOfInteger(value);
      case POSITIVE -> complaintOfPositive(value);
    };
  }

  private Optional<String> complaintOfWord(String value) {
    return switch (this) {
      case OPTIMIZER -> complaintOfOptimizer(value);
      case FINE_TUNE ->
          FineTuningDepth.of(value).equals(FineTuningDepth.ALL)
              ? Optional.of(
                  "must be none, last or the name of a layer, since all layers take too long for a search")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> complaintOfOptimizer(String value) {
    try {
      Optimizer.named(value);
      return Optional.empty();
    } catch (PupilException e) {
      return Optional.of("must be one of auto, gradient_descent, momentum, adam");
    }
  }

  private Optional<String> complaintOfInteger(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return Optional.empty();
      }
    } catch (NumberFormatException e) {
      // What it must be is said below.
    }
    return Optional.of(
        String.format(Locale.ROOT, "must be a whole number, %.0f to %.0f", least, most));
  }

  private static Optional<String> complaintOfPositive(String value) {
    try {
      double number = Double.parseDouble(value);
      if (number > 0 && Double.isFinite(number)) {
        return Optional.empty();
      }
    } catch (NumberFormatException e) {
      // What it must be is said below.
    }
    return Optional.of("must be a number above 0");
  }
}
