package org.pupil.training;

/** Softmax and what is measured from it, on batches of logits [n, k] kept row after row. */
final class Softmax {
  private Softmax() {}

  /**
   * The probabilities of a batch, {@code exp(z - max z) / sum exp(z - max z)} for each row: stable
   * for logits of any size. Ties get equal probabilities; a NaN makes its whole row NaN.
   *
   * @param probabilities receives n * k floats; may be the logits' own array
   */
  static void probabilities(float[] logits, int n, int k, float[] probabilities) {
    for (int at = 0; at < n * k; at += k) {
      row(logits, at, k, max(logits, at, k), probabilities);
    }
  }

  /**
   * As {@link #probabilities}, and the mean cross entropy in nats: the mean over rows of {@code log
   * sum exp(z) - z[label]}, added up in double.
   *
   * @param probabilities receives n * k floats; not the logits' own array
   */
  static double crossEntropy(float[] logits, int[] labels, int n, int k, float[] probabilities) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      int at = i * k;
      float max = max(logits, at, k);
      total += Math.log(row(logits, at, k, max, probabilities)) + max - logits[at + labels[i]];
    }
    return total / n;
  }

  /** Probabilities of one row; returns the sum of its exponentials. */
  private static double row(float[] logits, int at, int k, float max, float[] probabilities) {
    double sum = 0;
    for (int c = at; c < at + k; c++) {
      double exponential = Math.exp((double) logits[c] - max);
      probabilities[c] = (float) exponential;
      sum += exponential;
    }
    float scale = (float) (1 / sum);
    for (int c = at; c < at + k; c++) {
      probabilities[c] *= scale;
    }
    return sum;
  }

  /** The part of the rows whose greatest probability (of equal ones the first) is their label's. */
  static double accuracy(float[] probabilities, int[] labels, int n, int k) {
    int right = 0;
    for (int i = 0; i < n; i++) {
      if (Argmax.of(probabilities, i * k, k) == labels[i]) {
        right++;
      }
    }
    return (double) right / n;
  }

  private static float max(float[] values, int at, int k) {
    float max = values[at];
    for (int c = at + 1; c < at + k; c++) {
      max = Math.max(max, values[c]);
    }
    return max;
  }
}
