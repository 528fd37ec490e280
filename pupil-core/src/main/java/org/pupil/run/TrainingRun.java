package org.pupil.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.backbone.Backbone;
import org.pupil.background.Background;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.Split;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Predictions;
import org.pupil.labelling.OnnxExport;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.pictures.ConfusionPicture;
import org.pupil.training.TrainingResult;

/** One training run, from the folder of photos to the model: the way of the data, stop by stop. */
public final class TrainingRun {
  private final RunSettings settings;
  private final Clock clock;
  private final Map<String, String> environment;
  private final RunListener listener;
  private final RunStops stops;
  private final AutoComparison comparison;
  private volatile @Nullable RunProgress progress;
  private volatile @Nullable SummaryLog summaries;

  /**
   * @param clock gives the times in logs and in the model
   * @param environment the environment variables, for the proxy of downloads
   * @param listener hears what happens
   */
  public TrainingRun(
      RunSettings settings, Clock clock, Map<String, String> environment, RunListener listener) {
    this(settings, clock, environment, listener, AutoComparison.NONE);
  }

  private TrainingRun(
      RunSettings settings,
      Clock clock,
      Map<String, String> environment,
      RunListener listener,
      AutoComparison comparison) {
    this.settings = settings;
    this.clock = clock;
    this.environment = environment;
    this.listener = listener;
    this.comparison = comparison;
    this.stops = new RunStops(settings, clock, environment, listener);
  }

  /**
   * The same training run, whose report also says what the optimizer {@code auto} reaches on the
   * same photos, if the settings choose another one. That takes a second training, so it is left
   * out where there are more than {@value AutoComparison#MOST_PHOTOS} training photos.
   *
   * @return a run that has not begun
   */
  public TrainingRun comparingWithAuto() {
    return new TrainingRun(
        settings,
        clock,
        environment,
        listener,
        AutoComparison.of(settings.training(), settings.threads()));
  }

  /**
   * Trains. Whatever can be checked is checked before the first photo is decoded.
   *
   * @throws PupilException if it cannot be done; nothing that was there before is then harmed
   */
  public RunResult run() {
    check();
    Split planned = stops.split(stops.find());
    try (RunPlace place = RunPlace.take(settings.outputs(), storesGraphs(), listener)) {
      place.check(storesGraphs(), settings.bottleneckDir());
      return watched(planned, place);
    }
  }

  /** From its first moment to its end a board can tell what the training run does. */
  private RunResult watched(Split planned, RunPlace place) {
    try (RunProgress watch = RunProgress.begin(place.outputs(), place.model(), clock)) {
      progress = watch;
      try {
        return run(planned, place, watch);
      } catch (RuntimeException | Error e) {
        if (place.hasBegun()) {
          watch.failed(e, listener::nameOf);
        } else {
          watch.withdraw();
        }
        throw e;
      }
    }
  }

  /**
   * The process is being ended from outside: notes that for the board. May be called by any thread,
   * at any time.
   *
   * @return sentences for a person about what is kept; none if the training run has not begun or is
   *     over
   */
  public List<String> stopped() {
    RunProgress watch = progress;
    List<String> told = watch == null ? List.of() : watch.stopped();
    SummaryLog log = summaries;
    if (log != null) {
      log.settle();
    }
    return told;
  }

  private RunResult run(Split planned, RunPlace place, RunProgress watch) {
    Backbone backbone = stops.backbone();
    checkConvertible(backbone);
    FineTuningStop deeper = new FineTuningStop(settings, stops, listener, backbone, planned);
    PhotoBottlenecks bottlenecks =
        stops.bottlenecks(
            backbone, planned.all().photos(), watch.bottlenecks(listener.bottlenecks()));
    Split split = stops.splitOfUsable(planned, bottlenecks);
    place.begin();
    stops.reportDuplicates(split, bottlenecks);
    TrainingSets sets =
        stops.distort(
            backbone, new TrainingSets(split, bottlenecks), watch.variants(listener.variants()));
    ModelBuilder models = new ModelBuilder(settings, clock, backbone, split, bottlenecks);
    LogFailures failures = new LogFailures(listener);
    Thumbnails thumbnails = new Thumbnails(settings.bottleneckDir(), bottlenecks, failures);
    Path summariesDir = place.outputs().summariesDir();
    ProjectorLog projector =
        new ProjectorLog(summariesDir, split, bottlenecks, thumbnails, listener, failures);
    RunResult report;
    try (SummaryLog log = openLog(summariesDir, backbone, split, sets, projector, failures)) {
      summaries = log;
      watch.learning(stops.steps());
      TrainingResult alone =
          stops.train(backbone, sets, List.of(log, watch, intermediate(models, place.outputs())));
      Learned learned =
          deeper.run(
              new Learned(backbone, bottlenecks, sets, alone),
              split,
              watch.fineTuning(log.fineTuning(listener.fineTuning())),
              watch.bottlenecks(listener.bottlenecks()));
      TrainingResult result = learned.result();
      watch.finishing();
      TestPhotos test = TestPhotos.of(learned.sets(), settings.training());
      Evaluation evaluation = Evaluation.of(result.layer(), test.data());
      MistakePictures pictures = new MistakePictures(bottlenecks, thumbnails, settings.alpha());
      Background<List<Mistake>> mistakes =
          Background.begin(
              "photo-pictures",
              () -> Mistake.surest(evaluation, bottlenecks.photos(), test.photos(), pictures));
      Background<ConfusionPicture.Picture> confusion =
          Background.begin("confusion-picture", () -> confusion(evaluation));
      QuickAssessment assessment = QuickAssessment.of(result, evaluation, learned.sets(), settings);
      Model model = modelOf(learned, models, split, evaluation);
      listener.saving();
      place.keep(model, result, evaluation, assessment);
      watch.hasModel(place.told().graph());
      deeper.forget();
      Optional<Evaluation> auto =
          learned.isFineTuned() ? Optional.empty() : comparison.run(sets, test.data());
      log.ended(model, learned, evaluation, assessment, mistakes.await(), confusion);
      report =
          export(
              new RunResult(result, evaluation, test.photos(), auto, place.told(), place.run())
                  .with(model, Predictions.of(result.layer(), test.data()), assessment)
                  .withFineTuning(learned.fineTuning()),
              model);
      watch.over(result.divergence());
    }
    return report.withMissingLogs(failures.missing());
  }

  private Model modelOf(Learned learned, ModelBuilder models, Split split, Evaluation evaluation) {
    ModelBuilder ofIts =
        learned.isFineTuned()
            ? new ModelBuilder(settings, clock, learned.backbone(), split, learned.bottlenecks())
            : models;
    return ofIts.model(learned.result(), evaluation);
  }

  /** It would be told in the end, too, but then photos and patience are used up. */
  private void checkConvertible(Backbone backbone) {
    if (settings.outputs().onnx().isPresent()) {
      OnnxExport.checkConvertible(backbone.network(Backbone.Output.FEATURES), backbone.input());
    }
  }

  /** Whatever becomes of the export, the model is there already, and the report tells of it. */
  private RunResult export(RunResult report, Model model) {
    Optional<Path> file = report.outputs().onnx();
    if (file.isEmpty()) {
      return report;
    }
    List<PhotoSource> photos = report.testPhotos().stream().distinct().map(Photo::source).toList();
    try {
      return report.withOnnx(
          OnnxExport.of(model, Overrides.NONE)
              .write(file.get(), photos, Engines.named(settings.engine()), settings.threads()));
    } catch (PupilException e) {
      return report.withOnnxFailure(
          e.adding("; the model itself is saved in " + report.outputs().graph()));
    }
  }

  /** What only the session's log needs is made in its thread. */
  private SummaryLog openLog(
      Path summariesDir,
      Backbone backbone,
      Split split,
      TrainingSets sets,
      ProjectorLog projector,
      LogFailures failures) {
    return SummaryLog.open(
        summariesDir,
        clock,
        settings.version(),
        listener,
        failures,
        () ->
            SessionLog.open(
                summariesDir,
                clock,
                settings,
                RunRecords.setup(settings, backbone, split),
                projector,
                new DistortionPicture(settings, backbone, sets),
                failures));
  }

  private static ConfusionPicture.Picture confusion(Evaluation evaluation) {
    return ConfusionPicture.of(evaluation.labels().names(), evaluation.confusion().rows());
  }

  /** What makes no sense, or could not be kept in the end. Leaves nothing on the disk. */
  private void check() {
    stops.checkSettings();
    settings.outputs().check(storesGraphs(), settings.bottleneckDir());
    stops.checkCache();
  }

  private boolean storesGraphs() {
    return settings.training().intermediateStoreFrequency() > 0;
  }

  private IntermediateGraphs intermediate(ModelBuilder models, Outputs outputs) {
    return new IntermediateGraphs(
        outputs, (step, layer, path) -> models.unfinished(layer, step).writeGraph(path), listener);
  }
}
