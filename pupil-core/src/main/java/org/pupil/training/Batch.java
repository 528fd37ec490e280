package org.pupil.training;

import java.util.Arrays;

/**
 * The working memory of one batch: its bottlenecks and labels, and what a layer makes of them. One
 * batch is filled again in every step, so that a step allocates next to nothing.
 */
final class Batch {
  private final BatchSource source;
  private final BatchSampler sampler;
  private final int k;
  private final float[][] rows;
  private final int[] labels;
  private final float[] logits;
  private final float[] probabilities;

  Batch(BatchSource source, BatchSampler sampler) {
    this.source = source;
    this.sampler = sampler;
    this.k = source.labels().size();
    this.rows = new float[sampler.size()][];
    this.labels = new int[sampler.size()];
    this.logits = new float[Math.multiplyExact(sampler.size(), k)];
    this.probabilities = new float[logits.length];
  }

  /** Draws and fetches the batch of a step. */
  void fill(int step) {
    int[] photos = sampler.next();
    for (int i = 0; i < photos.length; i++) {
      labels[i] = source.label(photos[i]);
    }
    source.fill(step, photos, rows);
  }

  /**
   * Looks at the batch with this layer: logits, probabilities and loss.
   *
   * @return mean cross entropy, in nats; NaN or infinite where the layer has run away
   */
  double look(LayerArrays layer) {
    Products.logits(rows, rows.length, layer.weights, layer.biases, logits);
    return Softmax.crossEntropy(logits, labels, rows.length, k, probabilities);
  }

  /** Accuracy of the last look. */
  double accuracy() {
    return Softmax.accuracy(probabilities, labels, rows.length, k);
  }

  /** The last look, as a listener may see it. */
  BatchView view(int step, double crossEntropy, LayerArrays layer) {
    return new BatchView(
        step,
        rows.length,
        accuracy(),
        crossEntropy,
        logits,
        probabilities,
        layer.weights,
        layer.biases);
  }

  /**
   * Gradient of the mean cross entropy: {@code 1/n sum over i of (p[i][c] - [c is i's label]) *
   * rows[i]}, at the last look.
   *
   * @param residuals working memory, one array of n floats a label
   * @param gradient receives the gradient
   */
  void gradient(float[][] residuals, LayerArrays gradient) {
    int n = rows.length;
    float share = 1f / n;
    for (int c = 0; c < k; c++) {
      float[] residual = residuals[c];
      float sum = 0;
      for (int i = 0; i < n; i++) {
        float hit = labels[i] == c ? 1 : 0;
        residual[i] = (probabilities[i * k + c] - hit) * share;
        sum += residual[i];
      }
      gradient.biases[c] = sum;
      Arrays.fill(gradient.weights[c], 0);
    }
    Products.addMultiples(gradient.weights, rows, n, residuals);
  }
}
