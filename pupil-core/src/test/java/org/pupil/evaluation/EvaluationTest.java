package org.pupil.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Calibration.Bin;
import org.pupil.evaluation.Evaluation.Misclassified;
import org.pupil.training.FinalLayer;
import org.pupil.training.TrainingData;

class EvaluationTest {
  private static final Labels LABELS = new Labels(List.of("bird", "cat", "dog"));

  private static JsonNode reference() throws IOException {
    try (InputStream in = EvaluationTest.class.getResourceAsStream("evaluation.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static double[] doubles(JsonNode array) {
    return IntStream.range(0, array.size()).mapToDouble(i -> array.get(i).asDouble()).toArray();
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.get(i).asDouble();
    }
    return floats;
  }

  private static Evaluation ofReference(JsonNode reference) {
    int[] truth = Arrays.stream(doubles(reference.get("truth"))).mapToInt(x -> (int) x).toArray();
    float[][] probabilities = new float[truth.length][];
    Arrays.setAll(probabilities, photo -> floats(reference.get("probabilities").get(photo)));
    return Evaluation.of(LABELS, truth, probabilities);
  }

  @Test
  void theScoresAreScikitLearns() throws IOException {
    JsonNode reference = reference();
    Evaluation evaluation = ofReference(reference);
    assertThat(evaluation.photos()).isEqualTo(50);
    assertThat(evaluation.accuracy()).isEqualTo(reference.get("accuracy").asDouble());
    assertThat(evaluation.logLoss()).isCloseTo(reference.get("logLoss").asDouble(), within(1e-12));
    assertThat(evaluation.macroF1()).isCloseTo(reference.get("macroF1").asDouble(), within(1e-12));
    assertThat(evaluation.calibration().expectedError())
        .isCloseTo(reference.get("expectedCalibrationError").asDouble(), within(1e-7));
    for (LabelScore score : evaluation.labelScores()) {
      int label = score.label();
      assertThat(score.photos()).isEqualTo(reference.get("photos").get(label).asInt());
      assertThat(score.precision())
          .isCloseTo(reference.get("precision").get(label).asDouble(), within(1e-12));
      assertThat(score.recall())
          .isCloseTo(reference.get("recall").get(label).asDouble(), within(1e-12));
      assertThat(score.f1()).isCloseTo(reference.get("f1").get(label).asDouble(), within(1e-12));
    }
  }

  @Test
  void theConfusionHasTrueLabelsAsRows() throws IOException {
    JsonNode reference = reference();
    Confusion confusion = ofReference(reference).confusion();
    int[][] expected = new int[3][3];
    for (int truth = 0; truth < 3; truth++) {
      for (int predicted = 0; predicted < 3; predicted++) {
        expected[truth][predicted] = reference.get("confusion").get(truth).get(predicted).asInt();
        assertThat(confusion.count(truth, predicted)).isEqualTo(expected[truth][predicted]);
      }
    }
    assertThat(confusion.rows()).isDeepEqualTo(expected);
    assertThat(confusion.count(0, 2)).isNotEqualTo(confusion.count(2, 0));
    assertThat(confusion.truths(2)).isEqualTo(5);
    assertThat(confusion.predictions(2)).isEqualTo(2);
    assertThat(confusion.labelCount()).isEqualTo(3);
    confusion.rows()[0][0] = 99;
    assertThat(confusion.count(0, 0)).isEqualTo(28);
  }

  @Test
  void theCountsBehindThePrecisionRecallCurvesAreTensorBoards() throws IOException {
    JsonNode reference = reference();
    for (PrCurve curve : ofReference(reference).prCurves()) {
      JsonNode rows = reference.get("curves").get(curve.label());
      for (int i = 0; i < PrCurve.THRESHOLDS; i++) {
        assertThat(curve.truePositives(i)).isEqualTo(rows.get(0).get(i).asInt());
        assertThat(curve.falsePositives(i)).isEqualTo(rows.get(1).get(i).asInt());
      }
    }
  }

  static Stream<JsonNode> wilson() throws IOException {
    return StreamSupport.stream(reference().get("wilson").spliterator(), /* parallel= */ false);
  }

  @ParameterizedTest
  @MethodSource("wilson")
  void theIntervalIsScipys(JsonNode expected) {
    Interval interval =
        Interval.wilson(expected.get("successes").asInt(), expected.get("trials").asInt());
    assertThat(interval.low()).isCloseTo(expected.get("low").asDouble(), within(1e-12));
    assertThat(interval.high()).isCloseTo(expected.get("high").asDouble(), within(1e-12));
  }

  @Property(tries = 300)
  void theIntervalHoldsTheProportion(
      @ForAll @IntRange(min = 1, max = 100_000) int trials,
      @ForAll @IntRange(min = 0, max = 1000) int part) {
    int successes = (int) ((long) trials * part / 1000);
    Interval interval = Interval.wilson(successes, trials);
    double proportion = (double) successes / trials;
    assertThat(proportion).isBetween(interval.low(), interval.high());
    assertThat(interval.width()).isPositive();
    Interval mirrored = Interval.wilson(trials - successes, trials);
    assertThat(mirrored.low()).isCloseTo(1 - interval.high(), within(1e-12));
  }

  @Test
  void impossibleCountsHaveNoInterval() {
    assertThatThrownBy(() -> Interval.wilson(5, 4)).hasMessage("successes must be 0 to 4, were 5");
    assertThatThrownBy(() -> Interval.wilson(-1, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(0.5, 0.4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsWrongIsListedWithTheProbabilityOfTheAnswer() {
    float[][] probabilities = {{0.1f, 0.7f, 0.2f}, {0.8f, 0.1f, 0.1f}, {0.3f, 0.3f, 0.4f}};
    Evaluation evaluation = Evaluation.of(LABELS, new int[] {2, 0, 1}, probabilities);
    assertThat(evaluation.misclassified())
        .containsExactly(new Misclassified(0, 2, 1, 0.7f), new Misclassified(2, 1, 2, 0.4f));
  }

  @Test
  void ofEqualProbabilitiesTheFirstIsPredicted() {
    float[][] probabilities = {{0.4f, 0.4f, 0.2f}, {0.2f, 0.4f, 0.4f}};
    Evaluation evaluation = Evaluation.of(LABELS, new int[] {0, 2}, probabilities);
    assertThat(evaluation.misclassified()).containsExactly(new Misclassified(1, 2, 1, 0.4f));
  }

  @Test
  void confidencesAtTheEdgeOfABinBelongToTheLowerOne() {
    Calibration calibration =
        Calibration.of(new double[] {0.5, 0.51, 0.59, 1}, new boolean[] {true, false, true, true});
    assertThat(calibration.bins()).hasSize(10);
    assertThat(calibration.bins().get(4)).isEqualTo(new Bin(0.4, 0.5, 1, 0.5, 1));
    assertThat(calibration.bins().get(5).photos()).isEqualTo(2);
    assertThat(calibration.bins().get(5).accuracy()).isEqualTo(0.5);
    assertThat(calibration.bins().get(5).confidence()).isCloseTo(0.55, within(1e-12));
    assertThat(calibration.bins().get(9)).isEqualTo(new Bin(0.9, 1, 1, 1, 1));
    assertThat(calibration.bins().get(0).confidence()).isNaN();
    assertThat(calibration.expectedError()).isCloseTo((0.5 + 0.1 + 0) / 4, within(1e-12));
  }

  @Test
  void aLabelThatIsNeitherThereNorPredictedHasNoScore() {
    float[][] probabilities = {{0.9f, 0.1f, 0}, {0.8f, 0.2f, 0}};
    Evaluation evaluation = Evaluation.of(LABELS, new int[] {0, 1}, probabilities);
    LabelScore dog = evaluation.labelScores().get(2);
    assertThat(dog.photos()).isZero();
    assertThat(dog.precision()).isNaN();
    assertThat(dog.recall()).isNaN();
    assertThat(dog.f1()).isNaN();
    assertThat(evaluation.labelScores().get(1).precision()).isNaN();
    assertThat(evaluation.labelScores().get(1).f1()).isZero();
    assertThat(evaluation.macroF1()).isCloseTo((2 / 3.0 + 0) / 2, within(1e-12));
  }

  @Test
  void withoutPhotosNothingIsKnown() {
    Evaluation evaluation = Evaluation.of(LABELS, new int[0], new float[0][]);
    assertThat(evaluation.photos()).isZero();
    assertThat(evaluation.accuracy()).isNaN();
    assertThat(evaluation.logLoss()).isNaN();
    assertThat(evaluation.macroF1()).isNaN();
    assertThat(evaluation.calibration().expectedError()).isNaN();
    assertThat(evaluation.interval()).isEqualTo(new Interval(0, 1));
    assertThat(evaluation.prCurves()).hasSize(3);
    assertThat(evaluation.tooSmallToTell())
        .hasValue("There are no test photos, so nothing is known about new photos.");
  }

  @Test
  void fewTestPhotosAreTooFewToTell() {
    assertThat(rightly(14, 15).tooSmallToTell())
        .hasValue(
            "15 test photos are too few to tell: on new photos the accuracy may be anything from"
                + " 70.2% to 98.8%.");
    assertThat(rightly(1, 1).tooSmallToTell())
        .hasValue(
            "1 test photo is too few to tell: on new photos the accuracy may be anything from"
                + " 20.7% to 100.0%.");
    assertThat(rightly(131, 140).tooSmallToTell()).isEmpty();
  }

  private static Evaluation rightly(int right, int photos) {
    float[][] probabilities = new float[photos][];
    Arrays.setAll(probabilities, i -> i < right ? new float[] {0, 1, 0} : new float[] {1, 0, 0});
    int[] truth = new int[photos];
    Arrays.fill(truth, 1);
    return Evaluation.of(LABELS, truth, probabilities);
  }

  @Test
  void aLayerWhoseSumsOverflowHasRunAway() {
    FinalLayer layer = new FinalLayer(1, new float[] {3e38f, 2e38f, -1}, new float[3]);
    TrainingData good = new TrainingData(LABELS, 1, new float[][] {{1}}, new int[] {0});
    TrainingData wild = new TrainingData(LABELS, 1, new float[][] {{1}, {9}}, new int[] {0, 0});
    assertThat(Evaluation.of(layer, good).accuracy()).isEqualTo(1);
    assertThatThrownBy(() -> Evaluation.of(layer, wild))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.DIVERGED))
        .hasMessageContaining("lower learningRate");
  }

  @Test
  void aFinalLayerIsEvaluatedOnASet() {
    FinalLayer layer = new FinalLayer(1, new float[] {1, 0, -1}, new float[] {0, 0.5f, 0});
    TrainingData set =
        new TrainingData(LABELS, 1, new float[][] {{2}, {0}, {-3}, {-1}}, new int[] {0, 1, 2, 0});
    Evaluation evaluation = Evaluation.of(layer, set);
    assertThat(evaluation.accuracy()).isEqualTo(0.75);
    assertThat(evaluation.misclassified()).hasSize(1);
    assertThat(evaluation.misclassified().get(0).photo()).isEqualTo(3);
    assertThat(evaluation.misclassified().get(0).predicted()).isEqualTo(2);
  }

  @Test
  void copiesInATestSetDoNotNarrowTheInterval() {
    FinalLayer layer = new FinalLayer(1, new float[] {1, 0, -1}, new float[3]);
    float[][] rows = {{2}, {2}, {2}, {-3}, {-3}, {-3}};
    int[] truth = {0, 0, 0, 2, 2, 2};
    TrainingData apart = new TrainingData(LABELS, 1, rows, truth);
    TrainingData copies = new TrainingData(LABELS, 1, rows, truth, new int[] {4, 4, 4, 7, 7, 7});

    assertThat(Evaluation.of(layer, apart).interval()).isEqualTo(Interval.wilson(6, 6));
    Evaluation ofCopies = Evaluation.of(layer, copies);
    assertThat(ofCopies.photos()).isEqualTo(6);
    assertThat(ofCopies.accuracy()).isEqualTo(1);
    assertThat(ofCopies.interval()).isEqualTo(Interval.wilson(2, 2));
  }

  @Test
  void whatAreNoProbabilitiesIsRefused() {
    int[] truth = {1};
    assertThatThrownBy(() -> Evaluation.of(LABELS, truth, new float[][] {{0.5f, 0.6f, 0.1f}}))
        .hasMessageStartingWith("probabilities must sum to 1, are 1.2");
    assertThatThrownBy(() -> Evaluation.of(LABELS, truth, new float[][] {{1, Float.NaN, 0}}))
        .hasMessage("a probability must be 0 to 1, was NaN for photo 0");
    assertThatThrownBy(() -> Evaluation.of(LABELS, truth, new float[][] {{1, 0}}))
        .hasMessageStartingWith("photo 0 must have a label and a probability of each of");
    assertThatThrownBy(() -> Evaluation.of(LABELS, new int[] {3}, new float[][] {{1, 0, 0}}))
        .hasMessageStartingWith("photo 0 must have a label");
    assertThatThrownBy(() -> Evaluation.of(LABELS, truth, new float[0][]))
        .hasMessage("1 labels for 0 predictions");
  }
}
