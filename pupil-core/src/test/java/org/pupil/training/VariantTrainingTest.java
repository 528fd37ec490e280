package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Training photos with distorted variants. */
class VariantTrainingTest {
  private static final TrainingData PHOTOS = Reference.made(3, 8, 0.8, 25, 30);

  private static TrainingResult auto(TrainingData photos) {
    TrainingSettings settings =
        new TrainingSettings(Optimizer.AUTO, 0.01, 4000, 100, -1, -1, 10, 0, 0);
    return new Trainer(settings, 2).train(photos, Reference.none(photos), TrainingListener.NONE);
  }

  /** Variants that are moved by this much in every feature. */
  private static TrainingData with(int variants, float shift) {
    float[][][] moved = new float[PHOTOS.size()][variants][];
    for (int photo = 0; photo < PHOTOS.size(); photo++) {
      for (int variant = 0; variant < variants; variant++) {
        float[] row = PHOTOS.row(photo).clone();
        for (int j = 0; j < row.length; j++) {
          row[j] += shift * (variant + 1);
        }
        moved[photo][variant] = row;
      }
    }
    return PHOTOS.withVariants(moved);
  }

  @Test
  void aPhotoCountsOnceHoweverManyVariantsItHas() {
    TrainingResult plain = auto(PHOTOS);
    TrainingResult repeated = auto(with(4, 0));
    PenaltyChoice choice = plain.penaltyChoice().orElseThrow();
    PenaltyChoice repeatedChoice = repeated.penaltyChoice().orElseThrow();
    assertThat(repeatedChoice.penalty()).isEqualTo(choice.penalty());
    assertThat(repeatedChoice.heldOut()).isEqualTo(choice.heldOut());
    for (int photo = 0; photo < PHOTOS.size(); photo++) {
      float[] expected = plain.layer().logits(PHOTOS.row(photo));
      float[] logits = repeated.layer().logits(PHOTOS.row(photo));
      for (int label = 0; label < expected.length; label++) {
        assertThat(logits[label]).isCloseTo(expected[label], within(1e-2f));
      }
    }
  }

  @Test
  void variantsAreLearnedFrom() {
    // Of 25 photos a label: nothing but their variants tells that the sum of features says nothing.
    float[] row = PHOTOS.row(0);
    float[] moved = row.clone();
    for (int j = 0; j < moved.length; j++) {
      moved[j] += 3;
    }
    assertThat(change(auto(with(4, 1)).layer(), row, moved))
        .isLessThan(change(auto(PHOTOS).layer(), row, moved) / 2);
  }

  private static double change(FinalLayer layer, float[] row, float[] moved) {
    float[] before = layer.logits(row);
    float[] after = layer.logits(moved);
    double most = 0;
    for (int label = 1; label < before.length; label++) {
      most = Math.max(most, Math.abs((after[label] - after[0]) - (before[label] - before[0])));
    }
    return most;
  }

  @Test
  void stepsDrawAllVariantsAndNeverThePhotoItself() {
    TrainingData photos = with(3, 100);
    VariantBatches batches = new VariantBatches(photos, 5);
    int[] drawn = new int[300];
    Arrays.setAll(drawn, i -> i % photos.size());
    float[][] rows = new float[drawn.length][];
    batches.fill(0, drawn, rows);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < drawn.length; i++) {
      seen.add(Math.round((rows[i][0] - photos.row(drawn[i])[0]) / 100));
    }
    assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);

    float[][] next = new float[drawn.length][];
    batches.fill(1, drawn, next);
    assertThat(Arrays.deepEquals(next, rows)).isFalse();
    new VariantBatches(photos, 5).fill(0, drawn, next);
    assertThat(next).isDeepEqualTo(rows);
  }

  @Test
  void stepsMayTakeTheWholeSetToo() {
    TrainingSettings whole = new TrainingSettings(Optimizer.ADAM, 0.01, 20, -1, -1, -1, 10, 0, 0);
    TrainingData photos = with(2, 0.1f);
    TrainingResult result =
        new Trainer(whole, 1).train(photos, Reference.none(photos), TrainingListener.NONE);
    assertThat(result.stepsDone()).isEqualTo(20);
  }

  @Test
  void someOfThePhotosKeepTheirVariants() {
    TrainingData some = with(2, 1).only(new int[] {7, 3});
    assertThat(some.variants()).isEqualTo(2);
    assertThat(some.variant(1, 0)[0]).isEqualTo(PHOTOS.row(3)[0] + 1);
    assertThat(some.withoutVariants().variants()).isZero();
  }

  @Test
  void allPhotosHaveAsManyVariants() {
    float[][][] uneven = new float[PHOTOS.size()][1][PHOTOS.dimension()];
    uneven[4] = new float[2][PHOTOS.dimension()];
    assertThatThrownBy(() -> PHOTOS.withVariants(uneven))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 and 2");
    assertThatThrownBy(() -> PHOTOS.withVariants(new float[3][1][PHOTOS.dimension()]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new VariantBatches(PHOTOS, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
