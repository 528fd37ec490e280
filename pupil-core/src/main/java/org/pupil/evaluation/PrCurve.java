package org.pupil.evaluation;

/**
 * Precision and recall of one label against all others, at 201 thresholds evenly spaced on 0 to 1:
 * a photo counts as predicted at threshold i if the label's probability is at least {@code i /
 * 200}. The same numbers as TensorBoard's {@code pr_curve} summary computes.
 */
public final class PrCurve {
  /** Number of thresholds, T. */
  public static final int THRESHOLDS = 201;

  /** What TensorBoard divides by where nothing is predicted, so that precision is 0 there. */
  private static final double LEAST_COUNT = 1e-7;

  private final int label;
  private final int[] truePositives;
  private final int[] falsePositives;
  private final int positives;
  private final int negatives;

  private PrCurve(
      int label, int[] truePositives, int[] falsePositives, int positives, int negatives) {
    this.label = label;
    this.truePositives = truePositives;
    this.falsePositives = falsePositives;
    this.positives = positives;
    this.negatives = negatives;
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
    return new PrCurve(label, truePositives, falsePositives, truePositives[0], falsePositives[0]);
  }

  /** Index of the label. */
  public int label() {
    return label;
  }

  /** The threshold of this index, 0 to 1. */
  public double threshold(int index) {
    return (double) index / (THRESHOLDS - 1);
  }

  /** Photos of the label that are predicted at a threshold. */
  public int truePositives(int index) {
    return truePositives[index];
  }

  /** Photos of other labels that are predicted at a threshold. */
  public int falsePositives(int index) {
    return falsePositives[index];
  }

  /** Photos of other labels that are not predicted at a threshold. */
  public int trueNegatives(int index) {
    return negatives - falsePositives[index];
  }

  /** Photos of the label that are not predicted at a threshold. */
  public int falseNegatives(int index) {
    return positives - truePositives[index];
  }

  /** Part of the predicted photos that has the label; 0 where none is predicted. */
  public double precision(int index) {
    double predicted = (double) truePositives[index] + falsePositives[index];
    return truePositives[index] / Math.max(LEAST_COUNT, predicted);
  }

  /** Part of the label's photos that is predicted; 0 if there are none. */
  public double recall(int index) {
    return truePositives[index] / Math.max(LEAST_COUNT, positives);
  }

  /**
   * The curve as TensorBoard keeps it: [6, T] row-major, the rows being true positives, false
   * positives, true negatives, false negatives, precision and recall. A copy.
   */
  public float[] tensor() {
    float[] tensor = new float[6 * THRESHOLDS];
    for (int i = 0; i < THRESHOLDS; i++) {
      tensor[i] = truePositives(i);
      tensor[THRESHOLDS + i] = falsePositives(i);
      tensor[2 * THRESHOLDS + i] = trueNegatives(i);
      tensor[3 * THRESHOLDS + i] = falseNegatives(i);
      tensor[4 * THRESHOLDS + i] = (float) precision(i);
      tensor[5 * THRESHOLDS + i] = (float) recall(i);
    }
    return tensor;
  }
}
