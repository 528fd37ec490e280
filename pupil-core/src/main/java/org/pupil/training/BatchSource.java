package org.pupil.training;

import org.pupil.dataset.Labels;

/**
 * The photos of the training set, and where the bottlenecks of a batch come from.
 *
 * <p>{@link TrainingData} answers from what is cached, with the photos as they are or with one of
 * their distorted variants. Where photos are distorted afresh in every step, {@link #fill} distorts
 * them and runs the backbone.
 */
public interface BatchSource {
  Labels labels();

  /** Floats in a bottleneck, at least 1. */
  int dimension();

  /** Number of photos. */
  int size();

  /** Index of a photo's label in {@link #labels()}. */
  int label(int photo);

  /**
   * Supplies the bottlenecks of the photos drawn for a step.
   *
   * @param step the step, from 0; each step asks once
   * @param photos the photos, each 0 to {@code size() - 1}; a photo may be drawn more than once
   * @param rows where to put them: {@code rows[i]} becomes the bottleneck of {@code photos[i]}, an
   *     array of {@code dimension()} floats that nobody changes until the next call
   */
  void fill(int step, int[] photos, float[][] rows);
}
