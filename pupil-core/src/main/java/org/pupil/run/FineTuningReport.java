package org.pupil.run;

import org.pupil.training.HeldOutComparison;

/**
 * What came of fine-tuning.
 *
 * @param cut the layer of the backbone above which all were trained
 * @param comparison with the final layer alone, on photos that neither had seen
 */
public record FineTuningReport(String cut, HeldOutComparison comparison) {
  /** Whether the model has the trained layers. */
  public boolean isKept() {
    return comparison.isBetter();
  }
}
