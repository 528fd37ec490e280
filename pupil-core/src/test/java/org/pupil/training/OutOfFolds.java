package org.pupil.training;

import java.util.List;
import org.pupil.dataset.Labels;

/** Outcomes of cross-validations that a test makes up. */
public final class OutOfFolds {
  private OutOfFolds() {}

  /**
   * Of one repeat and one fold.
   *
   * @param probabilities [n][k] what the photos were given
   */
  public static OutOfFold of(List<String> labels, double[][] probabilities) {
    float[][] logits = new float[probabilities.length][labels.size()];
    for (int photo = 0; photo < logits.length; photo++) {
      for (int label = 0; label < labels.size(); label++) {
        logits[photo][label] = (float) Math.log(probabilities[photo][label]);
      }
    }
    int[][] foldOf = {new int[logits.length]};
    return new OutOfFold(new Labels(labels), 1, foldOf, new float[][][] {logits});
  }
}
