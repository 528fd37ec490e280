package org.pupil.training;

import java.util.Arrays;

/**
 * The trained layer: a bottleneck of d floats gives k logits {@code z = x W + b}, and the softmax
 * of these is the probabilities. Immutable; arrays go in and out as copies.
 */
public final class FinalLayer {
  private final int dimension;
  private final float[][] byLabel;
  private final float[] biases;

  /**
   * @param dimension floats in a bottleneck, d, at least 1
   * @param weights [d, k] row-major, as TensorFlow's {@code final_weights}: the weight from float j
   *     to label c is at {@code j * k + c}; finite
   * @param biases [k], finite, at least 2
   */
  public FinalLayer(int dimension, float[] weights, float[] biases) {
    this(split(dimension, weights, biases.length), biases.clone());
  }

  private FinalLayer(float[][] byLabel, float[] biases) {
    this.dimension = byLabel[0].length;
    this.byLabel = byLabel;
    this.biases = biases;
    for (float[] weights : byLabel) {
      checkFinite("weights", weights);
    }
    checkFinite("biases", biases);
  }

  /** A final layer of weights kept label by label: one array of d floats a label. Copies. */
  static FinalLayer byLabel(float[][] byLabel, float[] biases) {
    float[][] copy = new float[byLabel.length][];
    Arrays.setAll(copy, label -> byLabel[label].clone());
    return new FinalLayer(copy, biases.clone());
  }

  private static float[][] split(int dimension, float[] weights, int k) {
    if (dimension < 1 || k < 2 || weights.length != (long) dimension * k) {
      throw new IllegalArgumentException(
          "weights must be [dimension, labels] with 2 labels or more, were "
              + weights.length
              + " floats for "
              + dimension
              + " x "
              + k);
    }
    float[][] byLabel = new float[k][dimension];
    for (int j = 0; j < dimension; j++) {
      for (int c = 0; c < k; c++) {
        byLabel[c][j] = weights[j * k + c];
      }
    }
    return byLabel;
  }

  private static void checkFinite(String what, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(what + " must be finite, one was " + value);
      }
    }
  }

  /** Floats in a bottleneck, d. */
  public int dimension() {
    return dimension;
  }

  /** Number of labels, k. */
  public int labelCount() {
    return biases.length;
  }

  /** A copy of the weights, [d, k] row-major. */
  public float[] weights() {
    int k = biases.length;
    float[] weights = new float[dimension * k];
    for (int j = 0; j < dimension; j++) {
      for (int c = 0; c < k; c++) {
        weights[j * k + c] = byLabel[c][j];
      }
    }
    return weights;
  }

  /** A copy of the biases, [k]. */
  public float[] biases() {
    return biases.clone();
  }

  /**
   * A layer whose logits are so many times those of this one, for every bottleneck.
   *
   * @param factor positive
   * @throws IllegalArgumentException if a number would no longer be finite
   */
  FinalLayer scaled(float factor) {
    float[][] scaled = new float[byLabel.length][];
    Arrays.setAll(scaled, label -> times(byLabel[label], factor));
    return new FinalLayer(scaled, times(biases, factor));
  }

  private static float[] times(float[] values, float factor) {
    float[] products = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = values[i] * factor;
    }
    return products;
  }

  /** The k logits of one bottleneck of d floats. */
  public float[] logits(float[] bottleneck) {
    if (bottleneck.length != dimension) {
      throw new IllegalArgumentException(
          "a bottleneck must have " + dimension + " floats, has " + bottleneck.length);
    }
    float[] logits = new float[biases.length];
    Products.logits(new float[][] {bottleneck}, 1, byLabel, biases, logits);
    return logits;
  }

  /** The k probabilities of one bottleneck: each 0 to 1, together 1 but for rounding. */
  public float[] probabilities(float[] bottleneck) {
    float[] logits = logits(bottleneck);
    Softmax.probabilities(logits, 1, logits.length, logits);
    return logits;
  }
}
