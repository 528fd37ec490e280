package org.pupil.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.dataset.Labels;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.training.Argmax;
import org.pupil.training.FinalLayer;
import org.pupil.training.TrainingData;

/**
 * How good predictions are on photos whose labels are known, counting every photo once (so that a
 * label with many photos weighs more).
 *
 * <p>Predicted is the label of the greatest probability, of equal ones the first, as TensorFlow's
 * {@code argmax} has it.
 *
 * @param labels the labels
 * @param photos number of photos, n; may be 0
 * @param accuracy part that is predicted rightly, 0 to 1; NaN without photos
 * @param interval where the accuracy on new photos lies with 95 % confidence (Wilson; a group of
 *     photos that resemble each other counts as one, if the groups are known): 0 to 1 without
 *     photos
 * @param logLoss mean of {@code -ln} of the true label's probability, taken as at least 1e-15, in
 *     nats; NaN without photos
 * @param confusion how often each label was taken for each
 * @param labelScores precision, recall and F1 of every label, in the order of the labels
 * @param calibration whether the probabilities mean what they say
 * @param prCurves a curve for every label, in the order of the labels
 * @param misclassified the photos that are predicted wrongly, in their order
 */
public record Evaluation(
    Labels labels,
    int photos,
    double accuracy,
    Interval interval,
    double logLoss,
    Confusion confusion,
    List<LabelScore> labelScores,
    Calibration calibration,
    List<PrCurve> prCurves,
    List<Misclassified> misclassified) {

  /** An interval wider than this says little about new photos. */
  private static final double TOO_WIDE = 0.1;

  private static final double LEAST_PROBABILITY = 1e-15;
  private static final double ROUNDING = 1e-3;

  public Evaluation {
    labelScores = List.copyOf(labelScores);
    prCurves = List.copyOf(prCurves);
    misclassified = List.copyOf(misclassified);
  }

  /**
   * A photo that is predicted wrongly.
   *
   * @param photo index of the photo in what was evaluated
   * @param truth index of its label
   * @param predicted index of the label it was taken for
   * @param probability probability of the predicted label, 0 to 1
   */
  public record Misclassified(int photo, int truth, int predicted, float probability) {}

  /**
   * Evaluates a final layer on a set of photos; the photos' indexes are those of the set.
   *
   * @throws PupilException (diverged) if the layer's weights are so large that the sums for a photo
   *     overflow
   */
  public static Evaluation of(FinalLayer layer, TrainingData set) {
    int[] truth = new int[set.size()];
    float[][] probabilities = new float[set.size()][];
    for (int photo = 0; photo < set.size(); photo++) {
      truth[photo] = set.label(photo);
      probabilities[photo] = layer.probabilities(set.row(photo));
      if (Float.isNaN(probabilities[photo][0])) {
        throw PupilException.diverged(
            Message.of(
                "training diverged: the weights are too large to be useful; lower ",
                Setting.LEARNING_RATE));
      }
    }
    Groups groups = new Groups(set.size(), set::group);
    int[] all = IntStream.range(0, set.size()).toArray();
    return of(set.labels(), truth, probabilities, groups.effectiveSize(all, 1));
  }

  /**
   * Evaluates predictions.
   *
   * @param labels the k labels
   * @param truth [n] index of each photo's label
   * @param probabilities [n][k] what was predicted: each 0 to 1, a photo's together 1
   */
  public static Evaluation of(Labels labels, int[] truth, float[][] probabilities) {
    return of(labels, truth, probabilities, truth.length);
  }

  /**
   * @param independent how many photos that do not resemble each other would tell as much
   */
  private static Evaluation of(
      Labels labels, int[] truth, float[][] probabilities, double independent) {
    check(labels, truth, probabilities);
    int n = truth.length;
    int[][] counts = new int[labels.size()][labels.size()];
    double[] confidences = new double[n];
    boolean[] right = new boolean[n];
    double loss = 0;
    for (int photo = 0; photo < n; photo++) {
      float[] probability = probabilities[photo];
      int predicted = Argmax.of(probability);
      counts[truth[photo]][predicted]++;
      confidences[photo] = Math.min(1, probability[predicted]);
      right[photo] = predicted == truth[photo];
      loss += logLoss(probability[truth[photo]]);
    }
    Confusion confusion = new Confusion(counts);
    List<LabelScore> scores = new ArrayList<>();
    List<PrCurve> curves = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      scores.add(LabelScore.of(confusion, label));
      curves.add(PrCurve.of(label, truth, probabilities));
    }
    return new Evaluation(
        labels,
        n,
        (double) confusion.right() / n,
        Interval.wilson((double) confusion.right() / n, independent),
        loss / n,
        confusion,
        scores,
        Calibration.of(confidences, right),
        curves,
        misclassified(truth, probabilities));
  }

  /** What a photo whose label has this probability adds to the log loss, in nats. */
  static double logLoss(float probability) {
    return -Math.log(Math.max(LEAST_PROBABILITY, probability));
  }

  /** The photos whose likeliest label is not theirs, in their order. */
  static List<Misclassified> misclassified(int[] truth, float[][] probabilities) {
    List<Misclassified> misclassified = new ArrayList<>();
    for (int photo = 0; photo < truth.length; photo++) {
      int predicted = Argmax.of(probabilities[photo]);
      if (predicted != truth[photo]) {
        misclassified.add(
            new Misclassified(photo, truth[photo], predicted, probabilities[photo][predicted]));
      }
    }
    return misclassified;
  }

  /** Checks predictions as {@link #of(Labels, int[], float[][])} wants them. */
  static void check(Labels labels, int[] truth, float[][] probabilities) {
    if (truth.length != probabilities.length) {
      throw new IllegalArgumentException(
          truth.length + " labels for " + probabilities.length + " predictions");
    }
    for (int photo = 0; photo < truth.length; photo++) {
      if (truth[photo] < 0
          || truth[photo] >= labels.size()
          || probabilities[photo].length != labels.size()) {
        throw new IllegalArgumentException(
            "photo " + photo + " must have a label and a probability of each of " + labels.names());
      }
      double sum = 0;
      for (float probability : probabilities[photo]) {
        // Written so that a NaN fails.
        if (!(probability >= 0 && probability <= 1 + ROUNDING)) {
          throw new IllegalArgumentException(
              "a probability must be 0 to 1, was " + probability + " for photo " + photo);
        }
        sum += probability;
      }
      if (Math.abs(sum - 1) > ROUNDING) {
        throw new IllegalArgumentException(
            "probabilities must sum to 1, are " + sum + " for photo " + photo);
      }
    }
  }

  /** Mean of the labels' F1, leaving out those where it is not defined; NaN if it is for none. */
  public double macroF1() {
    return labelScores.stream()
        .mapToDouble(LabelScore::f1)
        .filter(f1 -> !Double.isNaN(f1))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * In words, when the test set is too small to tell how good the predictions are: when the
   * interval is wider than 10 percentage points.
   */
  public Optional<String> tooSmallToTell() {
    if (photos == 0) {
      return Optional.of("There are no test photos, so nothing is known about new photos.");
    }
    if (interval.width() <= TOO_WIDE) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d test photo%s too few to tell: on new photos the accuracy may be anything from"
                + " %.1f%% to %.1f%%.",
            photos,
            photos == 1 ? " is" : "s are",
            100 * interval.low(),
            100 * interval.high()));
  }
}
