package org.pupil.training;

import java.util.stream.IntStream;

/**
 * Chooses training photos that are held back to say whether one way to train is better than
 * another: about a fifth of each label. A group is held back as a whole, and no label without any
 * photo is left.
 */
public final class HeldBackPhotos {
  private static final int HELD_FOLD = 0;

  private HeldBackPhotos() {}

  /**
   * Chooses.
   *
   * @return their places among the training photos, in order; empty if they are too few for that
   */
  public static int[] of(TrainingData training, long seed) {
    Folds folds = Folds.of(training, seed);
    return IntStream.range(0, training.size())
        .filter(photo -> folds.count() > 0 && folds.foldOf(photo) == HELD_FOLD)
        .toArray();
  }
}
