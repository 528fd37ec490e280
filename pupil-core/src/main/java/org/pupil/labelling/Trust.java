package org.pupil.labelling;

/**
 * How far an answer can be trusted. A model divides 100 % among its labels whatever it is shown, so
 * its probabilities alone do not tell.
 *
 * @param familiarity how much the photo looks like those that the model was trained on: the cosine
 *     with one of the nearest of them, 1 for one that looks just like them; not a number if the
 *     model's numbers for the photo are not
 * @param unlikeTraining whether that is less than nearly all photos like the training photos have
 * @param undecided whether the second label is nearly as likely as the first
 */
public record Trust(float familiarity, boolean unlikeTraining, boolean undecided) {
  /** Whether there is a reason not to trust the answer. */
  public boolean isDoubtful() {
    return unlikeTraining || undecided;
  }
}
