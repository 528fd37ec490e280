package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static TrainingData photos(int... labelOf) {
    int k = Math.max(2, IntStream.of(labelOf).max().orElse(0) + 1);
    return new TrainingData(Reference.labels(k), 1, new float[labelOf.length][1], labelOf);
  }

  @Test
  void aSeedDealsTheSameFoldsForAllTime() throws IOException {
    Folds folds = Folds.of(photos(0, 1, 0, 2, 1, 0, 3, 1, 1, 0, 2, 0, 0, 1), 9);
    int[] expected = Reference.ints(Reference.read("chance.json").get("folds"));
    assertThat(IntStream.range(0, 14).map(folds::foldOf).toArray()).isEqualTo(expected);
    assertThat(folds.count()).isEqualTo(5);
  }

  @Property(tries = 200)
  void everyLabelIsSpreadEvenlyAndNoFoldLacksOne(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 4) Integer> labelOf,
      @ForAll long seed) {
    TrainingData photos = photos(labelOf.stream().mapToInt(Integer::intValue).toArray());
    Folds folds = Folds.of(photos, seed);
    int[][] photosOf = BatchSampler.photosByLabel(photos);
    for (int[] found : photosOf) {
      int[] inFold = new int[folds.count()];
      int never = 0;
      for (int photo : found) {
        int fold = folds.foldOf(photo);
        if (fold == Folds.NEVER) {
          never++;
        } else {
          inFold[fold]++;
        }
      }
      assertThat(never).isEqualTo(found.length == 1 ? 1 : 0);
      for (int count : inFold) {
        assertThat(count).isBetween((found.length - never) / inFold.length, found.length);
        if (found.length > 0) {
          assertThat(count).isLessThan(found.length);
          assertThat(count - (found.length - never) / inFold.length).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  @Test
  void smallLabelsAreDealtToDifferentFolds() {
    Folds folds = Folds.of(photos(0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 3), 1);
    int[] inFold = new int[5];
    for (int photo = 0; photo < 11; photo++) {
      inFold[folds.foldOf(photo)]++;
    }
    assertThat(inFold).containsExactlyInAnyOrder(2, 2, 2, 2, 3);
  }

  @Test
  void thereAreNoMoreFoldsThanTheMostFrequentLabelHasPhotos() {
    assertThat(Folds.of(photos(0, 1, 1, 0, 1), 0).count()).isEqualTo(3);
    assertThat(Folds.of(photos(0, 1, 2), 0).count()).isZero();
  }
}
