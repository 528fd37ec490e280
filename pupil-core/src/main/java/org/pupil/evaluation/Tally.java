package org.pupil.evaluation;

import java.util.Arrays;

/**
 * What the predictions of some photos add up to: enough for the scores that {@link Bootstrap} gives
 * an interval. Photos are added, and taken away again, as often as a sample has them.
 */
final class Tally {
  /** Scores that are no plain proportions, so that no formula has their interval. */
  enum Statistic {
    BALANCED_ACCURACY(1, FEW_LOSE_A_LABEL),
    MACRO_PRECISION(1, FEW_LOSE_A_LABEL),
    MACRO_F1(1, FEW_LOSE_A_LABEL),
    LOG_LOSS(Double.POSITIVE_INFINITY, BCA_HOLDS_THE_SCORE),
    BRIER_SCORE(2, BCA_HOLDS_THE_SCORE),
    EXPECTED_CALIBRATION_ERROR(1, BCA_HOLDS_THE_SCORE);

    private final double greatest;
    private final double greatestBias;

    Statistic(double greatest, double greatestBias) {
      this.greatest = greatest;
      this.greatestBias = greatestBias;
    }

    /** The greatest that it can be; the least is 0. */
    double greatest() {
      return greatest;
    }

    /** How far it may be from the middle of its samples, as a normal deviate, for BCa to hold. */
    double greatestBias() {
      return greatestBias;
    }
  }

  /** With no more bias the samples of a macro average have nearly all labels. */
  private static final double FEW_LOSE_A_LABEL = 0.5;

  /** With more bias an interval of 95 % by BCa ends before it reaches the score. */
  private static final double BCA_HOLDS_THE_SCORE = 1.95;

  private final PredictedPhotos photos;
  private final double[] right;
  private final double[] truths;
  private final double[] predicted;

  /** Of each bin of {@link Calibration}: how many more were right than the confidence says. */
  private final double[] surplus = new double[Calibration.BINS];

  private double logLoss;
  private double squares;
  private double predictions;

  Tally(PredictedPhotos photos) {
    this.photos = photos;
    this.right = new double[photos.labels()];
    this.truths = new double[photos.labels()];
    this.predicted = new double[photos.labels()];
  }

  void clear() {
    Arrays.fill(right, 0);
    Arrays.fill(truths, 0);
    Arrays.fill(predicted, 0);
    Arrays.fill(surplus, 0);
    logLoss = 0;
    squares = 0;
    predictions = 0;
  }

  /** Adds all predictions of a photo so many times; a negative number takes them away. */
  void add(int photo, double times) {
    int end = (photo + 1) * photos.repeats();
    for (int i = photo * photos.repeats(); i < end; i++) {
      int truth = photos.truth[i];
      int label = photos.predicted[i];
      truths[truth] += times;
      predicted[label] += times;
      double hit = truth == label ? times : 0;
      right[label] += hit;
      surplus[photos.bin[i]] += hit - times * photos.confidence[i];
      logLoss += times * photos.logLoss[i];
      squares += times * photos.squares[i];
      predictions += times;
    }
  }

  double value(Statistic statistic) {
    return switch (statistic) {
      case BALANCED_ACCURACY -> balancedAccuracy();
      case MACRO_PRECISION -> macroPrecision();
      case MACRO_F1 -> macroF1();
      case LOG_LOSS -> logLoss / predictions;
      case BRIER_SCORE -> squares / predictions;
      case EXPECTED_CALIBRATION_ERROR -> Arrays.stream(surplus).map(Math::abs).sum() / predictions;
    };
  }

  private double balancedAccuracy() {
    double sum = 0;
    int labels = 0;
    for (int label = 0; label < right.length; label++) {
      if (truths[label] > 0) {
        sum += right[label] / truths[label];
        labels++;
      }
    }
    return sum / labels;
  }

  /** A label that was never predicted has the precision 0, as scikit-learn has it. */
  private double macroPrecision() {
    double sum = 0;
    int labels = 0;
    for (int label = 0; label < right.length; label++) {
      if (truths[label] + predicted[label] > 0) {
        sum += predicted[label] > 0 ? right[label] / predicted[label] : 0;
        labels++;
      }
    }
    return sum / labels;
  }

  private double macroF1() {
    double sum = 0;
    int labels = 0;
    for (int label = 0; label < right.length; label++) {
      double photosOfIt = truths[label] + predicted[label];
      if (photosOfIt > 0) {
        sum += 2 * right[label] / photosOfIt;
        labels++;
      }
    }
    return sum / labels;
  }
}
