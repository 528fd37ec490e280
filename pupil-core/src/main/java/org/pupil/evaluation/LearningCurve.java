package org.pupil.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.chance.Chance;
import org.pupil.training.GrowingSubsets;
import org.pupil.training.TrainingData;

/**
 * How the accuracy grows with the number of photos, and what twice as many would bring: a {@link
 * PowerLaw} through the errors, with the spread that it has when the photos are drawn anew, group
 * by group (bootstrap percentiles). It supposes that the new photos are like the old ones, and that
 * every label gets twice as many.
 *
 * <p>Its last measured point is the cross-validation that the scores are of, and from there on the
 * errors fall in proportion to the power law: so the curve says nothing else than the scores, and
 * no label gains more than its recall lacks.
 *
 * @param points what was measured, smallest number of photos first; at least 3
 * @param photos how many there are now
 * @param now the accuracy on the curve with these; at least that of the last point
 * @param doubled the accuracy on the curve with twice as many
 * @param gains what each label's recall would gain by twice as many, in the order of the labels
 */
public record LearningCurve(
    List<Point> points, int photos, Score now, Score doubled, List<Gain> gains) {
  private static final int SAMPLES = 400;
  private static final double TAIL = 0.025;
  private static final int FEWEST_SIZES = 3;

  /** Sizes above this part of what a cross-validation learns from are left to it. */
  private static final double AS_MANY = 0.9;

  /** Part of a label's photos: less is nothing to add photos for. */
  private static final double LEAST_GAIN = 0.005;

  private static final long SEED = 0;

  public LearningCurve {
    points = List.copyOf(points);
    gains = List.copyOf(gains);
  }

  /**
   * A point of the curve.
   *
   * @param photos how many were learnt from, on average
   * @param accuracy on the photos that were not
   */
  public record Point(double photos, Score accuracy) {}

  /**
   * What a label would gain.
   *
   * @param label index of the label
   * @param recall by how much its recall would rise, -1 to 1
   */
  public record Gain(int label, Score recall) {}

  /**
   * Makes a curve of what was measured.
   *
   * @param photos what the outcomes are of
   * @param outcomes of layers that learnt from fewer photos
   * @param crossValidation the outcome with nearly all photos
   * @return empty if there are fewer than 3 sizes, since a curve with 3 unknowns needs as many
   */
  public static Optional<LearningCurve> of(
      TrainingData photos,
      List<GrowingSubsets.Outcome> outcomes,
      GrowingSubsets.Outcome crossValidation) {
    if (outcomes.size() < FEWEST_SIZES) {
      return Optional.empty();
    }
    List<GrowingSubsets.Outcome> all = new ArrayList<>(outcomes);
    all.removeIf(outcome -> outcome.photos() > AS_MANY * crossValidation.photos());
    all.add(crossValidation);
    return Optional.of(new Fit(photos, all).curve());
  }

  /**
   * The label that would gain most by more photos; empty if chance may explain all gains, or none
   * reaches half a point.
   */
  public Optional<Gain> greatestGain() {
    return gains.stream()
        .filter(gain -> gain.recall().low() > 0 && gain.recall().value() >= LEAST_GAIN)
        .reduce((a, b) -> b.recall().value() > a.recall().value() ? b : a);
  }

  /** The curve of a sample of the photos, and the curves of its labels. */
  private static final class Fit {
    private final TrainingData photos;
    private final List<GrowingSubsets.Outcome> outcomes;
    private final Groups groups;
    private final double[] sizes;

    /** [labels + 1][sizes]: of each label, and last of all photos. */
    private final double[][] judged;

    private final double[][] wrong;

    Fit(TrainingData photos, List<GrowingSubsets.Outcome> outcomes) {
      this.photos = photos;
      this.outcomes = outcomes;
      this.groups = new Groups(photos.size(), photos::group);
      this.sizes = outcomes.stream().mapToDouble(GrowingSubsets.Outcome::photos).toArray();
      this.judged = new double[photos.labels().size() + 1][sizes.length];
      this.wrong = new double[photos.labels().size() + 1][sizes.length];
    }

    LearningCurve curve() {
      int labels = photos.labels().size();
      int n = photos.size();
      count(IntStream.range(0, groups.count()).map(group -> 1).toArray());
      List<Point> points = IntStream.range(0, sizes.length).mapToObj(this::point).toList();
      PowerLaw law = law(labels);
      double accuracy = accuracy(labels, law, n);
      double ofTwice = accuracy(labels, law, 2 * n);
      double[] gain = IntStream.range(0, labels).mapToDouble(this::gain).toArray();
      double[] now = new double[SAMPLES];
      double[] doubled = new double[SAMPLES];
      double[][] gains = new double[labels][SAMPLES];
      Chance chance = new Chance(SEED, Chance.Purpose.BOOTSTRAP, 1);
      for (int sample = 0; sample < SAMPLES; sample++) {
        int[] times = new int[groups.count()];
        for (int draw = 0; draw < times.length; draw++) {
          times[chance.below(times.length)]++;
        }
        count(times);
        PowerLaw drawn = law(labels);
        now[sample] = accuracy(labels, drawn, n);
        doubled[sample] = accuracy(labels, drawn, 2 * n);
        for (int label = 0; label < labels; label++) {
          gains[label][sample] = gain(label);
        }
      }
      return new LearningCurve(
          points,
          n,
          score(accuracy, now),
          notSurerThan(points.get(points.size() - 1), score(ofTwice, doubled)),
          IntStream.range(0, labels)
              .mapToObj(label -> new Gain(label, score(gain[label], gains[label])))
              .toList());
    }

    /** Where nothing is wrong the bootstrap sees no spread, but the photos leave room for some. */
    private static Score notSurerThan(Point largest, Score doubled) {
      return largest.accuracy().value() == 1
          ? new Score(
              doubled.value(), Math.min(doubled.low(), largest.accuracy().low()), doubled.high())
          : doubled;
    }

    private void count(int[] times) {
      for (int row = 0; row < judged.length; row++) {
        Arrays.fill(judged[row], 0);
        Arrays.fill(wrong[row], 0);
      }
      int all = judged.length - 1;
      for (int group = 0; group < times.length; group++) {
        for (int photo : times[group] == 0 ? new int[0] : groups.members(group)) {
          int label = photos.label(photo);
          for (int s = 0; s < sizes.length; s++) {
            double looks = (double) times[group] * outcomes.get(s).judged()[photo];
            double errors = (double) times[group] * outcomes.get(s).wrong()[photo];
            judged[label][s] += looks;
            judged[all][s] += looks;
            wrong[label][s] += errors;
            wrong[all][s] += errors;
          }
        }
      }
    }

    private Point point(int s) {
      int[] judgedOf = outcomes.get(s).judged();
      int[] seen = IntStream.range(0, judgedOf.length).filter(i -> judgedOf[i] > 0).toArray();
      int all = judged.length - 1;
      return new Point(
          sizes[s],
          Score.wilson(1 - wrong[all][s] / judged[all][s], groups.effectiveSize(seen, 1)));
    }

    /** The errors' variances are about as the errors themselves, over how many were looked at. */
    private PowerLaw law(int row) {
      double[] errors = new double[sizes.length];
      double[] weights = new double[sizes.length];
      for (int s = 0; s < sizes.length; s++) {
        double looks = Math.max(1, judged[row][s]);
        errors[s] = wrong[row][s] / looks;
        weights[s] = looks / (errors[s] + 1 / looks);
      }
      return PowerLaw.fit(sizes, errors, weights);
    }

    private double gain(int label) {
      PowerLaw law = law(label);
      return accuracy(label, law, 2 * photos.size()) - accuracy(label, law, photos.size());
    }

    /** The law from the last measured point on, which lies beside it by chance. */
    private double accuracy(int row, PowerLaw law, int photos) {
      int last = sizes.length - 1;
      double measured = wrong[row][last] / Math.max(1, judged[row][last]);
      double fitted = law.at(sizes[last]);
      return 1 - (fitted == 0 ? measured : measured * (law.at(photos) / fitted));
    }

    private static Score score(double value, double[] samples) {
      Arrays.sort(samples);
      return new Score(
          value, Bootstrap.quantile(samples, TAIL), Bootstrap.quantile(samples, 1 - TAIL));
    }
  }
}
