package org.pupil.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.pupil.chance.Chance;

class ImportanceTest {
  /** Against SciPy: {@code src/test/reference/tuning.py}. */
  @Test
  void theStatisticIsThatOfKruskalAndWallisWithTies() {
    double infinite = Double.POSITIVE_INFINITY;
    double[][] groups = {
      {0.31, 0.29, 0.44, 0.3, 0.9}, {0.21, 0.29, 0.25}, {1.5, 0.95, 0.9, 2.0, infinite, infinite}
    };
    assertThat(Importance.statistic(groups)).isCloseTo(10.850110619469023, Offset.offset(1e-12));
  }

  private static Trial trial(int number, Configuration configuration, double loss) {
    FoldOutcome outcome =
        Double.isFinite(loss)
            ? new FoldOutcome(
                new float[] {(float) loss}, new BitSet(), 1, List.of(), Optional.empty())
            : FoldOutcome.failed(new FoldOutcome.Failure(true, "ran away"), 1);
    return new Trial(
        number,
        configuration,
        List.of(outcome),
        Double.isFinite(loss) ? Trial.Status.COMPLETED : Trial.Status.DIVERGED);
  }

  @Test
  void whatDecidesIsFoundAndWhatDoesNotIsNot() {
    SearchSpace space =
        SearchSpace.parse(
            "optimizer=momentum|adam,learning_rate=log:1e-4..1,train_batch_size=log:16..256");
    Chance chance = new Chance(4, Chance.Purpose.TRIALS);
    Random noise = new Random(2);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Configuration one = space.draw(chance);
      double rate =
          Math.log10(Double.parseDouble(one.get(Hyperparameter.LEARNING_RATE).orElseThrow()));
      double loss =
          rate > -0.3
              ? Double.POSITIVE_INFINITY
              : 0.5 + 0.2 * Math.abs(rate + 2) + 0.05 * noise.nextGaussian();
      trials.add(trial(i + 1, one, loss));
    }

    List<Importance> found = Importance.of(space, trials, 1);

    assertThat(found.get(0).hyperparameter()).isEqualTo(Hyperparameter.LEARNING_RATE);
    assertThat(found.get(0).isCertain()).isTrue();
    assertThat(found.get(0).part()).isBetween(0.3, 1.0);
    assertThat(found.get(0).values()).hasSize(3);
    assertThat(found.get(0).values().stream().mapToInt(Importance.OfValue::trials).sum())
        .isEqualTo(60);
    assertThat(found.subList(1, 3)).noneMatch(Importance::isCertain);
    assertThat(found.subList(1, 3)).allMatch(one -> one.part() < 0.1);
  }

  @Test
  void tooFewTrialsTellNothing() {
    SearchSpace space = SearchSpace.parse("optimizer=momentum|adam");
    List<Trial> two = new ArrayList<>();
    space.grid(1).forEach(one -> two.add(trial(two.size() + 1, one, two.size())));

    assertThat(Importance.of(space, two, 1)).noneMatch(Importance::isCertain);
    assertThat(Importance.of(space, List.of(), 1)).noneMatch(Importance::isCertain);
  }
}
