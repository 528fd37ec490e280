package org.pupil.training;

import java.util.Arrays;
import org.pupil.chance.Chance;

/**
 * Draws batches as the original retrain scripts do: with replacement, the label uniform, then an
 * index uniform in [0, 2^27) modulo the number of the label's photos. A batch is therefore balanced
 * between the labels whatever their numbers of photos. Labels without photos are not drawn.
 *
 * <p>A negative size gives the whole set every time, label by label.
 */
final class BatchSampler {
  /** The originals draw an index below 2^27 (their greatest number of photos a label, plus one). */
  private static final int INDEX_BITS = 27;

  private final int[][] photosOf;
  private final boolean whole;
  private final int[] batch;
  private final Chance chance;

  /**
   * @param photos the set, with at least one photo
   * @param size photos in a batch; negative for the whole set, never 0
   */
  BatchSampler(BatchSource photos, int size, Chance chance) {
    this.photosOf =
        Arrays.stream(photosByLabel(photos))
            .filter(found -> found.length > 0)
            .toArray(int[][]::new);
    if (photosOf.length == 0 || size == 0) {
      throw new IllegalArgumentException(
          "cannot draw " + size + " photos from a set of " + photos.size());
    }
    this.whole = size < 0;
    this.batch =
        whole ? Arrays.stream(photosOf).flatMapToInt(Arrays::stream).toArray() : new int[size];
    this.chance = chance;
  }

  int size() {
    return batch.length;
  }

  /** The next batch: indexes of photos, valid until the next call. */
  int[] next() {
    if (!whole) {
      for (int i = 0; i < batch.length; i++) {
        int[] candidates = photosOf[chance.below(photosOf.length)];
        batch[i] = candidates[chance.bits(INDEX_BITS) % candidates.length];
      }
    }
    return batch;
  }

  /** The photos of each label, in the set's order; empty for a label that has none. */
  static int[][] photosByLabel(BatchSource photos) {
    int[] counts = new int[photos.labels().size()];
    for (int photo = 0; photo < photos.size(); photo++) {
      counts[photos.label(photo)]++;
    }
    int[][] photosOf = new int[counts.length][];
    Arrays.setAll(photosOf, label -> new int[counts[label]]);
    for (int photo = photos.size() - 1; photo >= 0; photo--) {
      int label = photos.label(photo);
      photosOf[label][--counts[label]] = photo;
    }
    return photosOf;
  }
}
