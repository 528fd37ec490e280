package org.pupil.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pupil.background.Progress;
import org.pupil.chance.Chance;
import org.pupil.dataset.Labels;
import org.pupil.training.CrossValidation;
import org.pupil.training.GrowingSubsets;
import org.pupil.training.OutOfFold;
import org.pupil.training.Penalty;
import org.pupil.training.TrainingData;

class LearningCurveTest {
  /**
   * Normal clouds in {@code d} dimensions, of which the first three differ between the labels: the
   * last label is far from the others, so that few photos are enough for it.
   */
  private static TrainingData made(int n, int d) {
    Chance chance = new Chance(n, Chance.Purpose.TEST_BATCH);
    float[][] rows = new float[n][d];
    int[] labelOf = new int[n];
    for (int photo = 0; photo < n; photo++) {
      labelOf[photo] = photo % 3;
      for (int j = 0; j < d; j++) {
        rows[photo][j] = (float) chance.truncatedNormal();
      }
      rows[photo][labelOf[photo]] += labelOf[photo] == 2 ? 12 : 1.6f;
    }
    return new TrainingData(new Labels(List.of("a", "b", "c")), d, rows, labelOf);
  }

  private static List<GrowingSubsets.Outcome> outcomes(TrainingData photos, int threads) {
    return new GrowingSubsets(new Penalty.OfSpread(0.1), 0, threads).run(photos, Progress.NONE);
  }

  private static OutOfFold crossValidated(TrainingData photos, int threads) {
    return new CrossValidation(3, 5, new Penalty.OfSpread(0.1), 0, threads)
        .run(photos, (done, all) -> {});
  }

  private static Optional<LearningCurve> curve(TrainingData photos, int threads) {
    return LearningCurve.of(
        photos,
        outcomes(photos, threads),
        GrowingSubsets.Outcome.of(crossValidated(photos, threads), photos));
  }

  @Test
  void subsetsDoubleAndJudgeTheOthers() {
    TrainingData photos = made(300, 12);
    List<GrowingSubsets.Outcome> outcomes = outcomes(photos, 2);
    assertThat(outcomes)
        .extracting(GrowingSubsets.Outcome::photos)
        .containsExactly(15.0, 30.0, 60.0, 120.0, 240.0);
    // 5 layers, each without four of the twenty folds: every photo is in one of these.
    assertThat(outcomes.get(4).judged()).containsOnly(1);
    assertThat(IntStream.of(outcomes.get(0).judged()).sum()).isEqualTo(5 * 285);
    for (GrowingSubsets.Outcome outcome : outcomes) {
      for (int photo = 0; photo < 300; photo++) {
        assertThat(outcome.wrong()[photo]).isBetween(0, outcome.judged()[photo]);
      }
    }
  }

  @Test
  void theOutcomesAreTheSameWhateverTheThreads() {
    TrainingData photos = made(300, 12);
    List<GrowingSubsets.Outcome> one = outcomes(photos, 1);
    List<GrowingSubsets.Outcome> many = outcomes(photos, 3);
    for (int i = 0; i < one.size(); i++) {
      assertThat(many.get(i).wrong()).isEqualTo(one.get(i).wrong());
      assertThat(many.get(i).judged()).isEqualTo(one.get(i).judged());
    }
  }

  /** What twice as many photos bring is known here, since as many can be made as wanted. */
  @Test
  void theCurveForesseesWhatTwiceAsManyPhotosBring() {
    TrainingData photos = made(240, 60);
    LearningCurve curve = curve(photos, 2).orElseThrow();
    double doubled = accuracy(made(480, 60));
    assertThat(curve.photos()).isEqualTo(240);
    assertThat(curve.points()).hasSize(5);
    assertThat(curve.points().get(4).accuracy().value())
        .isGreaterThan(curve.points().get(0).accuracy().value() + 0.05);
    assertThat(curve.doubled().value()).isGreaterThan(curve.now().value());
    assertThat(doubled).isBetween(curve.doubled().low() - 0.02, curve.doubled().high() + 0.02);
    assertThat(curve.doubled().value()).isCloseTo(doubled, within(0.06));
  }

  private static double accuracy(TrainingData photos) {
    OutOfFold result =
        new CrossValidation(1, 10, new Penalty.OfSpread(0.1), 0, 2).run(photos, (done, all) -> {});
    return Scores.of(Predictions.of(result, photos)).accuracy().value();
  }

  @Test
  void theLabelThatIsKnownAlreadyDoesNotGainMost() {
    TrainingData photos = made(240, 60);
    LearningCurve curve = curve(photos, 2).orElseThrow();
    assertThat(curve.gains()).hasSize(3);
    assertThat(curve.gains().get(2).recall().value()).isLessThan(0.02);
    assertThat(curve.greatestGain().orElseThrow().label()).isLessThan(2);
  }

  @Test
  void whereNothingIsLeftToLearnNoLabelGains() {
    float[][] rows = new float[100][];
    for (int photo = 0; photo < 100; photo++) {
      rows[photo] = new float[] {photo % 2 * 10, photo * 1e-3f};
    }
    int[] labelOf = IntStream.range(0, 100).map(photo -> photo % 2).toArray();
    TrainingData photos = new TrainingData(new Labels(List.of("a", "b")), 2, rows, labelOf);
    LearningCurve curve = curve(photos, 1).orElseThrow();
    assertThat(curve.doubled().value()).isEqualTo(1);
    assertThat(curve.doubled().low()).isCloseTo(Interval.wilson(100, 100).low(), within(1e-9));
    assertThat(curve.greatestGain()).isEmpty();
  }

  /** A person who reads both must not find that they contradict each other. */
  @Test
  void theCurveSaysNothingElseThanTheScores() {
    for (int n : new int[] {60, 90, 150, 240}) {
      TrainingData photos = made(n, 30);
      Scores scores = Scores.of(Predictions.of(crossValidated(photos, 2), photos));
      LearningCurve curve = curve(photos, 2).orElseThrow();
      LearningCurve.Point last = curve.points().get(curve.points().size() - 1);
      assertThat(last.photos()).isEqualTo(0.8 * n);
      assertThat(last.accuracy().value()).isCloseTo(scores.accuracy().value(), within(1e-12));
      assertThat(last.accuracy().low()).isCloseTo(scores.accuracy().low(), within(1e-12));
      assertThat(curve.now().value()).isBetween(last.accuracy().value(), curve.doubled().value());
      for (LearningCurve.Gain gain : curve.gains()) {
        double recall = scores.labels().get(gain.label()).recall().value();
        assertThat(gain.recall().value()).isBetween(0.0, 1 - recall);
        assertThat(recall == 1 && gain.recall().high() > 0).isFalse();
      }
    }
  }

  @Test
  void aCurveNeedsThreeSizes() {
    TrainingData four = made(12, 4); // 4 photos a label: 4 folds, of which 1 or 2 are learnt
    assertThat(outcomes(four, 1)).hasSize(2);
    assertThat(curve(four, 1)).isEmpty();
    TrainingData one = made(3, 4);
    assertThat(outcomes(one, 1)).isEmpty();
  }

  @Test
  void aCrossValidationIsScoredOnAverageOverItsRepeats() {
    TrainingData photos = made(60, 12);
    OutOfFold result =
        new CrossValidation(3, 5, new Penalty.OfSpread(0.1), 0, 2).run(photos, (done, all) -> {});
    Predictions predictions = Predictions.of(result, photos);
    Scores scores = Scores.of(predictions);
    Evaluation pooled = predictions.pooled();
    assertThat(predictions.photos()).isEqualTo(60);
    assertThat(predictions.repeats()).isEqualTo(3);
    assertThat(pooled.photos()).isEqualTo(180);
    assertThat(scores.photos()).isEqualTo(60);
    assertThat(scores.accuracy().value()).isCloseTo(pooled.accuracy(), within(1e-12));
    assertThat(scores.logLoss().value()).isCloseTo(pooled.logLoss(), within(1e-12));
    assertThat(scores.macroF1().value()).isCloseTo(pooled.macroF1(), within(1e-12));
    assertThat(scores.expectedCalibrationError().value())
        .isCloseTo(pooled.calibration().expectedError(), within(1e-12));
    // As wide as that of 60 photos, not of 180.
    double p = scores.accuracy().value();
    assertThat(scores.accuracy().low()).isCloseTo(Interval.wilson(p, 60).low(), within(1e-12));
    assertThat(scores.labels().get(1).photos()).isEqualTo(20);
  }
}
