package org.pupil.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.pupil.dataset.Labels;

/**
 * What photos were given by layers that had not seen them: the outcome of a {@link
 * CrossValidation}.
 */
public final class OutOfFold {
  private final Labels labels;
  private final double penalty;
  private final int folds;
  private final int[][] foldOf;
  private final float[][][] logits;

  /**
   * @param penalty that of all layers
   * @param foldOf [repeats][n] the fold of each photo, {@link Folds#NEVER} of those never held out
   * @param logits [repeats][n][k], null of those never held out; taken over, not copied
   */
  OutOfFold(Labels labels, double penalty, int[][] foldOf, float[][][] logits) {
    this.labels = labels;
    this.penalty = penalty;
    this.folds = 1 + Arrays.stream(foldOf).flatMapToInt(IntStream::of).max().orElse(Folds.NEVER);
    this.foldOf = foldOf;
    this.logits = logits;
  }

  /** The k labels, in the order of the logits. */
  public Labels labels() {
    return labels;
  }

  /** Number of photos, n, held out or not. */
  public int photos() {
    return foldOf[0].length;
  }

  /** How often all photos were dealt to folds, at least once. */
  public int repeats() {
    return foldOf.length;
  }

  /** Number of folds of each repeat: 0 if no label has two groups, else at least 2. */
  public int folds() {
    return folds;
  }

  /** The penalty of all layers. */
  public double penalty() {
    return penalty;
  }

  /**
   * The photos that were held out in every repeat, in their order. The others are those without
   * which no photo of their label would have been left to learn from: the only photo of a label, or
   * the only group.
   */
  public int[] heldOut() {
    return IntStream.range(0, photos()).filter(this::isHeldOut).toArray();
  }

  /** The photos that were not held out in every repeat, in their order. */
  public int[] neverHeldOut() {
    return IntStream.range(0, photos()).filter(photo -> !isHeldOut(photo)).toArray();
  }

  /** Whether a photo was held out, in every repeat. */
  public boolean isHeldOut(int photo) {
    return Arrays.stream(logits).allMatch(repeat -> repeat[photo] != null);
  }

  /**
   * The fold that held a photo out.
   *
   * @return 0 to {@link #folds} - 1
   * @throws IllegalArgumentException if it is not {@linkplain #isHeldOut held out}
   */
  public int fold(int repeat, int photo) {
    checkHeldOut(photo);
    return foldOf[repeat][photo];
  }

  /**
   * A copy of the k logits that a photo was given in one repeat.
   *
   * @throws IllegalArgumentException if it is not {@linkplain #isHeldOut held out}
   */
  public float[] logits(int repeat, int photo) {
    checkHeldOut(photo);
    return logits[repeat][photo].clone();
  }

  /**
   * The k probabilities that a photo was given in one repeat: each 0 to 1, together 1 but for
   * rounding.
   *
   * @throws IllegalArgumentException if it is not {@linkplain #isHeldOut held out}
   */
  public float[] probabilities(int repeat, int photo) {
    float[] values = logits(repeat, photo);
    Softmax.probabilities(values, 1, values.length, values);
    return values;
  }

  /**
   * The k probabilities that a photo was given, averaged over the repeats. That is what several
   * layers say together: a little better than each alone.
   *
   * @throws IllegalArgumentException if it is not {@linkplain #isHeldOut held out}
   */
  public float[] meanProbabilities(int photo) {
    double[] sums = new double[labels.size()];
    for (int repeat = 0; repeat < repeats(); repeat++) {
      float[] probabilities = probabilities(repeat, photo);
      for (int label = 0; label < sums.length; label++) {
        sums[label] += probabilities[label];
      }
    }
    float[] means = new float[sums.length];
    for (int label = 0; label < sums.length; label++) {
      means[label] = (float) (sums[label] / repeats());
    }
    return means;
  }

  private void checkHeldOut(int photo) {
    if (!isHeldOut(photo)) {
      throw new IllegalArgumentException("photo " + photo + " was not held out");
    }
  }
}
