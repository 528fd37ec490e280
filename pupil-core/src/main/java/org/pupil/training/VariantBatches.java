package org.pupil.training;

import org.pupil.chance.Chance;
import org.pupil.dataset.Labels;

/**
 * Training photos with distorted variants: whenever a photo is drawn, one of its variants is drawn
 * in its place, each with the same probability. The photo itself is not among them, as it is not
 * where photos are distorted afresh.
 */
final class VariantBatches implements BatchSource {
  private final TrainingData photos;
  private final long seed;

  /**
   * @param photos with one variant or more
   * @param seed decides which are drawn
   */
  VariantBatches(TrainingData photos, long seed) {
    if (photos.variants() < 1) {
      throw new IllegalArgumentException("there must be variants to draw from");
    }
    this.photos = photos;
    this.seed = seed;
  }

  @Override
  public Labels labels() {
    return photos.labels();
  }

  @Override
  public int dimension() {
    return photos.dimension();
  }

  @Override
  public int size() {
    return photos.size();
  }

  @Override
  public int label(int photo) {
    return photos.label(photo);
  }

  @Override
  public void fill(int step, int[] drawn, float[][] rows) {
    Chance chance = new Chance(seed, Chance.Purpose.DISTORTIONS, step);
    for (int i = 0; i < drawn.length; i++) {
      rows[i] = photos.variant(drawn[i], chance.below(photos.variants()));
    }
  }
}
