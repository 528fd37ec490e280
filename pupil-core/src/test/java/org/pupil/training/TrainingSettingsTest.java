package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;

class TrainingSettingsTest {
  private static TrainingSettings settings(
      double rate, int steps, int train, int validation, int test, int interval) {
    return new TrainingSettings(
        Optimizer.GRADIENT_DESCENT, rate, steps, train, validation, test, interval, 0, 0);
  }

  @Test
  void theDefaultsAreTheOriginals() {
    TrainingSettings defaults = TrainingSettings.DEFAULTS;
    assertThat(defaults.learningRate()).isEqualTo(0.01);
    assertThat(defaults.howManyTrainingSteps()).isEqualTo(4000);
    assertThat(defaults.trainBatchSize()).isEqualTo(100);
    assertThat(defaults.validationBatchSize()).isEqualTo(100);
    assertThat(defaults.testBatchSize()).isEqualTo(-1);
    assertThat(defaults.evalStepInterval()).isEqualTo(10);
    assertThat(defaults.intermediateStoreFrequency()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-0.1 | 1 | 1 | 1 | 1 | 1 | learningRate must be positive, was -0.1",
        "0 | 1 | 1 | 1 | 1 | 1 | learningRate must be positive, was 0.0",
        "NaN | 1 | 1 | 1 | 1 | 1 | learningRate must be positive, was NaN",
        "Infinity | 1 | 1 | 1 | 1 | 1 | learningRate must be positive, was Infinity",
        "1 | -1 | 1 | 1 | 1 | 1 | howManyTrainingSteps must be 0 or more, was -1",
        "1 | 1 | 0 | 1 | 1 | 1 | trainBatchSize must be a number of photos, or -1 for all of"
            + " them, was 0",
        "1 | 1 | 1 | 0 | 1 | 1 | validationBatchSize must be a number of photos, or -1 for all"
            + " of them, was 0",
        "1 | 1 | 1 | 1 | 0 | 1 | testBatchSize must be a number of photos, or -1 for all of"
            + " them, was 0",
        "1 | 1 | 1 | 1 | 1 | 0 | evalStepInterval must be 1 or more, was 0",
        "1 | 1 | 1 | 1 | 1 | -5 | evalStepInterval must be 1 or more, was -5",
      })
  void aWrongValueIsNamedWithItsFlag(
      double rate, int steps, int train, int validation, int test, int interval, String message) {
    assertThatThrownBy(() -> settings(rate, steps, train, validation, test, interval))
        .isInstanceOfSatisfying(
            PupilException.class,
            error -> assertThat(error.kind()).isEqualTo(PupilException.Kind.USAGE))
        .hasMessage(message);
  }

  @Test
  void theLastStepIsEvaluatedWhateverTheInterval() {
    TrainingSettings settings = settings(1, 24, 1, 1, 1, 10);
    assertThat(java.util.stream.IntStream.range(0, 24).filter(settings::evaluatesAt))
        .containsExactly(0, 10, 20, 23);
  }

  @Test
  void distortionsRuleOutTheWholeSetAndAuto() {
    settings(1, 1, 100, 1, 1, 1).checkForDistortions();
    assertThatThrownBy(() -> settings(1, 1, -1, 1, 1, 1).checkForDistortions())
        .hasMessageStartingWith("trainBatchSize must be positive with distortions")
        .hasMessageEndingWith("was -1");
    assertThatThrownBy(TrainingSettings.DEFAULTS::checkForDistortions)
        .hasMessageStartingWith("optimizer=auto cannot learn from distortions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradient_descent", "Momentum", "ADAM", "auto"})
  void anOptimizerIsFoundByItsName(String name) {
    assertThat(Optimizer.named(name).flagValue()).isEqualToIgnoringCase(name);
  }

  @Test
  void anUnknownOptimizerIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> Optimizer.named("sgd"))
        .hasMessage("optimizer must be one of gradient_descent, momentum, adam, auto, was sgd");
  }

  @Test
  void theOptimizerIsAutoUnlessTheOriginalsFlagsSayOtherwise() {
    assertThat(Optimizer.unlessGiven(false, false)).isEqualTo(Optimizer.AUTO);
    assertThat(Optimizer.unlessGiven(true, false)).isEqualTo(Optimizer.GRADIENT_DESCENT);
    assertThat(Optimizer.unlessGiven(false, true)).isEqualTo(Optimizer.GRADIENT_DESCENT);
  }
}
