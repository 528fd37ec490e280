package org.pupil.labelling;

import java.util.List;
import java.util.Optional;
import org.pupil.dataset.PhotoSource;

/**
 * What a model says of one photo, or why it says nothing.
 *
 * @param source the photo
 * @param labels the labels, the likeliest first; of two that are equally likely, the one that
 *     stands later in the labels file is first, as in the originals. Empty if there is an error
 * @param trust how far that can be trusted; empty if there is an error, or the model does not know
 * @param error why the photo could not be labelled, in a few words
 */
public record LabelledPhoto(
    PhotoSource source,
    List<LabelProbability> labels,
    Optional<Trust> trust,
    Optional<String> error) {
  public LabelledPhoto {
    labels = List.copyOf(labels);
  }
}
