package org.pupil.run;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.evaluation.Evaluation;
import org.pupil.images.InputSpec;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.model.Provenance;
import org.pupil.training.FinalLayer;
import org.pupil.training.TemperatureChoice;
import org.pupil.training.TrainingResult;

/** Makes models that know how they were made. */
final class ModelBuilder {
  private final RunSettings settings;
  private final Clock clock;
  private final Backbone backbone;
  private final Split split;
  private final String dataFingerprint;

  ModelBuilder(
      RunSettings settings, Clock clock, Backbone backbone, Split split, PhotoBottlenecks photos) {
    this.settings = settings;
    this.clock = clock;
    this.backbone = backbone;
    this.split = split;
    this.dataFingerprint = DataFingerprint.of(photos);
  }

  /** The model of a training run that is over. */
  Model model(TrainingResult result, Evaluation evaluation) {
    return model(
        result.layer(),
        result.stepsDone(),
        result.temperature().filter(TemperatureChoice::helps),
        Optional.of(evaluation));
  }

  /** The model of a training run that goes on: it has no score yet. */
  Model unfinished(FinalLayer layer, int step) {
    return model(layer, step + 1, Optional.empty(), Optional.empty());
  }

  private Model model(
      FinalLayer layer,
      int steps,
      Optional<TemperatureChoice> temperature,
      Optional<Evaluation> evaluation) {
    InputSpec input = backbone.input();
    return Model.of(
        backbone,
        layer,
        new ModelDescription(
            ModelDescription.FORMAT,
            split.all().labels().names(),
            Model.inputLayer(backbone.format()),
            settings.outputs().finalTensorName(),
            input.height(),
            input.width(),
            settings.alpha(),
            provenance(steps, temperature, evaluation)));
  }

  private Provenance provenance(
      int steps, Optional<TemperatureChoice> temperature, Optional<Evaluation> evaluation) {
    InputSpec input = backbone.input();
    return new Provenance(
        settings.version(),
        clock.instant().toString(),
        new Provenance.BackboneUsed(
            backbone.name(),
            backbone.sha256(),
            backbone.bottleneckLayer(),
            backbone.bottleneckSize(),
            input.mean(),
            input.std()),
        new Provenance.SplitUsed(
            settings.split().rule().name().toLowerCase(Locale.ROOT),
            settings.split().seed(),
            settings.split().validationPercentage(),
            settings.split().testingPercentage(),
            split.count(SplitSet.TRAINING),
            split.count(SplitSet.VALIDATION),
            split.count(SplitSet.TESTING)),
        new Provenance.Training(
            settings.training().optimizer().flagValue(),
            steps,
            settings.training().seed(),
            temperature.map(TemperatureChoice::temperature).orElse(null)),
        evaluation.filter(score -> score.photos() > 0).map(ModelBuilder::testScore).orElse(null),
        new Provenance.Data(
            dataFingerprint, IntStream.of(split.all().countByLabel()).boxed().toList()),
        settings.options());
  }

  private static Provenance.TestScore testScore(Evaluation evaluation) {
    return new Provenance.TestScore(
        evaluation.accuracy(),
        evaluation.interval().low(),
        evaluation.interval().high(),
        evaluation.logLoss(),
        evaluation.photos());
  }
}
