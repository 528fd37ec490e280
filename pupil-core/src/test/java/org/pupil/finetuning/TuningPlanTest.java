package org.pupil.finetuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningPlanTest {
  private static final TuningPlan ASKED = new TuningPlan(8, 2);

  /** Each view costs ten seconds, each epoch seven. */
  @ParameterizedTest
  @CsvSource({
    "100, 8, 2",
    "76, 8, 2",
    "75, 7, 2",
    "41, 3, 2",
    // Two epochs of both views would fit, but epochs are worth more.
    "40, 4, 1",
    "34, 3, 1",
    "17, 1, 1"
  })
  void whatDoesNotFitIsLeftOutEpochsFirst(int seconds, int epochs, int views) {
    assertThat(within(seconds)).contains(new TuningPlan(epochs, views));
  }

  @ParameterizedTest
  @CsvSource({"16", "1", "0", "-5"})
  void whereNotEvenOneEpochFitsThereIsNoPlan(int seconds) {
    assertThat(within(seconds)).isEmpty();
  }

  private static Optional<TuningPlan> within(int seconds) {
    return ASKED.within(
        Duration.ofSeconds(seconds),
        views -> Duration.ofSeconds(10L * views),
        Duration.ofSeconds(7));
  }
}
