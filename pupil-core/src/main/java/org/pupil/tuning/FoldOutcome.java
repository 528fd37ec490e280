package org.pupil.tuning;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What a layer said of the photos of one fold, which it had not seen. */
public final class FoldOutcome {
  private final float[] losses;
  private final BitSet right;
  private final double seconds;
  private final List<CurvePoint> curve;
  private final Optional<Failure> failure;
  private final FineTuned fineTuned;

  /** What became of the layers of the backbone. */
  public enum FineTuned {
    /** They were left as they are. */
    NOT_TRIED,

    /** The trained ones were better on photos that were held back. */
    KEPT,

    /** They were not, so it is the final layer alone that was judged. */
    NOT_KEPT
  }

  /**
   * @param losses cross entropy of each of them, in nats; none if there is no layer; not copied
   * @param right which of them were labelled rightly; not copied
   * @param seconds how long the training took
   * @param curve how the training went; empty where nobody looked
   * @param failure why there is no layer, or none of use; empty if there is
   */
  FoldOutcome(
      float[] losses,
      BitSet right,
      double seconds,
      List<CurvePoint> curve,
      Optional<Failure> failure) {
    this(losses, right, seconds, curve, failure, FineTuned.NOT_TRIED);
  }

  private FoldOutcome(
      float[] losses,
      BitSet right,
      double seconds,
      List<CurvePoint> curve,
      Optional<Failure> failure,
      FineTuned fineTuned) {
    this.losses = losses;
    this.right = right;
    this.seconds = seconds;
    this.curve = List.copyOf(curve);
    this.failure = failure;
    this.fineTuned = fineTuned;
  }

  /** The same of a layer to which this happened before. */
  FoldOutcome with(FineTuned other) {
    return new FoldOutcome(losses, right, seconds, curve, failure, other);
  }

  /**
   * A look at a layer while it was trained.
   *
   * @param step from 0
   * @param trainAccuracy of the training batch, 0 to 1
   * @param trainCrossEntropy likewise, in nats
   * @param accuracy of the photos held out, 0 to 1
   * @param crossEntropy likewise, in nats
   */
  public record CurvePoint(
      int step,
      double trainAccuracy,
      double trainCrossEntropy,
      double accuracy,
      double crossEntropy) {}

  /**
   * Why there is no layer.
   *
   * @param isDivergence whether the training ran away, rather than could not be done
   * @param reason one line
   */
  public record Failure(boolean isDivergence, String reason) {}

  /** Of a training that gave no layer. */
  static FoldOutcome failed(Failure failure, double seconds) {
    return new FoldOutcome(new float[0], new BitSet(), seconds, List.of(), Optional.of(failure));
  }

  /** Cross entropy of each photo, in nats: not a copy. None if there is no layer. */
  float[] losses() {
    return losses;
  }

  /** Which photos were labelled rightly: not a copy. */
  BitSet right() {
    return right;
  }

  /** Number of photos that it was judged by; 0 if there is no layer. */
  public int photos() {
    return losses.length;
  }

  /** How long the training took. */
  public double seconds() {
    return seconds;
  }

  /** How the training went; empty where nobody looked. */
  public List<CurvePoint> curve() {
    return curve;
  }

  /** Why there is no layer, or none of use; empty if there is. */
  public Optional<Failure> failure() {
    return failure;
  }

  /** What became of the layers of the backbone. */
  public FineTuned fineTuned() {
    return fineTuned;
  }

  /** Of all photos together. */
  double sumOfLosses() {
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum;
  }
}
