package org.pupil.labelling;

/**
 * A label, and how likely the model thinks it is.
 *
 * @param label the label's name
 * @param probability 0 to 1; those of all labels of one photo sum to 1
 */
public record LabelProbability(String label, float probability) {
  /** Both, as {@code pupil label_image} prints them: {@code dog 0.9991627}. */
  @Override
  public String toString() {
    return label + " " + Float32Text.of(probability);
  }
}
