package org.pupil;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pupil.errors.PupilException;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Trust;

/**
 * What a classifier says about one photo, or why it cannot.
 *
 * @param photo what the photo is called: its path, or the name that it was given
 * @param labels all labels, the likeliest first; their probabilities add up to 1. Empty if there is
 *     an error
 * @param trust how far that can be trusted; empty if there is an error, or the model does not know,
 *     as one of an older Pupil
 * @param error why the photo could not be labelled, in a few words such as {@code not an image};
 *     only the answers of a stream can have one
 */
public record Answer(
    String photo, List<LabelProbability> labels, Optional<Trust> trust, Optional<String> error) {
  /**
   * @throws IllegalArgumentException if there are both labels and an error, or neither
   */
  public Answer {
    labels = List.copyOf(labels);
    if (labels.isEmpty() == error.isEmpty()) {
      throw new IllegalArgumentException("an answer has labels or an error");
    }
  }

  /**
   * The likeliest label. As text it is the label and its probability: {@code dog 0.9991627}.
   *
   * @throws PupilException (bad input) with the photo's name and the reason, if there is an error
   */
  public LabelProbability best() {
    return orThrow().labels.get(0);
  }

  /**
   * How likely the model thinks a label is, 0 to 1.
   *
   * @throws PupilException (bad input) as {@link #best}
   * @throws IllegalArgumentException if the model has no such label
   */
  public float probability(String label) {
    return orThrow().labels.stream()
        .filter(one -> one.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the model has no label " + label))
        .probability();
  }

  /**
   * How much the photo looks like those that the model was trained on: 1 for one that looks just
   * like them, near 0 for one that has nothing in common with them. Empty if the model does not
   * know.
   *
   * @throws PupilException (bad input) as {@link #best}
   */
  public OptionalDouble familiarity() {
    return orThrow()
        .trust
        .map(known -> OptionalDouble.of(known.familiarity()))
        .orElseGet(OptionalDouble::empty);
  }

  /**
   * Whether the photo is unlike anything that the model was trained on, so that its labels mean
   * nothing. False if the model does not know.
   *
   * @throws PupilException (bad input) as {@link #best}
   */
  public boolean unlikeTraining() {
    return orThrow().trust.filter(Trust::unlikeTraining).isPresent();
  }

  /**
   * Whether the second label is nearly as likely as the first. False if the model does not know.
   *
   * @throws PupilException (bad input) as {@link #best}
   */
  public boolean undecided() {
    return orThrow().trust.filter(Trust::undecided).isPresent();
  }

  static Answer of(LabelledPhoto photo) {
    return new Answer(photo.source().name(), photo.labels(), photo.trust(), photo.error());
  }

  /** This answer, unless it is an error. */
  Answer orThrow() {
    error.ifPresent(
        reason -> {
          throw PupilException.badInput(photo + ": " + reason);
        });
    return this;
  }
}
