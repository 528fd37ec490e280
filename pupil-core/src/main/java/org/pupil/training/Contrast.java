package org.pupil.training;

import java.util.Arrays;

/**
 * Coordinates for k logits that leave out what softmax does not see: the same number added to all
 * of them. An L2 penalty always chooses weights that sum to zero over the labels, so k - 1
 * coordinates are enough, and two labels need half the work.
 *
 * <p>The coordinates are those of Helmert's orthonormal contrasts: vector j has {@code alpha[j]} at
 * the labels 0 to j and {@code -(j + 1) alpha[j]} at label j + 1. Lengths are kept, so a penalty on
 * the coordinates is the same penalty on the weights.
 *
 * <p>Both methods go along arrays of n numbers, one array a label or coordinate.
 */
final class Contrast {
  private final float[] alpha;

  Contrast(int k) {
    alpha = new float[k - 1];
    for (int j = 0; j < alpha.length; j++) {
      alpha[j] = (float) (1 / Math.sqrt((j + 1.0) * (j + 2.0)));
    }
  }

  /** Number of labels, k. */
  int labels() {
    return alpha.length + 1;
  }

  /** Number of coordinates, k - 1. */
  int coordinates() {
    return alpha.length;
  }

  /** From coordinates to labels: k arrays that sum to 0. */
  void expand(float[][] coordinates, float[][] labels, int n) {
    float[] suffix = labels[0];
    Arrays.fill(suffix, 0, n, 0);
    for (int j = alpha.length - 1; j >= 0; j--) {
      float a = alpha[j];
      float b = (j + 1) * a;
      float[] from = coordinates[j];
      float[] to = labels[j + 1];
      for (int r = 0; r < n; r++) {
        to[r] = suffix[r] - b * from[r];
        suffix[r] += a * from[r];
      }
    }
  }

  /** From labels to coordinates, the transpose of {@link #expand}; destroys {@code labels[0]}. */
  void reduce(float[][] labels, float[][] coordinates, int n) {
    float[] prefix = labels[0];
    for (int j = 0; j < alpha.length; j++) {
      float a = alpha[j];
      float b = (j + 1) * a;
      float[] from = labels[j + 1];
      float[] to = coordinates[j];
      for (int r = 0; r < n; r++) {
        to[r] = a * prefix[r] - b * from[r];
        prefix[r] += from[r];
      }
    }
  }
}
