package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.chance.Chance;
import org.pupil.training.PenaltyChoice.Trial;

class AutoTrainingTest {
  private static TrainingSettings settings(long seed, int interval) {
    return new TrainingSettings(Optimizer.AUTO, 0.01, 4000, 100, -1, -1, interval, 0, seed);
  }

  private static TrainingResult train(TrainingData photos, int threads) {
    return new Trainer(settings(0, 10), threads)
        .train(photos, Reference.none(photos), TrainingListener.NONE);
  }

  private static double accuracy(FinalLayer layer, TrainingData photos) {
    int right = 0;
    for (int photo = 0; photo < photos.size(); photo++) {
      float[] p = layer.probabilities(photos.row(photo));
      right += Argmax.of(p, 0, p.length) == photos.label(photo) ? 1 : 0;
    }
    return (double) right / photos.size();
  }

  @Test
  void theLogLossesOfThePathAreScikitLearnsOnTheSameFolds() throws IOException {
    JsonNode reference = Reference.read("auto.json").get("crossValidation");
    TrainingData photos = Reference.data(reference);
    TrainingResult result =
        new Trainer(settings(reference.get("seed").asLong(), 10), 2)
            .train(photos, Reference.none(photos), TrainingListener.NONE);
    PenaltyChoice choice = result.penaltyChoice().orElseThrow();
    assertThat(choice.folds()).isEqualTo(5);
    // The least is the fifth; after it come the two rises that end the path.
    assertThat(choice.path()).hasSize(7);
    for (int i = 0; i < 7; i++) {
      JsonNode expected = reference.get("path").get(i);
      Trial trial = choice.path().get(i);
      assertThat(trial.penalty())
          .isCloseTo(expected.get("penalty").asDouble(), within(1e-4 * trial.penalty()));
      // The fits of the folds stop short of the minimum, where the choice no longer changes.
      assertThat(trial.logLoss()).isCloseTo(expected.get("logLoss").asDouble(), within(5e-3));
    }
    assertThat(choice.penalty()).isEqualTo(choice.path().get(4).penalty());
  }

  @Test
  void theSeedDealsTheFolds() {
    TrainingData photos = Reference.made(4, 8, 0.3, 30, 20);
    assertThat(path(photos, 1)).isEqualTo(path(photos, 1)).isNotEqualTo(path(photos, 2));
  }

  private static List<Trial> path(TrainingData photos, long seed) {
    TrainingResult result =
        new Trainer(settings(seed, 10), 1)
            .train(photos, Reference.none(photos), TrainingListener.NONE);
    return result.penaltyChoice().orElseThrow().path();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void theLayerIsTheSameBitForBitWhateverTheThreads(int threads) {
    // Enough work for several shares, and more than a block of photos a fold.
    TrainingData photos = Reference.made(3, 150, 0.15, 1900, 700, 300);
    TrainingResult one = train(photos, 1);
    TrainingResult many = train(photos, threads);
    assertThat(many.layer().weights()).isEqualTo(one.layer().weights());
    assertThat(many.layer().biases()).isEqualTo(one.layer().biases());
    assertThat(many.penaltyChoice()).isEqualTo(one.penaltyChoice());
  }

  @Test
  void theIterationsAreStepsOfTheWholeSetThatEndConverged() {
    TrainingData photos = Reference.made(5, 8, 0.3, 40, 25);
    TrainingData validation = Reference.made(6, 8, 0.3, 5, 9);
    List<Double> losses = new ArrayList<>();
    List<Integer> evaluated = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(BatchView training) {
            assertThat(training.step()).isEqualTo(losses.size());
            assertThat(training.size()).isEqualTo(65);
            losses.add(training.crossEntropy());
          }

          @Override
          public void onEvaluation(StepEvaluation evaluation) {
            evaluated.add(evaluation.step());
            assertThat(evaluation.validation().orElseThrow().size()).isEqualTo(14);
          }
        };
    TrainingResult result = new Trainer(settings(0, 3), 2).train(photos, validation, listener);
    int steps = result.stepsDone();
    assertThat(losses).hasSize(steps);
    assertThat(steps).isBetween(4, 30);
    assertThat(losses.get(0)).isCloseTo(Math.log(2), within(1e-6));
    assertThat(losses.get(steps - 1)).isCloseTo(losses.get(steps - 2), within(1e-4));
    assertThat(evaluated).startsWith(0, 3).endsWith(steps - 1).doesNotContain(1);
  }

  /** A listener that has had enough of the search when it was asked so often. */
  private static TrainingListener searchingUntil(int asked) {
    AtomicInteger times = new AtomicInteger();
    return new TrainingListener() {
      @Override
      public boolean endsSearch() {
        return times.incrementAndGet() > asked;
      }
    };
  }

  @Test
  void aSearchThatIsEndedChoosesFromWhatAllFoldsHaveTried() {
    TrainingData photos = Reference.made(5, 8, 0.3, 40, 25);
    TrainingData none = Reference.made(6, 8, 0.3, 0, 0);
    PenaltyChoice whole = train(photos, 1).penaltyChoice().orElseThrow();
    List<Integer> lengths = new ArrayList<>();
    for (int asked : new int[] {0, 20, 60, 120, 1_000_000}) {
      TrainingResult result =
          new Trainer(settings(0, 3), 1).train(photos, none, searchingUntil(asked));
      PenaltyChoice choice = result.penaltyChoice().orElseThrow();
      assertThat(choice.path()).isEqualTo(whole.path().subList(0, choice.path().size()));
      assertThat(accuracy(result.layer(), photos)).isGreaterThan(0.5);
      lengths.add(choice.path().size());
    }
    assertThat(lengths).isSorted().startsWith(0).endsWith(whole.path().size());
    assertThat(lengths.stream().distinct().count()).isGreaterThan(2);
  }

  @Test
  void aFitThatIsEndedGivesTheLayerOfItsLastStep() {
    TrainingData photos = Reference.made(5, 8, 0.3, 40, 25);
    TrainingData none = Reference.made(6, 8, 0.3, 0, 0);
    List<Double> losses = new ArrayList<>();
    TrainingListener listening =
        new TrainingListener() {
          @Override
          public void onStep(BatchView training) {
            losses.add(training.crossEntropy());
          }
        };
    TrainingListener ending =
        new TrainingListener() {
          @Override
          public boolean endsAfter(int step) {
            return step == 2;
          }
        };
    new Trainer(settings(0, 3), 1).train(photos, none, listening);
    TrainingResult ended = new Trainer(settings(0, 3), 1).train(photos, none, ending);
    assertThat(ended.stepsDone()).isEqualTo(3);
    double loss = 0;
    for (int photo = 0; photo < photos.size(); photo++) {
      loss -= Math.log(ended.layer().probabilities(photos.row(photo))[photos.label(photo)]);
    }
    // A step is heard before its update: the fourth has the layer of the third.
    assertThat(loss / photos.size()).isCloseTo(losses.get(3), within(1e-5));
  }

  @Test
  void onePhotoALabelIsEnough() {
    TrainingData photos = Reference.made(7, 20, 2, 1, 1, 1);
    TrainingResult result = train(photos, 2);
    assertThat(result.penaltyChoice().orElseThrow().folds()).isZero();
    assertThat(result.penaltyChoice().orElseThrow().path()).isEmpty();
    assertThat(accuracy(result.layer(), photos)).isEqualTo(1);
  }

  /** Relative to the mean squared distance from the mean, which is 4 here. */
  @Test
  void photosTooFewToCrossValidateHaveAPenaltyOfTheirOwn() {
    TrainingData photos =
        new TrainingData(Reference.labels(2), 1, new float[][] {{1}, {5}}, new int[] {0, 1});
    assertThat(penalty(photos)).isCloseTo(4 * Math.pow(10, -2.5), within(1e-9));
  }

  @Test
  void unfinishedLayersAreGivenWhereTheyAreWanted() {
    TrainingData photos = Reference.made(5, 8, 0.3, 40, 25);
    List<Integer> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onSnapshot(int step, FinalLayer layer) {
            steps.add(step);
          }
        };
    TrainingSettings everySecond =
        new TrainingSettings(Optimizer.AUTO, 0.01, 4000, 100, -1, -1, 10, 2, 0);
    new Trainer(everySecond, 1).train(photos, Reference.none(photos), listener);
    assertThat(steps).startsWith(2, 4).doesNotContain(0, 1, 3);
  }

  @Test
  void aLabelWithOnePhotoGoesWithLabelsThatHaveMany() {
    TrainingData photos = Reference.made(8, 20, 2, 30, 1, 12, 2);
    TrainingResult result = train(photos, 2);
    assertThat(result.penaltyChoice().orElseThrow().folds()).isEqualTo(5);
    assertThat(accuracy(result.layer(), photos)).isEqualTo(1);
  }

  @Test
  void manyLabelsAndOneFloatWork() {
    int[] counts = {6, 2, 3, 9, 4, 5, 1, 8, 3, 3, 2, 7};
    TrainingData many = Reference.made(9, 30, 3, counts);
    assertThat(accuracy(train(many, 2).layer(), many)).isEqualTo(1);
    TrainingData narrow = Reference.made(10, 1, 2, 12, 15);
    assertThat(train(narrow, 2).layer().labelCount()).isEqualTo(2);
  }

  @Test
  void bottlenecksThatAreAllEqualGiveTheLabelsShares() {
    float[][] rows = new float[8][3];
    TrainingData photos =
        new TrainingData(Reference.labels(2), 3, rows, new int[] {0, 1, 0, 0, 0, 1, 0, 0});
    FinalLayer layer = train(photos, 1).layer();
    assertThat(layer.probabilities(new float[3]))
        .containsExactly(new float[] {0.75f, 0.25f}, within(1e-5f));
  }

  /** Labels are drawn by chance, so nothing can be learned, except which photos are siblings. */
  @Test
  void siblingsDoNotMakeThePenaltyTooLow() {
    int groups = 40;
    int siblings = 5;
    int d = 30;
    Chance chance = new Chance(12, Chance.Purpose.TEST_BATCH);
    float[][] rows = new float[groups * siblings][d];
    int[] labelOf = new int[rows.length];
    int[] groupOf = new int[rows.length];
    for (int group = 0; group < groups; group++) {
      int label = chance.below(2);
      float[] first = new float[d];
      for (int j = 0; j < d; j++) {
        first[j] = (float) chance.truncatedNormal();
      }
      for (int photo = group * siblings; photo < (group + 1) * siblings; photo++) {
        labelOf[photo] = label;
        groupOf[photo] = group;
        for (int j = 0; j < d; j++) {
          rows[photo][j] = first[j] + 0.01f * (float) chance.truncatedNormal();
        }
      }
    }
    TrainingData alone = new TrainingData(Reference.labels(2), d, rows, labelOf);
    TrainingData together = new TrainingData(Reference.labels(2), d, rows, labelOf, groupOf);
    assertThat(penalty(together)).isGreaterThan(100 * penalty(alone));
  }

  private static double penalty(TrainingData photos) {
    return train(photos, 2).penaltyChoice().orElseThrow().penalty();
  }

  @Test
  void theUnitOfTheBottlenecksDoesNotMatter() {
    TrainingData photos = Reference.made(11, 12, 0.4, 30, 20, 25);
    float[][] larger = new float[photos.size()][12];
    int[] labels = new int[photos.size()];
    for (int photo = 0; photo < photos.size(); photo++) {
      labels[photo] = photos.label(photo);
      for (int j = 0; j < 12; j++) {
        larger[photo][j] = 1024 * photos.row(photo)[j];
      }
    }
    FinalLayer plain = train(photos, 1).layer();
    FinalLayer scaled = train(new TrainingData(photos.labels(), 12, larger, labels), 1).layer();
    for (int photo = 0; photo < photos.size(); photo++) {
      assertThat(scaled.probabilities(larger[photo]))
          .containsExactly(plain.probabilities(photos.row(photo)), within(1e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 1e30f})
  void bottlenecksThatAreNoNumbersDiverge(float bad) {
    float[][] rows = {{1, 2}, {bad, 0}, {0, 3}};
    TrainingData photos = new TrainingData(Reference.labels(2), 2, rows, new int[] {0, 1, 1});
    TrainingResult result = train(photos, 1);
    assertThat(result.divergence()).isPresent();
    assertThat(result.stepsDone()).isZero();
    assertThat(result.layer().weights()).containsOnly(0);
  }
}
