package org.pupil.evaluation;

/**
 * What a precision-recall curve of one label against all others is made of: how many photos are
 * predicted at 201 thresholds evenly spaced on 0 to 1. A photo is predicted at threshold i if the
 * label's probability is at least {@code i / 200}. The same numbers as TensorBoard's {@code
 * pr_curve} summary computes.
 */
public final class PrCurve {
  /** Number of thresholds, T. */
  public static final int THRESHOLDS = 201;

  private final int label;
  private final int[] truePositives;
  private final int[] falsePositives;

  private PrCurve(int label, int[] truePositives, int[] falsePositives) {
    this.label = label;
    this.truePositives = truePositives;
    this.falsePositives = falsePositives;
  }

  static PrCurve of(int label, int[] truth, float[][] probabilities) {
    int[] truePositives = new int[THRESHOLDS];
    int[] falsePositives = new int[THRESHOLDS];
    for (int photo = 0; photo < truth.length; photo++) {
      int bucket = (int) (probabilities[photo][label] * (THRESHOLDS - 1));
      (truth[photo] == label ? truePositives : falsePositives)[bucket]++;
    }
    for (int i = THRESHOLDS - 2; i >= 0; i--) {
      truePositives[i] += truePositives[i + 1];
      falsePositives[i] += falsePositives[i + 1];
    }
    return new PrCurve(label, truePositives, falsePositives);
  }

  /** Index of the label. */
  public int label() {
    return label;
  }

  /** Photos of the label that are predicted at a threshold. */
  public int truePositives(int index) {
    return truePositives[index];
  }

  /** Photos of other labels that are predicted at a threshold. */
  public int falsePositives(int index) {
    return falsePositives[index];
  }
}
