package org.pupil.finetuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningPlanTest {
  private static final TuningPlan ASKED = new TuningPlan(8, 2, true);

  /** Each view costs ten seconds, each epoch seven, and each on all photos nine. */
  @ParameterizedTest
  @CsvSource({
    "148, 8, 2, true",
    "147, 8, 2, false",
    "76, 8, 2, false",
    "75, 7, 2, false",
    "41, 3, 2, false",
    // Two epochs of both views would fit, but epochs are worth more.
    "40, 4, 1, false",
    "34, 3, 1, false",
    "17, 1, 1, false"
  })
  void whatDoesNotFitIsLeftOut(int seconds, int epochs, int views, boolean onAll) {
    assertThat(within(seconds)).contains(new TuningPlan(epochs, views, onAll));
  }

  @ParameterizedTest
  @CsvSource({"16", "1", "0", "-5"})
  void whereNotEvenOneEpochFitsThereIsNoPlan(int seconds) {
    assertThat(within(seconds)).isEmpty();
  }

  private static Optional<TuningPlan> within(int seconds) {
    return ASKED.within(
        Duration.ofSeconds(seconds),
        new TuningPlan.Cost() {
          @Override
          public Duration maps(int views) {
            return Duration.ofSeconds(10L * views);
          }

          @Override
          public Duration epoch() {
            return Duration.ofSeconds(7);
          }

          @Override
          public Duration epochOnAll() {
            return Duration.ofSeconds(9);
          }
        });
  }
}
