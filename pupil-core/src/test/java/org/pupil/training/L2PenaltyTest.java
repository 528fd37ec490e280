package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;

class L2PenaltyTest {
  private static final TrainingData NOBODY = photos(0);

  private static TrainingData photos(int count) {
    Random random = new Random(5);
    float[][] rows = new float[count][6];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
      for (int j = 0; j < 6; j++) {
        rows[i][j] = (float) random.nextGaussian() + (j == labels[i] ? 1 : 0);
      }
    }
    return new TrainingData(new Labels(List.of("a", "b", "c")), 6, rows, labels);
  }

  private static TrainingSettings settings(Optimizer optimizer, OptionalDouble penalty) {
    return new TrainingSettings(optimizer, 0.5, 2000, -1, -1, -1, 1000, 0, 1)
        .withL2Penalty(penalty);
  }

  private static float[] weights(TrainingSettings settings, TrainingData photos) {
    return new Trainer(settings, 2).train(photos, NOBODY, TrainingListener.NONE).layer().weights();
  }

  private static double squares(float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += weight * weight;
    }
    return sum;
  }

  /** The convex problem has one solution, whichever way leads there. */
  @ParameterizedTest
  @EnumSource(
      value = Optimizer.class,
      names = {"GRADIENT_DESCENT", "MOMENTUM"})
  void stepsOnAllPhotosComeToTheLayerThatAutoFitsWithTheSamePenalty(Optimizer steps) {
    TrainingData photos = photos(60);
    OptionalDouble penalty = OptionalDouble.of(3);

    float[] fitted = weights(settings(Optimizer.AUTO, penalty).withCalibrate(false), photos);
    float[] stepped = weights(settings(steps, penalty), photos);

    assertThat(stepped).containsExactly(fitted, Offset.offset(1e-3f));
    assertThat(squares(weights(settings(steps, OptionalDouble.empty()), photos)))
        .isGreaterThan(1.5 * squares(stepped));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void autoWithThePenaltyThatItWouldChooseGivesTheSameLayer(boolean calibrate) {
    TrainingData photos = photos(90);
    TrainingSettings free =
        settings(Optimizer.AUTO, OptionalDouble.empty()).withCalibrate(calibrate);
    TrainingResult chosen = new Trainer(free, 2).train(photos, NOBODY, TrainingListener.NONE);
    double penalty = chosen.penaltyChoice().orElseThrow().penalty();

    TrainingResult given =
        new Trainer(free.withL2Penalty(OptionalDouble.of(penalty)), 2)
            .train(photos, NOBODY, TrainingListener.NONE);

    assertThat(given.penaltyChoice().orElseThrow().penalty()).isEqualTo(penalty);
    assertThat(given.penaltyChoice().orElseThrow().path()).isEmpty();
    assertThat(given.folds().isPresent()).isEqualTo(calibrate);
    if (!calibrate) {
      assertThat(given.layer().weights()).containsExactly(chosen.layer().weights());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aPenaltyIsAPositiveNumber(double value) {
    assertThatThrownBy(() -> settings(Optimizer.AUTO, OptionalDouble.of(value)))
        .isInstanceOf(PupilException.class)
        .hasMessage("l2Penalty must be positive, was " + value);
  }

  @Test
  void theFoldsForOtherTrainersAreThoseOfTheCrossValidation() {
    TrainingData photos = photos(47);
    OutOfFold outOfFold =
        new CrossValidation(2, 5, new Penalty.Given(1), 3, 1).run(photos, (done, all) -> {});
    RepeatedFolds folds = RepeatedFolds.of(photos, 2, 5, 3);

    assertThat(folds.count()).isEqualTo(10);
    for (int fold = 0; fold < 10; fold++) {
      for (int photo : folds.heldOut(fold)) {
        assertThat(outOfFold.fold(fold / 5, photo)).isEqualTo(fold % 5);
      }
      assertThat(folds.learnt(fold)).hasSize(47 - folds.heldOut(fold).length);
      assertThat(folds.learnt(fold)).doesNotContain(folds.heldOut(fold));
    }
  }
}
