package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorTest {
  private static final TrainingData ALL = Reference.made(21, 60, 0.2, 600, 600);

  /** Few photos of many numbers, whose labels overlap: the originals' rule learns them by heart. */
  private static final TrainingData PHOTOS = some(0, 80);

  private static final TrainingData VALIDATION = some(80, 160);
  private static final TrainingData NEW = some(160, 1200);

  private static TrainingData some(int from, int to) {
    return new TrainingData(
        ALL.labels(),
        ALL.dimension(),
        IntStream.range(from, to).mapToObj(ALL::row).toArray(float[][]::new),
        IntStream.range(from, to).map(ALL::label).toArray());
  }

  private static TrainingSettings descent() {
    return new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.1, 4000, -1, -1, -1, 1000, 0, 5);
  }

  private static TrainingResult train(TrainingSettings settings, int threads) {
    return new Trainer(settings, threads).train(PHOTOS, VALIDATION, TrainingListener.NONE);
  }

  private static double logLoss(FinalLayer layer, TrainingData photos) {
    return IntStream.range(0, photos.size())
        .mapToDouble(
            photo ->
                TemperatureScaling.logLoss(layer.logits(photos.row(photo)), photos.label(photo), 1))
        .average()
        .orElseThrow();
  }

  @Test
  void gradientDescentOf4000StepsIsTooSureOfItselfAndLessSoOnceCalibrated() {
    TrainingResult plain = train(descent(), 1);
    TrainingResult calibrated = train(descent().withCalibrate(true), 1);
    assertThat(calibrated.temperature().orElseThrow().temperature()).isGreaterThan(1.2);
    assertThat(logLoss(calibrated.layer(), NEW)).isLessThan(0.9 * logLoss(plain.layer(), NEW));
  }

  @Test
  void theOriginalsRuleGivesTheOriginalsNumbersUnlessAskedOtherwise() {
    assertThat(descent().calibrate()).isFalse();
    assertThat(train(descent(), 1).temperature()).isEmpty();
    assertThat(descent().withOptimizer(Optimizer.AUTO).withCalibrate(false).calibrate()).isFalse();
    assertThat(TrainingSettings.DEFAULTS.calibrate()).isTrue();
  }

  @Test
  void whatIsCalibratedOrdersTheLabelsAsBefore() {
    FinalLayer plain = train(descent(), 1).layer();
    FinalLayer calibrated = train(descent().withCalibrate(true), 1).layer();
    for (int photo = 0; photo < NEW.size(); photo++) {
      assertThat(Argmax.of(calibrated.probabilities(NEW.row(photo))))
          .isEqualTo(Argmax.of(plain.probabilities(NEW.row(photo))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void autoIsCalibratedByCrossValidationAndTheSameBitForBitWhateverTheThreads(int threads) {
    TrainingResult one = train(TrainingSettings.DEFAULTS, 1);
    TrainingResult many = train(TrainingSettings.DEFAULTS, threads);
    assertThat(one.temperature().orElseThrow().photos()).isEqualTo(PHOTOS.size());
    assertThat(many.temperature()).isEqualTo(one.temperature());
    assertThat(many.layer().weights()).isEqualTo(one.layer().weights());
  }

  @Test
  void withoutValidationPhotosALayerTrainedInStepsStaysAsItIs() {
    TrainingSettings settings = descent().withCalibrate(true);
    TrainingResult result =
        new Trainer(settings, 1).train(PHOTOS, Reference.none(PHOTOS), TrainingListener.NONE);
    assertThat(result.temperature()).isEmpty();
    assertThat(result.layer().weights()).isEqualTo(train(descent(), 1).layer().weights());
  }

  @Test
  void aPersonWhoEndsTheSearchNeedNotWaitForTheCalibration() {
    TrainingListener impatient =
        new TrainingListener() {
          @Override
          public boolean endsSearch() {
            return true;
          }
        };
    TrainingResult result =
        new Trainer(TrainingSettings.DEFAULTS, 1).train(PHOTOS, VALIDATION, impatient);
    assertThat(result.temperature()).isEmpty();
  }
}
