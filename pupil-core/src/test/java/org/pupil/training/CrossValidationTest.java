package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.background.Workers;
import org.pupil.errors.PupilException;

class CrossValidationTest {
  private static final CrossValidation.Listener NOBODY = (done, all) -> {};

  private static OutOfFold run(TrainingData photos, Penalty penalty, long seed, int threads) {
    return new CrossValidation(3, 5, penalty, seed, threads).run(photos, NOBODY);
  }

  private static void assertSame(OutOfFold one, OutOfFold other) {
    assertThat(other.heldOut()).isEqualTo(one.heldOut());
    assertThat(other.penalty()).isEqualTo(one.penalty());
    for (int photo : one.heldOut()) {
      for (int repeat = 0; repeat < 3; repeat++) {
        assertThat(other.fold(repeat, photo)).isEqualTo(one.fold(repeat, photo));
        assertThat(other.logits(repeat, photo)).isEqualTo(one.logits(repeat, photo));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void theLogitsAreTheSameBitForBitWhateverTheThreads(int threads) {
    // Enough work for several shares of the fit of all photos.
    TrainingData photos = Reference.made(3, 150, 0.15, 1900, 700, 300);
    Penalty strong = new Penalty.OfSpread(1);
    assertSame(run(photos, strong, 1, 1), run(photos, strong, 1, threads));
  }

  /** Leaks of the photos held out would show here: those fits start elsewhere, with nothing. */
  @Test
  void everyPhotoHasTheLogitsOfALayerThatWasFittedToTheOtherFolds() {
    TrainingData photos = Reference.made(4, 20, 0.5, 40, 25, 30);
    OutOfFold result = run(photos, new Penalty.Given(0.5), 7, 2);
    assertThat(result.heldOut()).hasSize(95);
    assertThat(result.folds()).isEqualTo(5);
    for (int repeat = 0; repeat < 3; repeat++) {
      for (int fold = 0; fold < 5; fold++) {
        FinalLayer layer = fitted(photos, others(result, repeat, fold), 0.5);
        for (int photo = 0; photo < 95; photo++) {
          if (result.fold(repeat, photo) == fold) {
            assertThat(result.logits(repeat, photo))
                .containsExactly(layer.logits(photos.row(photo)), within(2e-3f));
          }
        }
      }
    }
  }

  @Test
  void theProbabilitiesAreScikitLearnsOnTheSameFolds() throws IOException {
    JsonNode reference = Reference.read("cross_validation.json");
    TrainingData ungrouped = Reference.data(reference);
    int n = ungrouped.size();
    float[][] rows = IntStream.range(0, n).mapToObj(ungrouped::row).toArray(float[][]::new);
    int[] labelOf = Reference.ints(reference.get("labels"));
    int[] groupOf = Reference.ints(reference.get("groups"));
    TrainingData photos =
        new TrainingData(ungrouped.labels(), ungrouped.dimension(), rows, labelOf, groupOf);
    OutOfFold result =
        new CrossValidation(
                reference.get("repeats").size(),
                reference.get("folds").asInt(),
                new Penalty.Given(reference.get("penalty").asDouble()),
                reference.get("seed").asLong(),
                2)
            .run(photos, NOBODY);
    for (int repeat = 0; repeat < 2; repeat++) {
      JsonNode expected = reference.get("repeats").get(repeat);
      for (int photo = 0; photo < n; photo++) {
        int fold = expected.get("folds").get(photo).asInt();
        if (fold < 0) {
          assertThat(result.neverHeldOut()).contains(photo);
        } else {
          assertThat(result.fold(repeat, photo)).isEqualTo(fold);
          assertThat(result.probabilities(repeat, photo))
              .containsExactly(
                  Reference.floats(expected.get("probabilities").get(photo)), within(1e-3f));
        }
      }
    }
  }

  private static int[] others(OutOfFold result, int repeat, int fold) {
    return IntStream.range(0, result.photos())
        .filter(photo -> result.fold(repeat, photo) != fold)
        .toArray();
  }

  private static FinalLayer fitted(TrainingData photos, int[] chosen, double penalty) {
    TrainingData learnt = photos.only(chosen);
    BottleneckMoments moments = BottleneckMoments.of(learnt);
    LayerArrays layer = new LayerArrays(photos.labels().size(), photos.dimension());
    try (Workers workers = new Workers("test", 1)) {
      SoftmaxProblem problem = new SoftmaxProblem(learnt, moments, workers);
      SoftmaxObjective objective =
          problem.whole(FeatureBlock.of(learnt, Folds.of(learnt, 0), moments.mean()));
      NewtonFit fit = new NewtonFit(objective, penalty, problem.zero(), 1e-4);
      for (int i = 0; i < 30; i++) {
        fit.iterate();
      }
      objective.toLayer(fit.point(), moments.mean(), layer);
    }
    return layer.toFinalLayer();
  }

  @Test
  void theSeedDealsTheFoldsAndEachRepeatDealsThemAnew() {
    TrainingData photos = Reference.made(4, 8, 0.3, 30, 20);
    Penalty penalty = new Penalty.OfSpread(0.1);
    OutOfFold one = run(photos, penalty, 1, 2);
    assertSame(one, run(photos, penalty, 1, 2));
    assertThat(folds(one, 0)).isNotEqualTo(folds(run(photos, penalty, 2, 2), 0));
    assertThat(folds(one, 0)).isNotEqualTo(folds(one, 1));
    assertThat(folds(one, 1)).isNotEqualTo(folds(one, 2));
  }

  private static int[] folds(OutOfFold result, int repeat) {
    return IntStream.of(result.heldOut()).map(photo -> result.fold(repeat, photo)).toArray();
  }

  @Test
  void theLabelsAreSpreadOverAsManyFoldsAsAskedFor() {
    TrainingData photos = Reference.made(4, 8, 0.3, 30, 20);
    OutOfFold result =
        new CrossValidation(2, 10, new Penalty.OfSpread(0.1), 0, 2).run(photos, NOBODY);
    assertThat(result.folds()).isEqualTo(10);
    int[][] inFold = new int[2][10];
    for (int photo : result.heldOut()) {
      inFold[photos.label(photo)][result.fold(1, photo)]++;
    }
    assertThat(inFold[0]).containsOnly(3);
    assertThat(inFold[1]).containsOnly(2);
  }

  /** Siblings are as good as equal, and labels are drawn by chance: who saw one knows the other. */
  @Test
  void groupsAreHeldOutTogether() {
    TrainingData single = Reference.made(5, 40, 0, 20, 20);
    int[] twice = IntStream.range(0, 80).map(i -> i / 2).toArray();
    TrainingData alone = single.only(twice);
    float[][] rows = IntStream.range(0, 80).mapToObj(alone::row).toArray(float[][]::new);
    int[] labelOf = IntStream.range(0, 80).map(alone::label).toArray();
    TrainingData apart = new TrainingData(single.labels(), 40, rows, labelOf);
    Penalty weak = new Penalty.OfSpread(1e-3);
    assertThat(right(run(apart, weak, 1, 2), apart)).isGreaterThan(0.85);
    assertThat(right(run(alone, weak, 1, 2), alone)).isBetween(0.3, 0.7);
  }

  private static double right(OutOfFold result, TrainingData photos) {
    return IntStream.of(result.heldOut())
        .filter(photo -> Argmax.of(result.meanProbabilities(photo)) == photos.label(photo))
        .mapToDouble(photo -> 1.0 / photos.size())
        .sum();
  }

  @Test
  void theOnlyPhotoOfALabelIsNeverHeldOut() {
    TrainingData photos = Reference.made(8, 20, 2, 30, 1, 12, 2);
    OutOfFold result = run(photos, new Penalty.Chosen(), 0, 2);
    int only = IntStream.range(0, 45).filter(photo -> photos.label(photo) == 1).sum();
    assertThat(result.neverHeldOut()).containsExactly(only);
    assertThat(result.heldOut()).hasSize(44).doesNotContain(only);
    assertThat(result.isHeldOut(only)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> result.meanProbabilities(only))
        .withMessage("photo " + only + " was not held out");
    assertThatIllegalArgumentException().isThrownBy(() -> result.fold(0, only));
  }

  @Test
  void onePhotoALabelHoldsNoneOut() {
    TrainingData photos = Reference.made(7, 20, 2, 1, 1, 1);
    OutOfFold result = run(photos, new Penalty.Chosen(), 0, 2);
    assertThat(result.heldOut()).isEmpty();
    assertThat(result.neverHeldOut()).containsExactly(0, 1, 2);
    assertThat(result.folds()).isZero();
  }

  @Test
  void theMeanIsThatOfTheProbabilities() {
    TrainingData photos = Reference.made(4, 8, 0.3, 6, 5);
    OutOfFold result = run(photos, new Penalty.OfSpread(0.01), 1, 1);
    for (int label = 0; label < 2; label++) {
      float mean = 0;
      for (int repeat = 0; repeat < 3; repeat++) {
        float[] logits = result.logits(repeat, 3);
        double probability = 1 / (1 + Math.exp(logits[1 - label] - logits[label]));
        assertThat(result.probabilities(repeat, 3)[label])
            .isCloseTo((float) probability, within(1e-6f));
        mean += (float) probability / 3;
      }
      assertThat(result.meanProbabilities(3)[label]).isCloseTo(mean, within(1e-6f));
    }
  }

  @Test
  void aPenaltyIsChosenAsTrainingChoosesIt() {
    TrainingData photos = Reference.made(4, 8, 0.3, 30, 20);
    TrainingSettings settings =
        new TrainingSettings(Optimizer.AUTO, 0.01, 4000, 100, -1, -1, 10, 0, 3);
    double trained =
        new Trainer(settings, 1)
            .train(photos, Reference.none(photos), TrainingListener.NONE)
            .penaltyChoice()
            .orElseThrow()
            .penalty();
    assertThat(run(photos, new Penalty.Chosen(), 3, 2).penalty()).isEqualTo(trained);
  }

  /** Here the mean squared distance from the mean is 4. */
  @Test
  void aPenaltyMayBeRelativeToTheSpread() {
    float[][] rows = {{1}, {5}, {1}, {5}};
    TrainingData photos = new TrainingData(Reference.labels(2), 1, rows, new int[] {0, 1, 0, 1});
    assertThat(run(photos, new Penalty.OfSpread(0.5), 0, 1).penalty()).isEqualTo(2);
    assertThat(run(photos, new Penalty.Given(0.5), 0, 1).penalty()).isEqualTo(0.5);
  }

  @Test
  void everyFitIsHeardOf() {
    TrainingData photos = Reference.made(4, 8, 0.3, 30, 20);
    AtomicInteger heard = new AtomicInteger();
    new CrossValidation(2, 4, new Penalty.OfSpread(1), 0, 2)
        .run(
            photos,
            (done, all) -> {
              assertThat(all).isEqualTo(8);
              assertThat(done).isBetween(1, 8);
              heard.incrementAndGet();
            });
    assertThat(heard).hasValue(8);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 1e30f})
  void bottlenecksThatAreNoNumbersAreTold(float bad) {
    float[][] rows = {{1, 2}, {bad, 0}, {0, 3}};
    TrainingData photos = new TrainingData(Reference.labels(2), 2, rows, new int[] {0, 1, 1});
    assertThatThrownBy(() -> run(photos, new Penalty.Chosen(), 0, 1))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("the features of a photo are not numbers, or far too large");
  }

  @Test
  void whatCannotBeIsRefused() {
    TrainingData photos = Reference.made(4, 8, 0.3, 3, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(photos, new Penalty.Chosen(), 0, 1))
        .withMessage("no photo of the label label1");
    Penalty penalty = new Penalty.Chosen();
    for (int[] wrong : new int[][] {{0, 5, 1}, {1, 1, 1}, {1, 5, 0}}) {
      assertThatIllegalArgumentException()
          .as(Arrays.toString(wrong))
          .isThrownBy(() -> new CrossValidation(wrong[0], wrong[1], penalty, 0, wrong[2]));
    }
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Penalty.Given(wrong));
      assertThatIllegalArgumentException().isThrownBy(() -> new Penalty.OfSpread(wrong));
    }
  }
}
