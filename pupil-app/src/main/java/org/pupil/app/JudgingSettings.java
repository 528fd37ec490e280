package org.pupil.app;

import java.util.Map;
import org.pupil.dataset.DatasetSource;
import org.pupil.dataset.SplitSettings;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.images.Distortions;
import org.pupil.run.OutputRequest;
import org.pupil.run.PupilVersion;
import org.pupil.run.RunSettings;
import org.pupil.training.TrainingSettings;

/**
 * The settings of commands that judge photos by their bottlenecks and make no model: they train, if
 * at all, as retrain does without flags.
 */
final class JudgingSettings {
  private JudgingSettings() {}

  static RunSettings of(
      DatasetSource photos,
      boolean strict,
      SplitSettings split,
      BackboneOptions backbone,
      BottleneckOptions bottlenecks) {
    return new RunSettings(
        photos,
        strict,
        split,
        backbone.request(),
        backbone.addresses(),
        bottlenecks.alpha(),
        bottlenecks.precision(backbone.request().format()),
        bottlenecks.engine(),
        bottlenecks.bottleneckDir(),
        Distortions.NONE,
        TrainingSettings.DEFAULTS,
        FineTuningRequest.NONE,
        FamiliaritySettings.DEFAULTS,
        OutputRequest.below(DefaultPlaces.FOLDER),
        bottlenecks.threads(),
        PupilVersion.number(),
        Map.of());
  }
}
