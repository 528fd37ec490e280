package org.pupil.explain;

import org.pupil.dataset.Photo;

/**
 * A training photo that the network sees as the one that is explained.
 *
 * @param photo the photo
 * @param label its own label
 * @param similarity cosine of the angle between the features of the two, -1 to 1; 1 is the same
 * @param answered the label that the model gives it
 */
public record SimilarPhoto(Photo photo, String label, float similarity, String answered) {
  /** Whether the model labels it rightly. */
  public boolean isRight() {
    return label.equals(answered);
  }
}
