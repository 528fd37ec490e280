package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.pupil.chance.Chance;
import org.pupil.chance.Chance.Purpose;
import org.pupil.dataset.Labels;

class BatchSamplerTest {
  private static TrainingData photos(Labels labels, int... labelOf) {
    return new TrainingData(labels, 1, new float[labelOf.length][1], labelOf);
  }

  private static BatchSampler sampler(TrainingData photos, int size, long seed) {
    return new BatchSampler(photos, size, new Chance(seed, Purpose.TRAINING_BATCHES));
  }

  @Test
  void drawsTheLabelThenTheIndexModuloTheLabelsCount() throws IOException {
    TrainingData photos = photos(Reference.labels(3), 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 2);
    BatchSampler sampler = sampler(photos, 6, 11);
    int[] expected = Reference.ints(Reference.read("chance.json").get("batch"));
    for (int batch = 0; batch < 4; batch++) {
      int[] drawn = sampler.next();
      for (int i = 0; i < 6; i++) {
        assertThat(drawn[i]).isEqualTo(expected[6 * batch + i]);
      }
    }
  }

  @Test
  void aBatchIsBalancedBetweenLabelsOfDifferentSize() {
    TrainingData photos = photos(Reference.labels(3), 0, 1, 1, 1, 1, 2, 2, 2, 2, 2);
    int n = 90_000;
    int[] drawn = new int[10];
    for (int photo : sampler(photos, n, 2).next()) {
      drawn[photo]++;
    }
    // Expected 30,000, 7,500 and 6,000; four standard deviations are 566, 333 and 300.
    assertThat(drawn[0]).isBetween(29_434, 30_566);
    for (int photo = 1; photo < 5; photo++) {
      assertThat(drawn[photo]).isBetween(7_167, 7_833);
    }
    for (int photo = 5; photo < 10; photo++) {
      assertThat(drawn[photo]).isBetween(5_700, 6_300);
    }
  }

  @Test
  void aNegativeSizeIsTheWholeSetLabelByLabel() {
    BatchSampler sampler = sampler(photos(Reference.labels(3), 2, 0, 1, 0, 2), -1, 0);
    assertThat(sampler.next()).containsExactly(1, 3, 2, 0, 4);
    assertThat(sampler.next()).containsExactly(1, 3, 2, 0, 4);
  }

  @Test
  void aLabelWithoutPhotosIsNotDrawn() {
    TrainingData photos = photos(Reference.labels(4), 3, 1);
    assertThat(sampler(photos, 50, 0).next()).containsOnly(0, 1).contains(0, 1);
  }

  @Test
  void nothingCannotBeDrawn() {
    assertThatThrownBy(() -> sampler(photos(Reference.labels(2)), 3, 0))
        .hasMessage("cannot draw 3 photos from a set of 0");
    assertThatThrownBy(() -> sampler(photos(Reference.labels(2), 0, 1), 0, 0))
        .hasMessage("cannot draw 0 photos from a set of 2");
  }
}
