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
import org.pupil.familiarity.Familiarity;
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
  private final TrainingSets sets;
  private final String dataFingerprint;

  ModelBuilder(
      RunSettings settings, Clock clock, Backbone backbone, Split split, PhotoBottlenecks photos) {
    this.settings = settings;
    this.clock = clock;
    this.backbone = backbone;
    this.split = split;
    this.sets = new TrainingSets(split, photos);
    this.dataFingerprint = DataFingerprint.of(photos);
  }

  /** The model of a training run that is over. */
  Model model(TrainingResult result, Evaluation evaluation) {
    FinalLayer layer = result.layer();
    Optional<Familiarity> familiarity =
        Familiarity.learn(
            sets.data(SplitSet.TRAINING),
            settings.familiarity(),
            Model.mostKeptPhotos(backbone, layer));
    Provenance provenance =
        provenance(
            result.stepsDone(),
            result.temperature().filter(TemperatureChoice::helps),
            Optional.of(evaluation));
    return Model.of(backbone, layer, description(provenance), familiarity);
  }

  /** The model of a training run that goes on: it has no score yet, and does not doubt itself. */
  Model unfinished(FinalLayer layer, int step) {
    Provenance provenance = provenance(step + 1, Optional.empty(), Optional.empty());
    return Model.of(backbone, layer, description(provenance));
  }

  private ModelDescription description(Provenance provenance) {
    InputSpec input = backbone.input();
    return new ModelDescription(
        ModelDescription.FORMAT,
        split.all().labels().names(),
        Model.inputLayer(backbone.format()),
        settings.outputs().finalTensorName(),
        input.height(),
        input.width(),
        settings.alpha(),
        provenance);
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
            input.std(),
            backbone.fineTunedAbove().orElse(null)),
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
