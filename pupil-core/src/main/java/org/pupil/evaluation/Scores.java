package org.pupil.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.pupil.evaluation.Tally.Statistic;

/**
 * How good predictions are, with what chance may have done to it. Where photos were predicted
 * several times, every score is the average over the repeats, and the intervals are those of the
 * photos: more repeats do not narrow them.
 *
 * <p>Proportions have the interval of Wilson. That of an F1 follows from it: F1 is {@code 2 J / (1
 * + J)}, J being the proportion of true positives among the photos that have the label or were
 * taken for it (the indirect Wilson interval of Lam, Takahashi et al., "Confidence intervals for
 * the F1 score", 2024). A group of photos that resemble each other counts there as one. All else
 * has BCa intervals of the bootstrap over groups; but where nothing is predicted wrongly, which
 * leaves the bootstrap nothing to vary, the scores that are averages over the labels take the ends
 * of the accuracy.
 *
 * @param photos number of photos
 * @param accuracy part that is predicted rightly
 * @param topK part whose label is among the k likeliest, for some k below the number of labels
 * @param balancedAccuracy mean of the recalls of the labels that have photos: the macro recall
 * @param macroPrecision mean of the labels' precisions, 0 for a label that is never predicted
 * @param macroF1 mean of the labels' F1, leaving out those that neither are nor are predicted
 * @param logLoss mean of {@code -ln} of the true label's probability, in nats
 * @param brierScore mean over the photos of the sum over the labels of {@code (p - y)^2}, y being 1
 *     for the true label, else 0: 0 to 2 (Brier, 1950)
 * @param expectedCalibrationError as in {@link Calibration}
 * @param labels scores of each label, in their order
 */
public record Scores(
    int photos,
    Score accuracy,
    List<TopK> topK,
    Score balancedAccuracy,
    Score macroPrecision,
    Score macroF1,
    Score logLoss,
    Score brierScore,
    Score expectedCalibrationError,
    List<OfLabel> labels) {
  private static final int[] DEPTHS = {2, 3, 5};
  private static final long SEED = 0;

  public Scores {
    topK = List.copyOf(topK);
    labels = List.copyOf(labels);
  }

  /**
   * Part of the photos whose label is among the likeliest.
   *
   * @param k how many labels are looked at, at least 2
   */
  public record TopK(int k, Score score) {}

  /**
   * How well one label is told from the others.
   *
   * @param label index of the label
   * @param photos number of photos of it
   */
  public record OfLabel(int label, int photos, Score precision, Score recall, Score f1) {}

  /** Scores of one photo or more. */
  public static Scores of(Predictions predictions) {
    return of(predictions, Bootstrap.SAMPLES);
  }

  /** Only the accuracy of one photo or more, with its interval. */
  public static Score accuracy(Predictions predictions) {
    PredictedPhotos photos = new PredictedPhotos(predictions);
    Groups groups = new Groups(predictions.photos(), predictions::group);
    int[] all = IntStream.range(0, photos.truth.length).toArray();
    return new Proportions(photos, groups).among(all, i -> photos.rank[i] == 0);
  }

  static Scores of(Predictions predictions, int samples) {
    if (predictions.photos() == 0) {
      throw new IllegalArgumentException("there must be a photo to score");
    }
    PredictedPhotos photos = new PredictedPhotos(predictions);
    Groups groups = new Groups(predictions.photos(), predictions::group);
    Proportions proportions = new Proportions(photos, groups);
    int[] all = IntStream.range(0, photos.truth.length).toArray();
    Score accuracy = proportions.among(all, i -> photos.rank[i] == 0);
    List<TopK> topK = new ArrayList<>();
    for (int k : DEPTHS) {
      if (k < photos.labels()) {
        topK.add(new TopK(k, proportions.among(all, i -> photos.rank[i] < k)));
      }
    }
    Map<Statistic, Score> others = new Bootstrap(photos, groups, SEED, samples).scores();
    return new Scores(
        photos.photos(),
        accuracy,
        topK,
        averaged(others.get(Statistic.BALANCED_ACCURACY), accuracy),
        averaged(others.get(Statistic.MACRO_PRECISION), accuracy),
        averaged(others.get(Statistic.MACRO_F1), accuracy),
        others.get(Statistic.LOG_LOSS),
        others.get(Statistic.BRIER_SCORE),
        others.get(Statistic.EXPECTED_CALIBRATION_ERROR),
        byLabel(photos, proportions));
  }

  private static Score averaged(Score score, Score accuracy) {
    return accuracy.value() == 1 || Double.isNaN(score.low())
        ? new Score(score.value(), accuracy.low(), accuracy.high())
        : score;
  }

  private static List<OfLabel> byLabel(PredictedPhotos photos, Proportions proportions) {
    int[][] having = indexes(photos.labels(), photos.truth);
    int[][] takenFor = indexes(photos.labels(), photos.predicted);
    List<OfLabel> scores = new ArrayList<>();
    for (int i = 0; i < having.length; i++) {
      int label = i;
      int[] either =
          IntStream.concat(
                  IntStream.of(having[label]),
                  IntStream.of(takenFor[label]).filter(at -> photos.truth[at] != label))
              .toArray();
      IntPredicate right = at -> photos.rank[at] == 0;
      Score jaccard = proportions.among(either, right.and(at -> photos.truth[at] == label));
      scores.add(
          new OfLabel(
              label,
              having[label].length / photos.repeats(),
              proportions.among(takenFor[label], right),
              proportions.among(having[label], right),
              new Score(f1(jaccard.value()), f1(jaccard.low()), f1(jaccard.high()))));
    }
    return scores;
  }

  /** Where each label stands in a list of labels. */
  private static int[][] indexes(int labels, int[] list) {
    int[] counts = new int[labels];
    for (int label : list) {
      counts[label]++;
    }
    int[][] indexes = new int[labels][];
    Arrays.setAll(indexes, label -> new int[counts[label]]);
    for (int i = list.length - 1; i >= 0; i--) {
      indexes[list[i]][--counts[list[i]]] = i;
    }
    return indexes;
  }

  private static double f1(double jaccard) {
    return 2 * jaccard / (1 + jaccard);
  }

  /** Parts of predictions. */
  private record Proportions(PredictedPhotos photos, Groups groups) {
    /**
     * The part of some predictions that hits; NaN, from 0 to 1, if there are none.
     *
     * @param counted their indexes
     */
    Score among(int[] counted, IntPredicate hits) {
      int repeats = photos.repeats();
      double successes = IntStream.of(counted).filter(hits).count();
      int[] photosOf = IntStream.of(counted).map(i -> i / repeats).toArray();
      return Score.wilson(
          successes / counted.length, groups.effectiveSize(photosOf, 1.0 / repeats));
    }
  }
}
