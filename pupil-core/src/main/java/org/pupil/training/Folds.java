package org.pupil.training;

import java.util.Arrays;

/**
 * The parts of a cross-validation: each photo is held out once. Every label is spread over the
 * folds as evenly as can be.
 *
 * <p>A label with fewer photos than folds is held out in as many folds as it has photos; one with a
 * single photo never is, so that no fold lacks a label. There are 5 folds, or as many as the most
 * frequent label has photos if those are fewer, and none if no label has two.
 */
final class Folds {
  /** The fold of a photo that is never held out. */
  static final int NEVER = -1;

  private static final int MOST = 5;

  private final int count;
  private final int[] foldOf;

  private Folds(int count, int[] foldOf) {
    this.count = count;
    this.foldOf = foldOf;
  }

  static Folds of(TrainingData photos, long seed) {
    int[][] photosOf = BatchSampler.photosByLabel(photos);
    int most = Arrays.stream(photosOf).mapToInt(found -> found.length).max().orElse(0);
    int count = most < 2 ? 0 : Math.min(MOST, most);
    int[] foldOf = new int[photos.size()];
    Arrays.fill(foldOf, NEVER);
    Chance chance = new Chance(seed, Chance.Purpose.FOLDS);
    // One counter for all labels, so that the folds are of one size also if the labels are small.
    int dealt = 0;
    for (int[] found : photosOf) {
      if (found.length >= 2) {
        shuffle(found, chance);
        for (int photo : found) {
          foldOf[photo] = dealt++ % count;
        }
      }
    }
    return new Folds(count, foldOf);
  }

  private static void shuffle(int[] photos, Chance chance) {
    for (int i = photos.length - 1; i > 0; i--) {
      int j = chance.below(i + 1);
      int swapped = photos[i];
      photos[i] = photos[j];
      photos[j] = swapped;
    }
  }

  /** Number of folds: 0, or 2 to 5. */
  int count() {
    return count;
  }

  /** The fold that holds this photo out, from 0; or {@link #NEVER}. */
  int foldOf(int photo) {
    return foldOf[photo];
  }
}
