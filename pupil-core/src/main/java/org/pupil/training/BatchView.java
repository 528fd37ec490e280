package org.pupil.training;

/**
 * A batch as the final layer sees it at one moment. Its arrays are the trainer's own working
 * memory, lent so that thousands of steps can be written down without copying: they are valid
 * during the listener's call only and must not be changed.
 */
public final class BatchView {
  private final int step;
  private final int size;
  private final double accuracy;
  private final double crossEntropy;
  private final float[] logits;
  private final float[] probabilities;
  private final float[][] weights;
  private final float[] biases;

  BatchView(
      int step,
      int size,
      double accuracy,
      double crossEntropy,
      float[] logits,
      float[] probabilities,
      float[][] weights,
      float[] biases) {
    this.step = step;
    this.size = size;
    this.accuracy = accuracy;
    this.crossEntropy = crossEntropy;
    this.logits = logits;
    this.probabilities = probabilities;
    this.weights = weights;
    this.biases = biases;
  }

  /** The step, from 0. */
  public int step() {
    return step;
  }

  /** Photos in the batch, n. */
  public int size() {
    return size;
  }

  /**
   * Part of the batch whose greatest probability (of equal ones the first) is its label's: 0 to 1.
   */
  public double accuracy() {
    return accuracy;
  }

  /** Mean softmax cross entropy, in nats. */
  public double crossEntropy() {
    return crossEntropy;
  }

  /** View: logits of the batch, n * k floats, photo after photo. */
  public float[] logits() {
    return logits;
  }

  /** View: probabilities of the batch, n * k floats, photo after photo. */
  public float[] probabilities() {
    return probabilities;
  }

  /** View: weights at this moment, k arrays of d floats: {@code weights()[label][j]}. */
  public float[][] weights() {
    return weights;
  }

  /** View: biases at this moment, k floats. */
  public float[] biases() {
    return biases;
  }
}
