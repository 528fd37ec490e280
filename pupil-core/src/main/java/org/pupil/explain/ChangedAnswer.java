package org.pupil.explain;

import java.util.List;
import org.pupil.labelling.LabelProbability;

/**
 * What a model says of a changed photo.
 *
 * @param labels the labels, the likeliest first
 */
public record ChangedAnswer(Change change, List<LabelProbability> labels) {
  public ChangedAnswer {
    labels = List.copyOf(labels);
  }

  /** The likeliest label. */
  public LabelProbability best() {
    return labels.get(0);
  }
}
