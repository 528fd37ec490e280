package org.pupil.training;

/** A final layer while it is being trained: weights [k][d], label by label, and biases [k]. */
final class LayerArrays {
  final float[][] weights;
  final float[] biases;

  LayerArrays(int labels, int dimension) {
    this.weights = new float[labels][dimension];
    this.biases = new float[labels];
  }

  /** Array 0 to k - 1: the weights of a label; array k: the biases. */
  float[] array(int index) {
    return index < weights.length ? weights[index] : biases;
  }

  FinalLayer toFinalLayer() {
    return FinalLayer.byLabel(weights, biases);
  }
}
