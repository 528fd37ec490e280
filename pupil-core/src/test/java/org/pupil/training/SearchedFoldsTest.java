package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the search for the penalty says of photos, beside the sums that it goes by. */
class SearchedFoldsTest {
  private static final TrainingData PHOTOS = Reference.made(5, 90, 0.3, 40, 40);

  private static TrainingResult train(int threads) {
    return new Trainer(TrainingSettings.DEFAULTS.withCalibrate(false), threads)
        .train(PHOTOS, Reference.none(PHOTOS), TrainingListener.NONE);
  }

  private static double logLoss(OutOfFold outOfFold) {
    return IntStream.of(outOfFold.heldOut())
        .mapToDouble(
            photo -> TemperatureScaling.logLoss(outOfFold.logits(0, photo), PHOTOS.label(photo), 1))
        .average()
        .orElseThrow();
  }

  private static int right(OutOfFold outOfFold) {
    return (int)
        IntStream.of(outOfFold.heldOut())
            .filter(photo -> Argmax.of(outOfFold.logits(0, photo)) == PHOTOS.label(photo))
            .count();
  }

  @Test
  void photosHaveTheLogitsOfThePenaltyThatWasChosenAndOfAStrongOne() {
    TrainingResult result = train(2);
    PenaltyChoice choice = result.penaltyChoice().orElseThrow();
    OutOfFold chosen = result.folds().orElseThrow().chosen();
    OutOfFold strong = result.folds().orElseThrow().strong().orElseThrow();

    assertThat(chosen.penalty()).isEqualTo(choice.penalty());
    assertThat(chosen.folds()).isEqualTo(choice.folds());
    assertThat(chosen.heldOut()).hasSize(PHOTOS.size());
    assertThat(right(chosen)).isEqualTo(choice.heldOut().orElseThrow().right());
    PenaltyChoice.Trial tried =
        choice.path().stream()
            .filter(trial -> trial.penalty() == choice.penalty())
            .findFirst()
            .orElseThrow();
    assertThat(logLoss(chosen)).isCloseTo(tried.logLoss(), within(1e-6));

    double unit = BottleneckMoments.of(PHOTOS).unit();
    assertThat(strong.penalty()).isCloseTo(SearchedFolds.STRONG * unit, within(1e-9 * unit));
    assertThat(logLoss(strong)).isCloseTo(choice.path().get(2).logLoss(), within(1e-6));
    assertThat(logLoss(strong)).isGreaterThan(logLoss(chosen));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void theyAreTheSameBitForBitWhateverTheThreads(int threads) {
    SearchedFolds one = train(1).folds().orElseThrow();
    SearchedFolds many = train(threads).folds().orElseThrow();
    for (int photo = 0; photo < PHOTOS.size(); photo++) {
      assertThat(many.chosen().fold(0, photo)).isEqualTo(one.chosen().fold(0, photo));
      assertThat(many.chosen().logits(0, photo)).isEqualTo(one.chosen().logits(0, photo));
      assertThat(many.strong().orElseThrow().logits(0, photo))
          .isEqualTo(one.strong().orElseThrow().logits(0, photo));
    }
  }
}
