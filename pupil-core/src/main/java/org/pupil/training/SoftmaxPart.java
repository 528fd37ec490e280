package org.pupil.training;

import java.util.Arrays;
import java.util.List;

/**
 * Some blocks' share of a {@link SoftmaxObjective}, with the working memory for it. The blocks are
 * always gone through in one order, so that a share is the same whichever thread computes it.
 *
 * <p>Inside, n numbers of a block lie along an array, one array a label or coordinate.
 */
final class SoftmaxPart {
  private final List<FeatureBlock> blocks;
  private final Contrast contrast;
  private final float[] mean;

  /** What the model says of each block's photos, [k][n], at the point last valued. */
  private final float[][][] probabilities;

  /** Working memory: of each block's own length, since the fast loops go along whole arrays. */
  private final float[][][] coordinates;

  private final float[][] byLabel;
  private final float[][] weightSums;

  /** Results: of the loss, of the weights' coordinates [(k - 1) * d] and of the biases' [k - 1]. */
  double loss;

  final double[] weightTotals;
  final double[] biasTotals;

  SoftmaxPart(List<FeatureBlock> blocks, Contrast contrast, float[] mean) {
    int most = blocks.stream().mapToInt(FeatureBlock::size).max().orElse(0);
    int m = contrast.coordinates();
    this.blocks = blocks;
    this.contrast = contrast;
    this.mean = mean;
    this.probabilities = new float[blocks.size()][][];
    Arrays.setAll(probabilities, b -> new float[contrast.labels()][blocks.get(b).size()]);
    this.coordinates = new float[blocks.size()][][];
    Arrays.setAll(coordinates, b -> new float[m][blocks.get(b).size()]);
    this.byLabel = new float[contrast.labels()][most];
    this.weightSums = new float[m][mean.length];
    this.weightTotals = new double[m * mean.length];
    this.biasTotals = new double[m];
  }

  /** Computes the loss, and the probabilities that the other methods stand on. */
  void value(float[][] weights, float[] biases) {
    loss = 0;
    for (int b = 0; b < blocks.size(); b++) {
      FeatureBlock block = blocks.get(b);
      forward(block, coordinates[b], weights, biases);
      loss += softmax(block, probabilities[b]);
    }
  }

  /** Of labels that are equally likely the first one counts, as it does in labelling. */
  int right() {
    int right = 0;
    for (int b = 0; b < blocks.size(); b++) {
      FeatureBlock block = blocks.get(b);
      for (int r = 0; r < block.size(); r++) {
        if (Argmax.ofColumn(probabilities[b], r) == block.labels[r]) {
          right++;
        }
      }
    }
    return right;
  }

  /**
   * Copies the logits at the point last valued, if nothing else was asked since: of each photo k
   * numbers that sum to 0.
   *
   * @param rows receives those of the first photo of the first block in {@code rows[from]}, and so
   *     on
   */
  void logits(float[][] rows, int from) {
    int next = from;
    for (int b = 0; b < blocks.size(); b++) {
      int n = blocks.get(b).size();
      contrast.expand(coordinates[b], byLabel, n);
      for (int r = 0; r < n; r++, next++) {
        float[] row = new float[byLabel.length];
        for (int c = 0; c < row.length; c++) {
          row[c] = byLabel[c][r];
        }
        rows[next] = row;
      }
    }
  }

  /** Number of photos. */
  int size() {
    return blocks.stream().mapToInt(FeatureBlock::size).sum();
  }

  /** Sums the gradient of the loss at the point last valued. */
  void gradient() {
    clearTotals();
    for (int b = 0; b < blocks.size(); b++) {
      FeatureBlock block = blocks.get(b);
      int n = block.size();
      for (int c = 0; c < byLabel.length; c++) {
        System.arraycopy(probabilities[b][c], 0, byLabel[c], 0, n);
      }
      for (int r = 0; r < n; r++) {
        byLabel[block.labels[r]][r] -= 1;
      }
      backward(block, coordinates[b]);
    }
    removeMean();
  }

  /** Sums the second derivative of the loss at the point last valued, times a direction. */
  void curvature(float[][] weights, float[] biases) {
    clearTotals();
    for (int b = 0; b < blocks.size(); b++) {
      FeatureBlock block = blocks.get(b);
      forward(block, coordinates[b], weights, biases);
      covariance(probabilities[b], block.size());
      backward(block, coordinates[b]);
    }
    removeMean();
  }

  /** Coordinates of a direction's logits, then the logits, into {@link #byLabel}. */
  private void forward(FeatureBlock block, float[][] logits, float[][] weights, float[] biases) {
    for (int c = 0; c < biases.length; c++) {
      Arrays.fill(logits[c], biases[c]);
    }
    Products.addMultiples(logits, block.columns, block.columns.length, weights);
    contrast.expand(logits, byLabel, block.size());
  }

  /** From logits to probabilities; returns the sum of the cross entropies. */
  private double softmax(FeatureBlock block, float[][] probability) {
    double total = 0;
    int k = byLabel.length;
    for (int r = 0; r < block.size(); r++) {
      float max = byLabel[0][r];
      for (int c = 1; c < k; c++) {
        max = Math.max(max, byLabel[c][r]);
      }
      double sum = 0;
      for (int c = 0; c < k; c++) {
        double exponential = Math.exp((double) byLabel[c][r] - max);
        probability[c][r] = (float) exponential;
        sum += exponential;
      }
      float scale = (float) (1 / sum);
      for (int c = 0; c < k; c++) {
        probability[c][r] *= scale;
      }
      total += Math.log(sum) + max - byLabel[block.labels[r]][r];
    }
    return total;
  }

  /** {@code t = p * (t - sum of p * t)}: softmax's own second derivative, photo by photo. */
  private void covariance(float[][] probability, int n) {
    float[] mean = new float[n];
    for (int c = 0; c < byLabel.length; c++) {
      float[] p = probability[c];
      float[] t = byLabel[c];
      for (int r = 0; r < n; r++) {
        mean[r] += p[r] * t[r];
      }
    }
    for (int c = 0; c < byLabel.length; c++) {
      float[] p = probability[c];
      float[] t = byLabel[c];
      for (int r = 0; r < n; r++) {
        t[r] = p[r] * (t[r] - mean[r]);
      }
    }
  }

  /** Adds what {@link #byLabel} says of each photo, times its bottleneck, to the totals. */
  private void backward(FeatureBlock block, float[][] factors) {
    int n = block.size();
    contrast.reduce(byLabel, factors, n);
    for (float[] sum : weightSums) {
      Arrays.fill(sum, 0);
    }
    Products.addMultiples(weightSums, block.rows, n, factors);
    int d = mean.length;
    for (int c = 0; c < weightSums.length; c++) {
      float[] sum = weightSums[c];
      for (int j = 0; j < d; j++) {
        weightTotals[c * d + j] += sum[j];
      }
      double biasTotal = 0;
      for (int r = 0; r < n; r++) {
        biasTotal += factors[c][r];
      }
      biasTotals[c] += biasTotal;
    }
  }

  private void clearTotals() {
    Arrays.fill(weightTotals, 0);
    Arrays.fill(biasTotals, 0);
  }

  /** The rows were not centred: what their mean has added is taken away at once. */
  private void removeMean() {
    int d = mean.length;
    for (int c = 0; c < biasTotals.length; c++) {
      for (int j = 0; j < d; j++) {
        weightTotals[c * d + j] -= biasTotals[c] * mean[j];
      }
    }
  }
}
