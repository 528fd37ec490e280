package org.pupil.training;

/**
 * The inner loops of training: products of bottlenecks with weights.
 *
 * <p>A loop that adds multiples of arrays into an array is turned into vector instructions by the
 * JIT compiler (measured: 15 to 20 billion multiply-adds a second on one core), but only with few
 * arrays in a loop, each read from index 0 on. A loop that sums up is not, since that would change
 * the order of the sum; several sums side by side still keep the core busy (6 billion). Plain
 * multiply and add are as fast here as {@code Math.fma}, which is very slow where a processor lacks
 * the instruction.
 */
final class Products {
  private Products() {}

  /**
   * Logits of a batch: {@code logits[i * k + c] = biases[c] + sum over j of rows[i][j] *
   * weights[c][j]}. The sum is taken in the order of j in float32, so that a row's logits do not
   * depend on its neighbours in the batch.
   *
   * @param n rows to use
   * @param weights one array of d floats a label, for 2 labels or more
   * @param logits receives n * k floats, row after row
   */
  static void logits(float[][] rows, int n, float[][] weights, float[] biases, float[] logits) {
    int k = weights.length;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      for (int c = 0; c + 2 <= k; c += 2) {
        fourRowsTwoLabels(rows, i, weights, c, biases, logits);
      }
      if (k % 2 == 1) {
        // The odd label goes with its neighbour once more: cheaper than going alone.
        fourRowsTwoLabels(rows, i, weights, k - 2, biases, logits);
      }
    }
    for (; i < n; i++) {
      for (int c = 0; c < k; c++) {
        logits[i * k + c] = biases[c] + dot(rows[i], weights[c]);
      }
    }
  }

  private static void fourRowsTwoLabels(
      float[][] rows, int i, float[][] weights, int c, float[] biases, float[] logits) {
    float[] x0 = rows[i];
    float[] x1 = rows[i + 1];
    float[] x2 = rows[i + 2];
    float[] x3 = rows[i + 3];
    float[] v = weights[c];
    float[] w = weights[c + 1];
    float v0 = 0;
    float v1 = 0;
    float v2 = 0;
    float v3 = 0;
    float w0 = 0;
    float w1 = 0;
    float w2 = 0;
    float w3 = 0;
    for (int j = 0; j < v.length; j++) {
      float a = v[j];
      float b = w[j];
      v0 += x0[j] * a;
      v1 += x1[j] * a;
      v2 += x2[j] * a;
      v3 += x3[j] * a;
      w0 += x0[j] * b;
      w1 += x1[j] * b;
      w2 += x2[j] * b;
      w3 += x3[j] * b;
    }
    int k = weights.length;
    int at = i * k + c;
    logits[at] = biases[c] + v0;
    logits[at + 1] = biases[c + 1] + w0;
    logits[at + k] = biases[c] + v1;
    logits[at + k + 1] = biases[c + 1] + w1;
    logits[at + 2 * k] = biases[c] + v2;
    logits[at + 2 * k + 1] = biases[c + 1] + w2;
    logits[at + 3 * k] = biases[c] + v3;
    logits[at + 3 * k + 1] = biases[c + 1] + w3;
  }

  private static float dot(float[] x, float[] w) {
    float sum = 0;
    for (int j = 0; j < w.length; j++) {
      sum += x[j] * w[j];
    }
    return sum;
  }

  /**
   * Sums of multiples of arrays: {@code sums[c][j] += sum over i < n of factors[c][i] *
   * arrays[i][j]}. The order of each sum is fixed: four i at a time, upwards.
   *
   * @param sums arrays of one length, changed in place
   * @param arrays at least n arrays of that length
   * @param factors one array of at least n floats for each sum
   */
  static void addMultiples(float[][] sums, float[][] arrays, int n, float[][] factors) {
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      float[] x0 = arrays[i];
      float[] x1 = arrays[i + 1];
      float[] x2 = arrays[i + 2];
      float[] x3 = arrays[i + 3];
      for (int c = 0; c < sums.length; c++) {
        float[] a = factors[c];
        addFour(sums[c], x0, x1, x2, x3, a[i], a[i + 1], a[i + 2], a[i + 3]);
      }
    }
    for (; i < n; i++) {
      for (int c = 0; c < sums.length; c++) {
        addOne(sums[c], arrays[i], factors[c][i]);
      }
    }
  }

  private static void addFour(
      float[] sum,
      float[] x0,
      float[] x1,
      float[] x2,
      float[] x3,
      float a0,
      float a1,
      float a2,
      float a3) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += (a0 * x0[j] + a1 * x1[j]) + (a2 * x2[j] + a3 * x3[j]);
    }
  }

  private static void addOne(float[] sum, float[] x, float a) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += a * x[j];
    }
  }
}
