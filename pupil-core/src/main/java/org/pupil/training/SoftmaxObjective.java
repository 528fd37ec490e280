package org.pupil.training;

import java.util.ArrayList;
import java.util.List;
import org.pupil.background.Workers;

/**
 * What {@link Optimizer#AUTO} minimises: the sum of the photos' cross entropies plus {@code penalty
 * / 2} times the sum of the squared weights, the biases being free. Where photos have distorted
 * variants, a cross entropy is that of a photo or of a variant, times the weight of one of them.
 *
 * <p>A point is {@code (k - 1) * d} weights, coordinate after coordinate (see {@link Contrast}),
 * then k - 1 biases. The bottlenecks are taken less their mean, which changes only what the biases
 * mean but makes the problem far better conditioned. For the same reason a bias counts in units of
 * {@code biasScale}, about as long as the bottlenecks' spread.
 *
 * <p>Products are in float32, sums over blocks in double.
 */
final class SoftmaxObjective {
  private final List<SoftmaxPart> parts;
  private final Workers workers;
  private final Contrast contrast;
  private final int d;
  private final double weight;
  private final double biasScale;
  private final float[][] weights;
  private final float[] biases;

  /**
   * @param parts shares that may be computed at once; their number changes the order of the sums
   * @param weight what a cross entropy is multiplied with, 1 where every photo is one row
   */
  SoftmaxObjective(
      List<FeatureBlock> blocks,
      int parts,
      double weight,
      Contrast contrast,
      float[] mean,
      double biasScale,
      Workers workers) {
    this.parts = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = blocks.size() * part / parts;
      int to = blocks.size() * (part + 1) / parts;
      this.parts.add(new SoftmaxPart(blocks.subList(from, to), contrast, mean));
    }
    this.workers = workers;
    this.contrast = contrast;
    this.d = mean.length;
    this.weight = weight;
    this.biasScale = biasScale;
    this.weights = new float[contrast.coordinates()][d];
    this.biases = new float[contrast.coordinates()];
  }

  /** Length of a point. */
  int size() {
    return contrast.coordinates() * (d + 1);
  }

  /** The objective at a point; {@link #gradient} and {@link #curvature} then stand on it. */
  double value(double[] point, double penalty) {
    take(point);
    workers.run(parts.size(), part -> parts.get(part).value(weights, biases));
    double total = 0;
    for (SoftmaxPart part : parts) {
      total += part.loss;
    }
    double squares = 0;
    for (int i = 0; i < contrast.coordinates() * d; i++) {
      squares += point[i] * point[i];
    }
    return weight * total + penalty / 2 * squares;
  }

  /** How many photos have their own label as the likeliest one, at the point last valued. */
  int right() {
    return parts.stream().mapToInt(SoftmaxPart::right).sum();
  }

  /**
   * The logits [n][k] of all photos, in the order of the blocks, at the point last valued, if
   * nothing else was asked since. Those of a photo sum to 0.
   */
  float[][] logits() {
    float[][] rows = new float[parts.stream().mapToInt(SoftmaxPart::size).sum()][];
    int from = 0;
    for (SoftmaxPart part : parts) {
      part.logits(rows, from);
      from += part.size();
    }
    return rows;
  }

  /** The gradient at the point last valued, which is given again. */
  void gradient(double[] point, double penalty, double[] result) {
    workers.run(parts.size(), part -> parts.get(part).gradient());
    collect(point, penalty, result);
  }

  /** The second derivative at the point last valued, times a direction. */
  void curvature(double[] direction, double penalty, double[] result) {
    take(direction);
    workers.run(parts.size(), part -> parts.get(part).curvature(weights, biases));
    collect(direction, penalty, result);
  }

  private void take(double[] point) {
    for (int c = 0; c < biases.length; c++) {
      float[] to = weights[c];
      for (int j = 0; j < d; j++) {
        to[j] = (float) point[c * d + j];
      }
      biases[c] = (float) (biasScale * point[biases.length * d + c]);
    }
  }

  private void collect(double[] point, double penalty, double[] result) {
    int weightCount = biases.length * d;
    for (int i = 0; i < weightCount; i++) {
      result[i] = penalty * point[i];
    }
    for (int c = 0; c < biases.length; c++) {
      result[weightCount + c] = 0;
    }
    for (SoftmaxPart part : parts) {
      for (int i = 0; i < weightCount; i++) {
        result[i] += weight * part.weightTotals[i];
      }
      for (int c = 0; c < biases.length; c++) {
        result[weightCount + c] += weight * (biasScale * part.biasTotals[c]);
      }
    }
  }

  /** The layer at a point: for bottlenecks as they are, not less their mean. */
  void toLayer(double[] point, float[] mean, LayerArrays layer) {
    take(point);
    contrast.expand(weights, layer.weights, d);
    float[][] coordinates = new float[biases.length][1];
    float[][] byLabel = new float[layer.biases.length][1];
    for (int c = 0; c < biases.length; c++) {
      coordinates[c][0] = biases[c];
    }
    contrast.expand(coordinates, byLabel, 1);
    for (int label = 0; label < layer.biases.length; label++) {
      double bias = byLabel[label][0];
      for (int j = 0; j < d; j++) {
        bias -= (double) mean[j] * layer.weights[label][j];
      }
      layer.biases[label] = (float) bias;
    }
  }
}
