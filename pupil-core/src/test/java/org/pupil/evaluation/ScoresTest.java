package org.pupil.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Labels;
import org.pupil.evaluation.RocCurve.Point;

/** Scores, intervals, curves and tests against scikit-learn, SciPy and statsmodels. */
class ScoresTest {
  private static final Labels LABELS = new Labels(List.of("bird", "cat", "dog"));

  private static JsonNode reference() throws IOException {
    try (InputStream in = ScoresTest.class.getResourceAsStream("scores.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static double[] doubles(JsonNode array) {
    return IntStream.range(0, array.size()).mapToDouble(i -> array.get(i).asDouble()).toArray();
  }

  private static int[] truth(JsonNode reference) {
    return Arrays.stream(doubles(reference.get("truth"))).mapToInt(x -> (int) x).toArray();
  }

  private static float[][] probabilities(JsonNode reference) {
    List<float[]> rows = new ArrayList<>();
    for (JsonNode row : reference.get("probabilities")) {
      rows.add(
          new float[] {
            (float) row.get(0).asDouble(),
            (float) row.get(1).asDouble(),
            (float) row.get(2).asDouble()
          });
    }
    return rows.toArray(float[][]::new);
  }

  private static Predictions predictions(JsonNode reference) {
    int[] truth = truth(reference);
    int[] alone = IntStream.range(0, truth.length).toArray();
    return Predictions.of(LABELS, truth, alone, probabilities(reference));
  }

  private static void assertExactly(Score score, JsonNode expected) {
    assertThat(score.value()).isCloseTo(expected.get("value").asDouble(), within(1e-9));
    assertThat(score.low()).isCloseTo(expected.get("low").asDouble(), within(1e-9));
    assertThat(score.high()).isCloseTo(expected.get("high").asDouble(), within(1e-9));
  }

  /** The ends of the bootstrap vary by chance: by a twentieth of the width with 2000 samples. */
  private static void assertNearly(Score score, JsonNode expected) {
    double low = expected.get("low").asDouble();
    double high = expected.get("high").asDouble();
    assertThat(score.value()).isCloseTo(expected.get("value").asDouble(), within(1e-6));
    assertThat(score.low()).isCloseTo(low, within(0.05 * (high - low)));
    assertThat(score.high()).isCloseTo(high, within(0.05 * (high - low)));
  }

  @Test
  void proportionsAreScikitLearnsWithTheIntervalsOfSciPy() throws IOException {
    JsonNode reference = reference();
    Scores scores = Scores.of(predictions(reference));
    assertThat(scores.photos()).isEqualTo(102);
    assertExactly(scores.accuracy(), reference.get("accuracy"));
    assertThat(scores.topK()).hasSize(1);
    assertThat(scores.topK().get(0).k()).isEqualTo(2);
    assertExactly(scores.topK().get(0).score(), reference.get("top2"));
    for (Scores.OfLabel label : scores.labels()) {
      JsonNode expected = reference.get("labels").get(label.label());
      assertExactly(label.precision(), expected.get("precision"));
      assertExactly(label.recall(), expected.get("recall"));
      assertExactly(label.f1(), expected.get("f1"));
    }
    assertThat(scores.labels()).extracting(Scores.OfLabel::photos).containsExactly(60, 30, 12);
  }

  @Test
  void theOtherScoresHaveTheBcaIntervalsOfSciPy() throws IOException {
    JsonNode reference = reference();
    JsonNode expected = reference.get("statistics");
    Scores scores = Scores.of(predictions(reference), 20_000);
    assertNearly(scores.balancedAccuracy(), expected.get("balancedAccuracy"));
    assertNearly(scores.macroPrecision(), expected.get("macroPrecision"));
    assertNearly(scores.macroF1(), expected.get("macroF1"));
    assertNearly(scores.logLoss(), expected.get("logLoss"));
    assertNearly(scores.brierScore(), expected.get("brierScore"));
    assertNearly(scores.expectedCalibrationError(), expected.get("expectedCalibrationError"));
  }

  @Test
  void theBrierScoreIsScikitLearns() throws IOException {
    JsonNode reference = reference();
    assertThat(Scores.of(predictions(reference)).brierScore().value())
        .isCloseTo(reference.get("brierOfScikitLearn").asDouble(), within(1e-6));
  }

  @Test
  void theRocCurvesAreScikitLearns() throws IOException {
    JsonNode reference = reference();
    for (int label = 0; label < 3; label++) {
      JsonNode expected = reference.get("labels").get(label);
      RocCurve curve = RocCurve.of(predictions(reference), label);
      assertThat(curve.area()).isCloseTo(expected.get("area").asDouble(), within(1e-12));
      // scikit-learn leaves out fewer points on straight lines; that no bend is missing here
      // follows from the area.
      List<Point> all = new ArrayList<>();
      for (int i = 0; i < expected.get("roc").get(0).size(); i++) {
        all.add(
            new Point(
                expected.get("roc").get(0).get(i).asDouble(),
                expected.get("roc").get(1).get(i).asDouble()));
      }
      assertThat(curve.points()).hasSizeGreaterThan(5).isSubsetOf(all);
      assertThat(curve.points().get(0)).isEqualTo(new Point(0, 0));
      assertThat(area(curve.points())).isCloseTo(curve.area(), within(1e-12));
    }
  }

  private static double area(List<Point> points) {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      area +=
          (to.falsePositiveRate() - from.falsePositiveRate())
              * (to.truePositiveRate() + from.truePositiveRate())
              / 2;
    }
    return area;
  }

  @Test
  void aLabelWithoutPhotosHasNoRocCurve() {
    Predictions none = Predictions.of(LABELS, new int[] {0}, new int[] {0}, rows(0));
    for (int label = 0; label < 3; label++) {
      assertThat(RocCurve.of(none, label).area()).isNaN();
      assertThat(RocCurve.of(none, label).points()).isEmpty();
    }
  }

  @Test
  void mcNemarsTestIsThatOfStatsmodels() throws IOException {
    for (JsonNode expected : reference().get("mcnemar")) {
      double p =
          McNemar.pValue(expected.get("onlyFirst").asInt(), expected.get("onlySecond").asInt());
      assertThat(p / expected.get("p").asDouble()).isCloseTo(1, within(1e-9));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> McNemar.pValue(-1, 2));
  }

  @Test
  void thePowerLawIsThatOfSciPy() throws IOException {
    JsonNode reference = reference().get("powerLaw");
    PowerLaw law =
        PowerLaw.fit(
            doubles(reference.get("photos")),
            doubles(reference.get("errors")),
            doubles(reference.get("weights")));
    assertThat(law.exponent()).isCloseTo(reference.get("exponent").asDouble(), within(0.03));
    assertThat(law.at(1600)).isCloseTo(reference.get("at1600").asDouble(), within(1e-3));
  }

  @Test
  void aPowerLawNeitherRisesNorFallsBelowZero() {
    double[] photos = {10, 20, 40};
    double[] ones = {1, 1, 1};
    PowerLaw rising = PowerLaw.fit(photos, new double[] {0.1, 0.2, 0.3}, ones);
    assertThat(rising.at(1000)).isCloseTo(0.2, within(1e-12));
    PowerLaw falling = PowerLaw.fit(photos, new double[] {0.3, 0.2, 0.01}, ones);
    assertThat(falling.at(1e9)).isBetween(0.0, 0.01);
    assertThat(PowerLaw.fit(photos, new double[3], ones).at(80)).isZero();
  }

  /** Of three labels, each with all probability on one. */
  private static float[][] rows(int... predicted) {
    float[][] rows = new float[predicted.length][3];
    for (int photo = 0; photo < rows.length; photo++) {
      rows[photo][predicted[photo]] = 1;
    }
    return rows;
  }

  @Test
  void photosOfOneGroupCountAsOne() {
    int[] truth = new int[60];
    int[] predicted = IntStream.range(0, 60).map(photo -> photo < 48 ? 0 : 1).toArray();
    int[] alone = IntStream.range(0, 60).toArray();
    int[] sixes = IntStream.range(0, 60).map(photo -> photo / 6).toArray();
    Scores apart = Scores.of(Predictions.of(LABELS, truth, alone, rows(predicted)));
    Scores together = Scores.of(Predictions.of(LABELS, truth, sixes, rows(predicted)));
    Interval ofTen = Interval.wilson(8, 10);
    assertThat(apart.accuracy().low()).isCloseTo(Interval.wilson(48, 60).low(), within(1e-12));
    assertThat(together.accuracy().low()).isCloseTo(ofTen.low(), within(1e-12));
    assertThat(together.accuracy().high()).isCloseTo(ofTen.high(), within(1e-12));
    assertThat(together.accuracy().value()).isEqualTo(apart.accuracy().value());
    // A tenth of the independent photos: the interval is about the root of 6 times as wide.
    double wider = width(together.brierScore()) / width(apart.brierScore());
    assertThat(wider).isBetween(1.8, 3.1);
  }

  private static double width(Score score) {
    return score.high() - score.low();
  }

  @Test
  void whereNothingIsWrongTheAveragesAreAsUncertainAsTheAccuracy() {
    int[] truth = {0, 0, 0, 1, 1, 1, 2, 2, 2, 2};
    int[] alone = IntStream.range(0, 10).toArray();
    Scores scores = Scores.of(Predictions.of(LABELS, truth, alone, rows(truth)));
    assertThat(scores.accuracy().low()).isCloseTo(0.7225, within(1e-4));
    assertThat(scores.balancedAccuracy()).isEqualTo(scores.accuracy());
    assertThat(scores.macroF1()).isEqualTo(scores.accuracy());
    assertThat(scores.logLoss().value()).isZero();
  }

  /** Photos of many labels, of which chance makes some taken for another label. */
  private static Predictions manyLabels(int labels, int photosOfEach, double accuracy, long seed) {
    Random random = new Random(seed);
    int n = labels * photosOfEach;
    int[] truth = IntStream.range(0, n).map(photo -> photo % labels).toArray();
    float[][] probabilities = new float[n][labels];
    for (int photo = 0; photo < n; photo++) {
      boolean right = random.nextDouble() < accuracy;
      int predicted = (truth[photo] + (right ? 0 : 1 + random.nextInt(labels - 1))) % labels;
      Arrays.fill(probabilities[photo], 0.1f / labels);
      probabilities[photo][predicted] += 0.9f;
    }
    return Predictions.of(
        new Labels(IntStream.range(0, labels).mapToObj(label -> "label " + label).toList()),
        truth,
        IntStream.range(0, n).toArray(),
        probabilities);
  }

  private static void assertWithinItsInterval(Score score) {
    assertThat(score.value()).isBetween(score.low(), score.high());
    assertThat(width(score)).isGreaterThan(0.001);
  }

  @Test
  void withAThousandLabelsOfThreePhotosEveryScoreLiesWithinItsInterval() {
    for (double accuracy : new double[] {0.7, 0.9, 0.99}) {
      Scores scores = Scores.of(manyLabels(1000, 3, accuracy, 1), 200);
      assertWithinItsInterval(scores.balancedAccuracy());
      assertWithinItsInterval(scores.macroPrecision());
      assertWithinItsInterval(scores.macroF1());
      assertWithinItsInterval(scores.logLoss());
      assertWithinItsInterval(scores.brierScore());
      assertWithinItsInterval(scores.expectedCalibrationError());
    }
  }

  @Test
  void theIntervalOfAMacroAverageHoldsWhatMorePhotosWouldSayThoughLabelsHaveFew() {
    int precision = 0;
    int f1 = 0;
    for (int seed = 0; seed < 40; seed++) {
      Scores scores = Scores.of(manyLabels(100, 3, 0.9, seed), 400);
      precision += holds(scores.macroPrecision(), 0.9) ? 1 : 0;
      f1 += holds(scores.macroF1(), 0.9) ? 1 : 0;
    }
    // Of intervals of 95 % fewer than 34 of 40 hold it in one case of a hundred.
    assertThat(precision).isGreaterThanOrEqualTo(34);
    assertThat(f1).isGreaterThanOrEqualTo(34);
  }

  private static boolean holds(Score score, double value) {
    return score.low() <= value && value <= score.high();
  }

  @Test
  void onePhotoSaysAlmostNothing() {
    Scores scores = Scores.of(Predictions.of(LABELS, new int[] {1}, new int[] {7}, rows(2)));
    assertThat(scores.accuracy().value()).isZero();
    assertThat(scores.accuracy().high()).isGreaterThan(0.7);
    assertThat(scores.logLoss().low()).isNaN();
    assertThat(scores.balancedAccuracy().high()).isEqualTo(scores.accuracy().high());
    Scores.OfLabel bird = scores.labels().get(0);
    assertThat(bird.photos()).isZero();
    assertThat(bird.recall()).isEqualTo(new Score(Double.NaN, 0, 1));
    assertThat(bird.precision().value()).isNaN();
    assertThat(bird.f1().value()).isNaN();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Scores.of(Predictions.of(LABELS, new int[0], new int[0], new float[0][])));
  }

  @Test
  void anIntervalGoesUpwards() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Score(0.5, 0.7, 0.6));
    assertThatIllegalArgumentException().isThrownBy(() -> new Score(0.5, Double.NaN, 0.6));
    assertThatIllegalArgumentException().isThrownBy(() -> new Score(0.5, 0.4, Double.NaN));
  }

  @Test
  void twoModelsAreComparedPhotoByPhoto() {
    int[] truth = {0, 0, 1, 1, 2, 2};
    int[] alone = {0, 1, 2, 3, 4, 5};
    Predictions first = Predictions.of(LABELS, truth, alone, rows(0, 1, 1, 0, 0, 2));
    Predictions second = Predictions.of(LABELS, truth, alone, rows(0, 0, 1, 1, 0, 1));
    Comparison comparison = Comparison.of(first, second);
    assertThat(comparison.bothRight()).isEqualTo(2);
    assertThat(comparison.becameRight()).containsExactly(1, 3);
    assertThat(comparison.becameWrong()).containsExactly(5);
    assertThat(comparison.bothWrong()).isEqualTo(1);
    assertThat(comparison.pValue()).isEqualTo(1);
    assertThat(comparison.isSignificant()).isFalse();
    assertThat(Comparison.of(second, first).becameWrong()).containsExactly(1, 3);
  }

  @Test
  void copiesOfAPhotoAreOneWitnessForTheBetterModel() {
    int[] truth = new int[8];
    int[] copies = {0, 0, 0, 0, 0, 0, 0, 1};
    float[][] right = rows(0, 0, 0, 0, 0, 0, 0, 0);
    float[][] wrong = rows(1, 1, 1, 1, 1, 1, 1, 1);
    int[] alone = {0, 1, 2, 3, 4, 5, 6, 7};

    Comparison ofEight =
        Comparison.of(
            Predictions.of(LABELS, truth, alone, wrong),
            Predictions.of(LABELS, truth, alone, right));
    assertThat(ofEight.pValue()).isCloseTo(2 * Math.pow(0.5, 8), within(1e-12));
    Comparison ofTwo =
        Comparison.of(
            Predictions.of(LABELS, truth, alone, wrong),
            Predictions.of(LABELS, truth, copies, right));
    assertThat(ofTwo.becameRight()).hasSize(8);
    assertThat(ofTwo.pValue()).isCloseTo(0.5, within(1e-12));
    assertThat(ofTwo.isSignificant()).isFalse();
  }

  @Test
  void theSurestMistakeComesFirst() {
    float[][] p = {{0.6f, 0.3f, 0.1f}, {0.2f, 0.7f, 0.1f}, {0.1f, 0.9f, 0}, {0.3f, 0.3f, 0.4f}};
    Predictions predictions =
        Predictions.of(LABELS, new int[] {1, 0, 1, 2}, new int[] {0, 1, 2, 3}, p);
    assertThat(predictions.mistakes())
        .containsExactly(
            new Evaluation.Misclassified(1, 0, 1, 0.7f),
            new Evaluation.Misclassified(0, 1, 0, 0.6f));
  }
}
