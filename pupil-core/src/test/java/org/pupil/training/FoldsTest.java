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

  private static TrainingData grouped(int[] labelOf, int... groupOf) {
    int k = Math.max(2, IntStream.of(labelOf).max().orElse(0) + 1);
    return new TrainingData(Reference.labels(k), 1, new float[labelOf.length][1], labelOf, groupOf);
  }

  @Test
  void groupsAreDealtAsTheReferenceDealsThem() throws IOException {
    Folds folds =
        Folds.of(
            grouped(
                new int[] {0, 1, 0, 2, 1, 0, 3, 1, 1, 0, 2, 0, 0, 1, 0, 1, 2},
                0,
                1,
                0,
                3,
                1,
                5,
                6,
                7,
                8,
                9,
                3,
                0,
                12,
                13,
                0,
                12,
                3),
            9);
    int[] expected = Reference.ints(Reference.read("chance.json").get("foldsOfGroups"));
    assertThat(IntStream.range(0, 17).map(folds::foldOf).toArray()).isEqualTo(expected);
  }

  @Property(tries = 200)
  void aGroupIsHeldOutTogetherAndNoFoldLacksALabel(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 24) Integer> drawn,
      @ForAll long seed) {
    int[] labelOf = drawn.stream().mapToInt(number -> number % 3).toArray();
    int[] groupOf = drawn.stream().mapToInt(number -> number / 3).toArray();
    Folds folds = Folds.of(grouped(labelOf, groupOf), seed);
    for (int i = 0; i < labelOf.length; i++) {
      for (int j = 0; j < i; j++) {
        if (groupOf[i] == groupOf[j]) {
          assertThat(folds.foldOf(i)).isEqualTo(folds.foldOf(j));
        }
      }
    }
    for (int fold = 0; fold < folds.count(); fold++) {
      int held = fold;
      assertThat(
              IntStream.range(0, labelOf.length)
                  .filter(photo -> folds.foldOf(photo) != held)
                  .map(photo -> labelOf[photo])
                  .distinct()
                  .count())
          .isEqualTo(IntStream.of(labelOf).distinct().count());
    }
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
