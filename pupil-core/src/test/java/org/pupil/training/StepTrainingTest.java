package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.chance.Chance;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;

class StepTrainingTest {
  private static final TrainingData PHOTOS = Reference.made(1, 6, 0.5, 20, 9, 5);
  private static final TrainingData VALIDATION = Reference.made(2, 6, 0.5, 4, 3, 8);

  private static TrainingSettings settings(
      Optimizer optimizer, double rate, int steps, int batch, long seed) {
    return new TrainingSettings(optimizer, rate, steps, batch, 7, -1, 10, 0, seed);
  }

  private static TrainingSettings descent(double rate, int steps) {
    return settings(Optimizer.GRADIENT_DESCENT, rate, steps, 8, 3);
  }

  private static TrainingResult train(TrainingSettings settings) {
    return train(settings, TrainingListener.NONE);
  }

  private static TrainingResult train(TrainingSettings settings, TrainingListener listener) {
    return new Trainer(settings, 1).train(PHOTOS, VALIDATION, listener);
  }

  @Test
  void withoutStepsTheLayerIsTheTruncatedNormalOfTheOriginals() {
    TrainingData wide = Reference.made(1, 4000, 0.5, 2, 2);
    TrainingResult result =
        new Trainer(descent(0.01, 0), 1).train(wide, Reference.none(wide), TrainingListener.NONE);
    float[] weights = result.layer().weights();
    double squares = 0;
    for (float weight : weights) {
      assertThat(Math.abs(weight)).isLessThanOrEqualTo(0.002f);
      squares += (double) weight * weight;
    }
    assertThat(Math.sqrt(squares / weights.length)).isCloseTo(0.00088, within(0.00002));
    assertThat(result.layer().biases()).containsOnly(0);
    assertThat(result.stepsDone()).isZero();
    assertThat(result.divergence()).isEmpty();
  }

  /** The formula once more, in float64: w - rate * mean over the batch of (p - y) x. */
  @Test
  void oneStepFollowsTheFormula() {
    FinalLayer before = train(descent(0.5, 0)).layer();
    FinalLayer after = train(descent(0.5, 1)).layer();
    int[] batch =
        new BatchSampler(PHOTOS, 8, new Chance(3, Chance.Purpose.TRAINING_BATCHES)).next();
    int d = 6;
    int k = 3;
    float[] w = before.weights();
    double[] expected = new double[d * k];
    double[] expectedBiases = new double[k];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = w[i];
    }
    for (int photo : batch) {
      float[] x = PHOTOS.row(photo);
      double[] p = new double[k];
      double sum = 0;
      for (int c = 0; c < k; c++) {
        double logit = 0;
        for (int j = 0; j < d; j++) {
          logit += (double) x[j] * w[j * k + c];
        }
        p[c] = Math.exp(logit);
        sum += p[c];
      }
      for (int c = 0; c < k; c++) {
        double error = p[c] / sum - (PHOTOS.label(photo) == c ? 1 : 0);
        expectedBiases[c] -= 0.5 / batch.length * error;
        for (int j = 0; j < d; j++) {
          expected[j * k + c] -= 0.5 / batch.length * error * x[j];
        }
      }
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) after.weights()[i]).isCloseTo(expected[i], within(1e-6));
    }
    for (int c = 0; c < k; c++) {
      assertThat((double) after.biases()[c]).isCloseTo(expectedBiases[c], within(1e-6));
    }
  }

  @Test
  void aStepIsSeenBeforeItsUpdateAndEvaluatedAfterIt() {
    List<String> calls = new ArrayList<>();
    List<FinalLayer> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(BatchView training) {
            calls.add("step " + training.step());
            seen.add(FinalLayer.byLabel(training.weights(), training.biases()));
            assertThat(training.size()).isEqualTo(8);
            assertThat(training.logits()).hasSize(24);
            assertThat(training.probabilities()).hasSize(24);
            if (training.step() == 0) {
              assertThat(training.crossEntropy()).isCloseTo(Math.log(3), within(0.02));
            }
          }

          @Override
          public void onEvaluation(StepEvaluation evaluation) {
            calls.add("evaluation " + evaluation.step());
            BatchView validation = evaluation.validation().orElseThrow();
            assertThat(validation.step()).isEqualTo(evaluation.step());
            assertThat(validation.size()).isEqualTo(7);
            seen.add(FinalLayer.byLabel(validation.weights(), validation.biases()));
          }
        };
    FinalLayer last = train(descent(0.1, 12), listener).layer();
    assertThat(calls)
        .containsExactly(
            "step 0",
            "evaluation 0",
            "step 1",
            "step 2",
            "step 3",
            "step 4",
            "step 5",
            "step 6",
            "step 7",
            "step 8",
            "step 9",
            "step 10",
            "evaluation 10",
            "step 11",
            "evaluation 11");
    assertThat(seen.get(0).weights()).isEqualTo(train(descent(0.1, 0)).layer().weights());
    assertThat(seen.get(1).weights()).isEqualTo(train(descent(0.1, 1)).layer().weights());
    assertThat(seen.get(2).weights()).isEqualTo(seen.get(1).weights());
    assertThat(seen.get(14).weights()).isEqualTo(last.weights());
  }

  @Test
  void theTrainingBatchIsMeasuredAgainAfterTheUpdate() {
    TrainingSettings whole = settings(Optimizer.GRADIENT_DESCENT, 0.05, 3, -1, 0);
    TrainingSettings everyStep =
        new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.05, 3, -1, -1, -1, 1, 0, 0);
    List<Double> before = new ArrayList<>();
    List<Double> after = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(BatchView training) {
            before.add(training.crossEntropy());
          }

          @Override
          public void onEvaluation(StepEvaluation evaluation) {
            after.add(evaluation.trainCrossEntropy());
            assertThat(evaluation.validation().orElseThrow().size()).isEqualTo(15);
          }
        };
    train(everyStep, listener);
    assertThat(before).hasSize(3);
    // The whole set is every batch: what comes out of a step goes into the next one.
    assertThat(after.subList(0, 2)).isEqualTo(before.subList(1, 3));
    assertThat(after.get(2)).isLessThan(after.get(1));
    assertThat(train(whole).layer().weights()).isEqualTo(train(everyStep).layer().weights());
  }

  @Test
  void snapshotsComeEverySoManyStepsButNotAtTheFirst() {
    TrainingSettings settings =
        new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.1, 10, 8, 7, -1, 10, 3, 3);
    List<Integer> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onSnapshot(int step, FinalLayer layer) {
            steps.add(step);
            assertThat(layer.weights()).isEqualTo(train(descent(0.1, step + 1)).layer().weights());
          }
        };
    train(settings, listener);
    assertThat(steps).containsExactly(3, 6, 9);
  }

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void everyOptimizerLearns(Optimizer optimizer) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(BatchView training) {
            losses.add(training.crossEntropy());
          }
        };
    train(settings(optimizer, 0.02, 200, -1, 0), listener);
    assertThat(losses.get(199)).isLessThan(0.8 * losses.get(0));
  }

  @Test
  void theSameSeedGivesTheSameLayerBitForBit() {
    TrainingSettings settings = descent(0.1, 50);
    FinalLayer first = train(settings).layer();
    FinalLayer again =
        new Trainer(settings, 4).train(PHOTOS, VALIDATION, TrainingListener.NONE).layer();
    assertThat(again.weights()).isEqualTo(first.weights());
    assertThat(again.biases()).isEqualTo(first.biases());
    FinalLayer other = train(settings(Optimizer.GRADIENT_DESCENT, 0.1, 50, 8, 4)).layer();
    assertThat(other.weights()).isNotEqualTo(first.weights());
  }

  @Test
  void watchingDoesNotChangeWhatIsLearnt() {
    TrainingSettings often =
        new TrainingSettings(Optimizer.GRADIENT_DESCENT, 0.1, 50, 8, -1, 5, 1, 7, 3);
    TrainingResult unwatched =
        new Trainer(often, 1).train(PHOTOS, Reference.none(PHOTOS), TrainingListener.NONE);
    assertThat(unwatched.layer().weights()).isEqualTo(train(descent(0.1, 50)).layer().weights());
  }

  @Test
  void withoutValidationPhotosTheTrainingBatchIsEvaluatedAlone() {
    List<Boolean> validated = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEvaluation(StepEvaluation evaluation) {
            validated.add(evaluation.validation().isPresent());
          }
        };
    new Trainer(descent(0.1, 2), 1).train(PHOTOS, Reference.none(PHOTOS), listener);
    assertThat(validated).containsExactly(false, false);
  }

  /** At 1e30 the numbers stay finite, at 1e38 they do not: neither is a layer. */
  @ParameterizedTest
  @CsvSource({"1e30, 1", "1e38, 1", "1e30, 10"})
  void aWildRateKeepsTheLastGoodLayer(double rate, int interval) {
    TrainingSettings wild =
        new TrainingSettings(Optimizer.GRADIENT_DESCENT, rate, 100, 8, 7, -1, interval, 0, 3);
    TrainingResult result = train(wild);
    assertThat(result.divergence().orElseThrow().step()).isZero();
    assertThat(result.divergence().orElseThrow().crossEntropy() <= 1e9).isFalse();
    assertThat(result.stepsDone()).isZero();
    assertThat(result.layer().weights()).isEqualTo(train(descent(1, 0)).layer().weights());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 3e38f})
  void whenItRunsAwayInTheMiddleTheLayerBeforeIsKept(float bad) {
    float[] poison = new float[6];
    Arrays.fill(poison, bad);
    Stubborn source = new Stubborn(7, poison);
    TrainingResult result =
        new Trainer(descent(0.1, 50), 1).trainDistorted(source, VALIDATION, TrainingListener.NONE);
    assertThat(result.divergence().orElseThrow().step()).isEqualTo(7);
    assertThat(result.stepsDone()).isEqualTo(6);
    assertThat(result.layer().weights()).isEqualTo(train(descent(0.1, 6)).layer().weights());
  }

  @Test
  void aSourceIsAskedOnceForEachStep() {
    Stubborn source = new Stubborn(-1, new float[6]);
    TrainingResult result =
        new Trainer(descent(0.1, 12), 1).trainDistorted(source, VALIDATION, TrainingListener.NONE);
    assertThat(source.asked).containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
    assertThat(result.layer().weights()).isEqualTo(train(descent(0.1, 12)).layer().weights());
  }

  @Test
  void distortionsDoNotGoWithTheWholeSet() {
    TrainingSettings whole = settings(Optimizer.ADAM, 0.1, 5, -1, 0);
    assertThatThrownBy(
            () -> new Trainer(whole, 1).trainDistorted(PHOTOS, VALIDATION, TrainingListener.NONE))
        .hasMessageStartingWith("trainBatchSize must be positive with distortions");
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "GRADIENT_DESCENT"})
  void aLabelWithoutTrainingPhotosIsNamed(Optimizer optimizer) {
    Labels labels = new Labels(List.of("cat", "dog", "red fox"));
    TrainingData photos = new TrainingData(labels, 1, new float[2][1], new int[] {0, 1});
    TrainingSettings settings = TrainingSettings.DEFAULTS.withOptimizer(optimizer);
    assertThatThrownBy(() -> new Trainer(settings, 1).train(photos, photos, TrainingListener.NONE))
        .isInstanceOfSatisfying(
            PupilException.class,
            error -> assertThat(error.kind()).isEqualTo(PupilException.Kind.BAD_INPUT))
        .hasMessage(
            "no photos to train from for the label red fox: add photos, or lower"
                + " testingPercentage and validationPercentage");
  }

  @Test
  void aLabelWithoutDistortedPhotosIsNamedToo() {
    Labels labels = new Labels(List.of("cat", "dog", "red fox"));
    TrainingData photos = new TrainingData(labels, 1, new float[2][1], new int[] {0, 1});
    assertThatThrownBy(
            () ->
                new Trainer(descent(0.1, 3), 1)
                    .trainDistorted(photos, photos, TrainingListener.NONE))
        .hasMessageStartingWith("no photos to train from for the label red fox");
  }

  /** It is by this that a training run can be cancelled. */
  @Test
  void everyStepSaysThatWorkGoesOn() {
    List<String> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onWork() {
            heard.add("work");
          }

          @Override
          public void onStep(BatchView training) {
            heard.add("step");
          }
        };
    new Trainer(descent(0.1, 3), 1).train(PHOTOS, VALIDATION, listener);
    assertThat(heard).containsExactly("work", "step", "work", "step", "work", "step");
  }

  @Test
  void theAccuracyOfABatchIsTheShareThatIsRight() {
    // Weights that begin near 0 learn in one step which side a photo is on; one photo has the label
    // of the other side, and stays wrong.
    float[][] rows = {{1}, {1}, {1}, {-1}, {-1}, {-1}, {-1}, {1}};
    TrainingData photos =
        new TrainingData(Reference.labels(2), 1, rows, new int[] {0, 0, 0, 1, 1, 1, 1, 1});
    List<Double> accuracies = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(BatchView training) {
            accuracies.add(training.accuracy());
          }
        };
    TrainingSettings all = settings(Optimizer.GRADIENT_DESCENT, 1, 20, -1, 0);
    new Trainer(all, 1).train(photos, Reference.none(photos), listener);
    assertThat(accuracies.get(19)).isEqualTo(7 / 8.0);
  }

  @Test
  void validationPhotosMustFit() {
    TrainingData other = Reference.made(1, 7, 1, 2, 2, 2);
    assertThatThrownBy(
            () -> new Trainer(descent(1, 1), 1).train(PHOTOS, other, TrainingListener.NONE))
        .hasMessage(
            "training and validation photos must have the same labels and the same dimension");
  }

  @Test
  void anExceptionOfTheListenerEndsTheTeaching() {
    TrainingListener full =
        new TrainingListener() {
          @Override
          public void onStep(BatchView training) {
            throw PupilException.unavailable("the disk is full");
          }
        };
    assertThatThrownBy(() -> train(descent(0.1, 5), full)).hasMessage("the disk is full");
  }

  /** The cached photos, but for one step at which every bottleneck is bad. */
  private static final class Stubborn implements BatchSource {
    private final int badStep;
    private final float[] poison;
    private final List<Integer> asked = new ArrayList<>();

    private Stubborn(int badStep, float[] poison) {
      this.badStep = badStep;
      this.poison = poison;
    }

    @Override
    public Labels labels() {
      return PHOTOS.labels();
    }

    @Override
    public int dimension() {
      return PHOTOS.dimension();
    }

    @Override
    public int size() {
      return PHOTOS.size();
    }

    @Override
    public int label(int photo) {
      return PHOTOS.label(photo);
    }

    @Override
    public void fill(int step, int[] photos, float[][] rows) {
      asked.add(step);
      PHOTOS.fill(step, photos, rows);
      if (step == badStep) {
        Arrays.fill(rows, poison);
      }
    }
  }
}
