package org.pupil.check;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.pupil.evaluation.Interval;
import org.pupil.training.OutOfFold;
import org.pupil.training.TrainingData;

/**
 * How many labels are wrong, as layers that have not seen the photos suspect: confident learning
 * (C. Northcutt, L. Jiang and I. Chuang, "Confident Learning: Estimating Uncertainty in Dataset
 * Labels", 2021). A photo counts for the label whose probability is above what photos of that label
 * have on average.
 */
public final class ConfidentLearning {
  private final int[] usable;
  private final int[] labelOf;
  private final int labels;
  private final OutOfFold outOfFold;

  /**
   * @param labelOf the index of each photo's label
   * @param outOfFold what strongly penalised layers say of the photos
   */
  ConfidentLearning(OutOfFold outOfFold, int[] labelOf) {
    this.usable = outOfFold.heldOut();
    this.labelOf = labelOf;
    this.labels = outOfFold.labels().size();
    this.outOfFold = outOfFold;
  }

  /**
   * How many labels are expected to be wrong.
   *
   * @param outOfFold what layers of the penalty {@link org.pupil.training.SearchedFolds#STRONG} say
   *     of the photos
   * @return 0 if the layers hardly tell the labels apart, since they would suspect anything
   */
  public static double expectedWrong(OutOfFold outOfFold, TrainingData photos) {
    ConfidentLearning learning =
        new ConfidentLearning(
            outOfFold, IntStream.range(0, photos.size()).map(photos::label).toArray());
    return learning.tellsLabels() ? learning.expectedWrong() : 0;
  }

  /** The photos that were held out. */
  int[] photos() {
    return usable;
  }

  /**
   * A photo, and the likeliest of the labels that it does not have.
   *
   * @param margin log p(its label) - log p(that label)
   */
  record Suspect(int photo, int suggested, double margin) {}

  /**
   * Whether the layers tell the labels apart at all: at least halfway between guessing and being
   * always right. Otherwise they would suspect anything.
   */
  boolean tellsLabels() {
    int[] right = new int[labels];
    int[] all = new int[labels];
    for (int photo : usable) {
      all[labelOf[photo]]++;
      right[labelOf[photo]] += suspect(photo).margin > 0 ? 1 : 0;
    }
    double recall =
        IntStream.range(0, all.length)
            .filter(label -> all[label] > 0)
            .mapToDouble(label -> (double) right[label] / all[label])
            .average()
            .orElse(0);
    Interval interval = Interval.wilson((int) Math.round(recall * usable.length), usable.length);
    return interval.low() > (1 + 1.0 / labels) / 2;
  }

  Suspect suspect(int photo) {
    float[] logits = outOfFold.logits(0, photo);
    int given = labelOf[photo];
    int other = given == 0 ? 1 : 0;
    for (int label = 0; label < logits.length; label++) {
      if (label != given && logits[label] > logits[other]) {
        other = label;
      }
    }
    return new Suspect(photo, other, logits[given] - logits[other]);
  }

  /** The wrong labels that confident learning counts. */
  double expectedWrong() {
    double[] thresholds = thresholds();
    int k = labels;
    int[][] joint = new int[k][k];
    int[] all = new int[k];
    for (int photo : usable) {
      all[labelOf[photo]]++;
      int looksLike = confidentLabel(outOfFold.probabilities(0, photo), thresholds);
      if (looksLike >= 0) {
        joint[labelOf[photo]][looksLike]++;
      }
    }
    double wrong = 0;
    for (int given = 0; given < k; given++) {
      int counted = Arrays.stream(joint[given]).sum();
      if (counted > 0) {
        wrong += (double) all[given] * (counted - joint[given][given]) / counted;
      }
    }
    return wrong;
  }

  /** Of each label the mean probability that its photos have. */
  private double[] thresholds() {
    double[] sums = new double[labels];
    int[] counts = new int[labels];
    for (int photo : usable) {
      sums[labelOf[photo]] += outOfFold.probabilities(0, photo)[labelOf[photo]];
      counts[labelOf[photo]]++;
    }
    for (int label = 0; label < sums.length; label++) {
      sums[label] = counts[label] == 0 ? 1 : sums[label] / counts[label];
    }
    return sums;
  }

  /** The likeliest of the labels whose probability is above their threshold; -1 if none is. */
  private static int confidentLabel(float[] probabilities, double[] thresholds) {
    int best = -1;
    for (int label = 0; label < probabilities.length; label++) {
      if (probabilities[label] >= thresholds[label]
          && (best < 0 || probabilities[label] > probabilities[best])) {
        best = label;
      }
    }
    return best;
  }
}
