package org.pupil.familiarity;

import java.util.Optional;
import org.pupil.training.TrainingData;

/**
 * How much a photo looks like the training photos: the cosine of the angle between its bottleneck
 * and the {@code nearest}-th nearest of the training photos', 1 for one that looks just like so
 * many of them. What is left below the threshold is unlike anything that the model was trained on.
 *
 * <p>Deep nearest neighbours separate what a network was not trained on well, and need no layer for
 * it (Y. Sun, Y. Ming, X. Zhu, Y. Li, "Out-of-distribution detection with deep nearest neighbors",
 * 2022).
 *
 * @param photos those of the training photos that are kept
 * @param nearest which neighbour counts: 1 to {@link CoreSet#size}
 * @param threshold the least familiarity of what counts as familiar, -1 to 1; -1 refuses nothing
 * @param percentage how many in a hundred photos like the training photos count as familiar by that
 *     threshold: above 0, at most 100
 */
public record Familiarity(CoreSet photos, int nearest, float threshold, double percentage) {
  /**
   * @throws IllegalArgumentException if a number is impossible
   */
  public Familiarity {
    if (nearest < 1 || nearest > photos.size()) {
      throw new IllegalArgumentException(
          "nearest must be 1 to " + photos.size() + ", was " + nearest);
    }
    if (!(Math.abs(threshold) <= 1)) {
      throw new IllegalArgumentException("threshold must be -1 to 1, was " + threshold);
    }
    if (!(percentage > 0 && percentage <= 100)) {
      throw new IllegalArgumentException("percentage must be 0 to 100, was " + percentage);
    }
  }

  /**
   * Learns what photos look like.
   *
   * @param training bottlenecks, labels and groups of the training photos
   * @param mostPhotos how many of them may be kept
   * @return empty if so few may be kept that nothing can be said by them, or all training photos
   *     are one group
   */
  public static Optional<Familiarity> learn(
      TrainingData training, FamiliaritySettings settings, int mostPhotos) {
    return FamiliarityLearner.learn(training, settings, mostPhotos);
  }

  /**
   * How familiar a photo is.
   *
   * @param values of which its bottleneck is {@link CoreSet#dimension} floats from {@code from} on
   * @return -1 to 1, for bottlenecks without negative numbers 0 to 1; 0 for one of zeros; not a
   *     number if one of its numbers is not
   */
  public float of(float[] values, int from) {
    return photos.cosine(values, from, nearest);
  }

  /** Whether a photo of this familiarity is unlike the training photos. */
  public boolean isUnlike(float familiarity) {
    return !(familiarity >= threshold);
  }
}
