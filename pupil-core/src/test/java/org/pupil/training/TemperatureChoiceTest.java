package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemperatureChoiceTest {
  private static final int PHOTOS = 600;
  private static final int LABELS = 3;

  private final float[][] logits = new float[PHOTOS][LABELS];
  private final int[] truth = new int[PHOTOS];
  private final int[] part = IntStream.range(0, PHOTOS).toArray();

  /** Photos whose labels are as likely as the logits say, but the logits are so many times that. */
  private void photosThatAreTooSureBy(double factor) {
    photosThatAreTooSureBy(factor, 3);
  }

  private void photosThatAreTooSureBy(double factor, long seed) {
    Random random = new Random(seed);
    for (int photo = 0; photo < PHOTOS; photo++) {
      double[] honest = new double[LABELS];
      double sum = 0;
      for (int label = 0; label < LABELS; label++) {
        honest[label] = 2 * random.nextGaussian();
        sum += Math.exp(honest[label]);
        logits[photo][label] = (float) (factor * honest[label]);
      }
      double chance = random.nextDouble() * sum;
      int label = 0;
      while ((chance -= Math.exp(honest[label])) > 0) {
        label++;
      }
      truth[photo] = label;
    }
  }

  @Test
  void aLayerThatIsThreeTimesTooSureIsDividedByAboutThree() {
    photosThatAreTooSureBy(3);
    TemperatureChoice choice = TemperatureChoice.of(logits, truth, part);
    assertThat(choice.helps()).isTrue();
    assertThat(choice.temperature()).isCloseTo(3, within(0.5));
    assertThat(choice.after()).isLessThan(choice.before() - 0.1);
  }

  @Test
  void aTimidLayerIsMadeSurer() {
    photosThatAreTooSureBy(0.3);
    assertThat(TemperatureChoice.of(logits, truth, part).temperature())
        .isCloseTo(0.3, within(0.05));
  }

  @Test
  void anHonestLayerStaysAsItIs() {
    photosThatAreTooSureBy(1);
    TemperatureChoice choice = TemperatureChoice.of(logits, truth, part);
    assertThat(choice.helps()).isFalse();
    assertThat(choice.after()).isGreaterThan(choice.before() - 0.001);
  }

  /** Three of sixty are wrong, and of one of these the layer was surer than of the others. */
  @Test
  void oneSureMistakeThatMakesNearlyAllOfTheLossIsReasonEnough() {
    float[][] margins = new float[60][];
    Arrays.setAll(margins, photo -> new float[] {6, 0});
    margins[7] = new float[] {0, 60};
    margins[18] = new float[] {0, 2};
    margins[39] = new float[] {0, 2};
    TemperatureChoice choice = TemperatureChoice.byEvidence(margins, new int[60], part);
    assertThat(choice.temperature()).isGreaterThan(3);
    assertThat(choice.after()).isLessThan(0.95 * choice.before());
    assertThat(TemperatureChoice.of(margins, new int[60], part).helps()).isFalse();
    // As copies of one photo they tell nothing.
    assertThat(TemperatureChoice.byEvidence(margins, new int[60], new int[60]).helps()).isFalse();
  }

  @Test
  void thatPhotosAreAllRightIsNoReasonToBeSurer() {
    float[][] margins = new float[60][];
    Arrays.setAll(margins, photo -> new float[] {3 + photo % 5, 0});
    assertThat(TemperatureChoice.byEvidence(margins, new int[60], part).helps()).isFalse();
    TemperatureChoice choice = TemperatureChoice.of(margins, new int[60], part);
    assertThat(choice.helps()).isFalse();
    assertThat(choice.after()).isEqualTo(choice.before());
  }

  /** Without it the others are all right, so they alone would ask for more certainty. */
  @Test
  void theOnlyMistakeOfThirtyIsReasonEnoughIfTheLayerWasSureOfIt() {
    float[][] margins = new float[30][];
    Arrays.setAll(margins, photo -> new float[] {20 + photo % 3, 0, -3});
    margins[4] = new float[] {0, 32, -3};
    TemperatureChoice choice = TemperatureChoice.byEvidence(margins, new int[30], part);
    assertThat(choice.temperature()).isBetween(5.0, 15.0);
    assertThat(choice.after()).isLessThan(0.4 * choice.before());
  }

  @Test
  void withDoubtManyPhotosHaveNearlyTheSameTemperature() {
    photosThatAreTooSureBy(2);
    assertThat(TemperatureScaling.fitWithDoubt(logits, truth))
        .isCloseTo(TemperatureScaling.fit(logits, truth), within(0.01));
  }

  @Test
  void byEvidenceManyPhotosSayTheSame() {
    photosThatAreTooSureBy(3);
    assertThat(TemperatureChoice.byEvidence(logits, truth, part).temperature())
        .isCloseTo(TemperatureChoice.of(logits, truth, part).temperature(), within(0.05));
    photosThatAreTooSureBy(1);
    assertThat(TemperatureChoice.byEvidence(logits, truth, part).helps()).isFalse();
  }

  /** If any gain were believed, not only one above its standard error, it would be 40 of 200. */
  @Test
  void fewHonestLayersAreChangedByChance() {
    int changed = 0;
    int changedByEvidence = 0;
    for (int seed = 0; seed < 200; seed++) {
      photosThatAreTooSureBy(1, seed);
      float[][] some = Arrays.copyOf(logits, 60);
      int[] labels = Arrays.copyOf(truth, 60);
      changed += TemperatureChoice.of(some, labels, part).helps() ? 1 : 0;
      changedByEvidence += TemperatureChoice.byEvidence(some, labels, part).helps() ? 1 : 0;
    }
    assertThat(changed).isLessThan(10);
    assertThat(changedByEvidence).isLessThan(2);
  }

  @Test
  void aDozenPhotosSayNothing() {
    photosThatAreTooSureBy(3);
    float[][] few = Arrays.copyOf(logits, 12);
    TemperatureChoice choice = TemperatureChoice.of(few, Arrays.copyOf(truth, 12), part);
    assertThat(choice.helps()).isFalse();
    assertThat(choice.after()).isEqualTo(choice.before());
  }

  @Test
  void theTemperatureHasTheLeastLogLoss() {
    photosThatAreTooSureBy(2);
    double best = TemperatureScaling.fit(logits, truth);
    assertThat(total(best)).isLessThan(total(best * 1.01)).isLessThan(total(best / 1.01));
  }

  private double total(double inverse) {
    return IntStream.range(0, PHOTOS)
        .mapToDouble(i -> TemperatureScaling.logLoss(logits[i], truth[i], inverse))
        .sum();
  }

  /** All are right, so the surer the better; and all have the same logits, so nothing matters. */
  @Test
  void logitsWithoutAnOptimumGiveABoundedNumber() {
    float[][] right = {{9, 0}, {0, 9}, {9, 0}};
    assertThat(TemperatureScaling.fit(right, new int[] {0, 1, 0})).isBetween(1.0, 20.0);
    assertThat(TemperatureScaling.fit(right, new int[] {1, 0, 1})).isBetween(0.05, 0.06);
    float[][] flat = {{1, 1}, {2, 2}};
    assertThat(TemperatureScaling.fit(flat, new int[] {0, 1})).isBetween(0.05, 20.0);
  }

  @Test
  void logitsOfAnySizeAreTold() {
    float[][] huge = {{1e30f, -1e30f}, {-1e30f, 1e30f}, {1e30f, 0}};
    assertThat(TemperatureScaling.fit(huge, new int[] {0, 1, 1})).isBetween(0.05, 20.0);
    assertThat(TemperatureScaling.logLoss(huge[0], 0, 1)).isZero();
  }

  @Test
  void aDividedLayerOrdersLabelsAsBefore() {
    FinalLayer layer = new FinalLayer(2, new float[] {1, 2, 3, 4, 5, 6}, new float[] {0, 1, -1});
    FinalLayer cooled = new TemperatureChoice(2, 100, 1, 0.5).applyTo(layer);
    float[] logits = layer.logits(new float[] {1, -2});
    float[] halves = cooled.logits(new float[] {1, -2});
    for (int label = 0; label < logits.length; label++) {
      assertThat(halves[label]).isEqualTo(logits[label] / 2);
    }
  }
}
