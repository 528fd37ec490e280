package org.pupil.run;

import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.training.TrainingResult;

/**
 * What stop 6 comes to.
 *
 * @param backbone the one that was found, or what fine-tuning made of it
 * @param bottlenecks what it gives for the photos
 * @param sets these divided
 * @param result the final layer for it
 * @param fineTuning what came of it; empty if there was none
 */
record Learned(
    Backbone backbone,
    PhotoBottlenecks bottlenecks,
    TrainingSets sets,
    TrainingResult result,
    Optional<FineTuningReport> fineTuning) {
  Learned(
      Backbone backbone, PhotoBottlenecks bottlenecks, TrainingSets sets, TrainingResult result) {
    this(backbone, bottlenecks, sets, result, Optional.empty());
  }

  /** Whether the backbone is another one than it was. */
  boolean isFineTuned() {
    return fineTuning.filter(FineTuningReport::isKept).isPresent();
  }
}
