package org.pupil.labelling;

import java.util.List;
import org.pupil.familiarity.Ambiguity;
import org.pupil.familiarity.Familiarity;

/** What a model knows of when its answers are not to be trusted. */
public record TrustRule(Familiarity familiarity, Ambiguity ambiguity) {
  /**
   * How far an answer can be trusted.
   *
   * @param features of which the photo's bottleneck begins at {@code from}
   * @param ranked all labels, the likeliest first
   */
  public Trust of(float[] features, int from, List<LabelProbability> ranked) {
    float own = familiarity.of(features, from);
    boolean undecided =
        ranked.size() > 1
            && ambiguity.isBetween(ranked.get(0).probability(), ranked.get(1).probability());
    return new Trust(own, familiarity.isUnlike(own), undecided);
  }
}
