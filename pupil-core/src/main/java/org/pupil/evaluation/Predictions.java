package org.pupil.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.pupil.dataset.Labels;
import org.pupil.evaluation.Evaluation.Misclassified;
import org.pupil.training.FinalLayer;
import org.pupil.training.OutOfFold;
import org.pupil.training.TrainingData;

/**
 * What was predicted of photos whose labels are known: by one model, or several times over by the
 * layers of a repeated cross-validation. Scores of several predictions of a photo are averages.
 */
public final class Predictions {
  private final Labels labels;
  private final int[] truth;
  private final int[] groupOf;
  private final float[][][] probabilities;

  private Predictions(Labels labels, int[] truth, int[] groupOf, float[][][] probabilities) {
    if (truth.length != groupOf.length) {
      throw new IllegalArgumentException(
          truth.length + " labels for " + groupOf.length + " groups");
    }
    for (float[][] repeat : probabilities) {
      Evaluation.check(labels, truth, repeat);
    }
    this.labels = labels;
    this.truth = truth;
    this.groupOf = groupOf;
    this.probabilities = probabilities;
  }

  /**
   * Predictions of one model.
   *
   * @param labels the k labels
   * @param truth [n] index of each photo's label; copied
   * @param groupOf [n] the group of each photo, any numbers: those of one group resemble each
   *     other; copied
   * @param probabilities [n][k] each 0 to 1, a photo's together 1; not copied
   */
  public static Predictions of(Labels labels, int[] truth, int[] groupOf, float[][] probabilities) {
    return new Predictions(labels, truth.clone(), groupOf.clone(), new float[][][] {probabilities});
  }

  /** Predictions of a final layer, of photos that it has not learnt from. */
  public static Predictions of(FinalLayer layer, TrainingData photos) {
    int n = photos.size();
    float[][] probabilities = new float[n][];
    Arrays.setAll(probabilities, photo -> layer.probabilities(photos.row(photo)));
    int[] all = IntStream.range(0, n).toArray();
    return of(
        photos.labels(),
        Arrays.stream(all).map(photos::label).toArray(),
        Arrays.stream(all).map(photos::group).toArray(),
        probabilities);
  }

  /**
   * Predictions of a cross-validation: of the photos that were held out, in their order.
   *
   * @param photos what was cross-validated
   */
  public static Predictions of(OutOfFold outOfFold, TrainingData photos) {
    int[] heldOut = outOfFold.heldOut();
    float[][][] probabilities = new float[outOfFold.repeats()][heldOut.length][];
    for (int repeat = 0; repeat < probabilities.length; repeat++) {
      for (int i = 0; i < heldOut.length; i++) {
        probabilities[repeat][i] = outOfFold.probabilities(repeat, heldOut[i]);
      }
    }
    return new Predictions(
        photos.labels(),
        Arrays.stream(heldOut).map(photos::label).toArray(),
        Arrays.stream(heldOut).map(photos::group).toArray(),
        probabilities);
  }

  /** The predictions of some of the photos, in the order of the indexes. */
  public Predictions only(List<Integer> photos) {
    float[][][] chosen = new float[probabilities.length][][];
    for (int repeat = 0; repeat < chosen.length; repeat++) {
      float[][] all = probabilities[repeat];
      chosen[repeat] = photos.stream().map(photo -> all[photo]).toArray(float[][]::new);
    }
    return new Predictions(
        labels,
        photos.stream().mapToInt(photo -> truth[photo]).toArray(),
        photos.stream().mapToInt(photo -> groupOf[photo]).toArray(),
        chosen);
  }

  /** The k labels. */
  public Labels labels() {
    return labels;
  }

  /** Number of photos, n. */
  public int photos() {
    return truth.length;
  }

  /** How often each photo was predicted, at least once. */
  public int repeats() {
    return probabilities.length;
  }

  /** Index of a photo's label. */
  public int truth(int photo) {
    return truth[photo];
  }

  /** The group of a photo. */
  public int group(int photo) {
    return groupOf[photo];
  }

  /** The k probabilities of a photo: not a copy. */
  float[] probabilities(int repeat, int photo) {
    return probabilities[repeat][photo];
  }

  /** The k probabilities of a photo, averaged over the repeats. */
  public float[] meanProbabilities(int photo) {
    float[] means = new float[labels.size()];
    for (int label = 0; label < means.length; label++) {
      double sum = 0;
      for (float[][] repeat : probabilities) {
        sum += repeat[photo][label];
      }
      means[label] = (float) (sum / probabilities.length);
    }
    return means;
  }

  /**
   * All predictions in one evaluation, which counts a photo once for each repeat: its proportions,
   * curves and means are averages over the repeats, its counts are sums over them.
   */
  public Evaluation pooled() {
    int n = truth.length;
    int[] allTruth = new int[n * probabilities.length];
    float[][] all = new float[allTruth.length][];
    for (int repeat = 0; repeat < probabilities.length; repeat++) {
      System.arraycopy(truth, 0, allTruth, repeat * n, n);
      System.arraycopy(probabilities[repeat], 0, all, repeat * n, n);
    }
    return Evaluation.of(labels, allTruth, all);
  }

  /**
   * The photos that are predicted wrongly on average over the repeats, the surest mistake first.
   * Indexes are those of the photos here.
   */
  public List<Misclassified> mistakes() {
    float[][] means = new float[truth.length][];
    Arrays.setAll(means, this::meanProbabilities);
    List<Misclassified> wrong = new ArrayList<>(Evaluation.misclassified(truth, means));
    wrong.sort(Comparator.comparingDouble(mistake -> -mistake.probability()));
    return List.copyOf(wrong);
  }
}
