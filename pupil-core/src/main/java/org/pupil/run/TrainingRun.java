package org.pupil.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.background.Background;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Evaluation;
import org.pupil.files.WholeFile;
import org.pupil.model.Model;
import org.pupil.photos.Duplicates;
import org.pupil.photos.Photo;
import org.pupil.photos.PhotoFolder;
import org.pupil.photos.PhotoSet;
import org.pupil.photos.Split;
import org.pupil.photos.SplitSet;
import org.pupil.training.BatchView;
import org.pupil.training.Trainer;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingResult;
import org.pupil.training.TrainingSettings;

/** One teaching, from the folder of photos to the model: the way of the data, stop by stop. */
public final class TrainingRun {
  private final RunSettings settings;
  private final Clock clock;
  private final Map<String, String> environment;
  private final RunListener listener;
  private final AutoComparison comparison;
  private volatile @Nullable RunProgress progress;

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
   * Teaches. Whatever can be checked is checked before the first photo is decoded.
   *
   * @throws PupilException if it cannot be done; nothing that was there before is then harmed
   */
  public RunReport run() {
    check();
    Split planned = split(find());
    try (RunPlace place = RunPlace.take(settings.outputs(), storesGraphs(), listener)) {
      place.check(storesGraphs(), settings.bottleneckDir());
      return watched(planned, place);
    }
  }

  /** From its first moment to its end a board can tell what the teaching does. */
  private RunReport watched(Split planned, RunPlace place) {
    try (RunProgress watch = RunProgress.begin(place.outputs(), place.model(), clock)) {
      progress = watch;
      try {
        return run(planned, place, watch);
      } catch (RuntimeException | Error e) {
        if (place.hasBegun()) {
          watch.failed(e);
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
   * @return sentences for a person about what is kept; none if the teaching has not begun or is
   *     over
   */
  public List<String> stopped() {
    RunProgress watch = progress;
    return watch == null ? List.of() : watch.stopped();
  }

  private RunReport run(Split planned, RunPlace place, RunProgress watch) {
    Backbone backbone = backbone();
    PhotoBottlenecks bottlenecks = bottlenecks(backbone, planned.all().photos(), watch);
    Split split = splitOfUsable(planned, bottlenecks);
    place.begin();
    reportDuplicates(split, bottlenecks);
    TrainingSets sets = new TrainingSets(split, bottlenecks);
    ModelBuilder models = new ModelBuilder(settings, clock, backbone, split, bottlenecks);
    LogFailures failures = new LogFailures(listener);
    Thumbnails thumbnails = new Thumbnails(settings.bottleneckDir(), bottlenecks, failures);
    Path summariesDir = place.outputs().summariesDir();
    ProjectorLog projector =
        new ProjectorLog(summariesDir, split, bottlenecks, thumbnails, listener, failures);
    String known = TeachingTexts.teaching(settings, backbone, split);
    RunReport report;
    try (SummaryLog log =
        SummaryLog.open(
            summariesDir,
            clock,
            settings.version(),
            listener,
            failures,
            () -> SessionLog.open(summariesDir, clock, settings, known, projector, failures))) {
      watch.learning(steps());
      TrainingResult taught = teach(backbone, sets, models, place.outputs(), List.of(log, watch));
      watch.finishing();
      TestPhotos test = TestPhotos.of(sets, settings.training());
      Evaluation evaluation = Evaluation.of(taught.layer(), test.data());
      MistakePictures pictures = new MistakePictures(bottlenecks, thumbnails, settings.alpha());
      Background<List<Mistake>> mistakes =
          Background.begin(
              "photo-pictures",
              () -> Mistake.surest(evaluation, bottlenecks.photos(), test.photos(), pictures));
      Model model = models.model(taught, evaluation);
      place.keep(model, taught, evaluation);
      watch.hasModel(place.told().graph());
      Optional<Evaluation> auto = comparison.run(sets, test.data());
      log.ended(model, taught, evaluation, mistakes.await());
      watch.over(taught.divergence());
      report = new RunReport(taught, evaluation, test.photos(), auto, place.told(), place.run());
    }
    return report.withMissingLogs(failures.missing());
  }

  /** What makes no sense, or could not be kept in the end. Leaves nothing on the disk. */
  private void check() {
    if (!settings.distortions().isNone()) {
      settings.training().checkForDistortions();
    }
    BackboneCatalog.check(settings.backbone());
    settings.outputs().check(storesGraphs(), settings.bottleneckDir());
    WholeFile.checkFolderWritable("--bottleneck_dir", settings.bottleneckDir());
  }

  private boolean storesGraphs() {
    return settings.training().intermediateStoreFrequency() > 0;
  }

  /** Stop 1. */
  private PhotoSet find() {
    PhotoSet found = PhotoFolder.scan(Path.of(settings.imageDir()), settings.labelRule());
    listener.found(found);
    found.problems().forEach(listener::problem);
    if (settings.strict()) {
      found.problems().stream()
          .filter(problem -> problem.kind().leavesPhotosOut())
          .findFirst()
          .ifPresent(
              problem -> {
                throw PupilException.badInput("--strict: " + problem.message());
              });
    }
    return found;
  }

  /** Stop 2, before photos are decoded: what cannot be split is not worth decoding. */
  private Split split(PhotoSet found) {
    Split split = Split.of(found, settings.split(), settings.imageDir());
    split.problems().forEach(listener::problem);
    listener.split(split);
    return split;
  }

  /** Stop 4 before stop 3: the backbone says what pixels it wants. */
  private Backbone backbone() {
    Backbone backbone =
        new BackboneCatalog(settings.addresses(), environment, listener.downloads())
            .resolve(settings.backbone());
    listener.backbone(backbone);
    return backbone;
  }

  /** Stops 3, 4 and 5: decode, run the backbone, keep. */
  private PhotoBottlenecks bottlenecks(Backbone backbone, List<Photo> photos, RunProgress watch) {
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(settings.bottleneckDir())) {
      PhotoBottlenecks bottlenecks =
          new BottleneckComputer(
                  backbone,
                  settings.alpha(),
                  settings.precision(),
                  cache,
                  settings.threads(),
                  clock)
              .compute(photos, watch.bottlenecks(listener.bottlenecks()));
      listener.bottlenecksReady(bottlenecks);
      if (settings.strict() && !bottlenecks.failures().isEmpty()) {
        PhotoBottlenecks.Failure first = bottlenecks.failures().get(0);
        throw PupilException.badInput(
            "--strict: "
                + first.photo().path()
                + ": "
                + first.reason()
                + " ("
                + bottlenecks.failures().size()
                + " such photos in all)");
      }
      return bottlenecks;
    }
  }

  /** Stop 2 for good: photos that turned out to be no images are in no set. */
  private Split splitOfUsable(Split planned, PhotoBottlenecks bottlenecks) {
    if (bottlenecks.failures().isEmpty()) {
      return planned;
    }
    Split split =
        planned.without(
            bottlenecks.failures().stream().map(PhotoBottlenecks.Failure::photo).toList());
    split.problems().stream()
        .filter(problem -> !planned.problems().contains(problem))
        .forEach(listener::problem);
    listener.split(split);
    return split;
  }

  private void reportDuplicates(Split split, PhotoBottlenecks bottlenecks) {
    List<String> contents =
        IntStream.range(0, bottlenecks.photos().size())
            .mapToObj(i -> bottlenecks.content(i).toString())
            .toList();
    Duplicates.in(split, contents).problems().forEach(listener::problem);
  }

  /** Stop 6. */
  private TrainingResult teach(
      Backbone backbone,
      TrainingSets sets,
      ModelBuilder models,
      Outputs outputs,
      List<TrainingListener> watchers) {
    TrainingListener talk =
        new TrainingListener() {
          @Override
          public void onStep(BatchView training) {
            listener.step(training.step());
          }

          @Override
          public void onEvaluation(StepEvaluation evaluation) {
            listener.evaluated(evaluation);
          }
        };
    IntermediateGraphs intermediate =
        new IntermediateGraphs(
            outputs,
            (step, layer, path) -> models.unfinished(layer, step).writeGraph(path),
            listener);
    List<TrainingListener> all = new ArrayList<>(watchers);
    all.addAll(List.of(talk, intermediate));
    Trainer trainer = new Trainer(settings.training(), settings.threads());
    TrainingData training = sets.data(SplitSet.TRAINING);
    TrainingData validation = sets.data(SplitSet.VALIDATION);
    try {
      if (settings.distortions().isNone()) {
        return trainer.train(training, validation, new TrainingListeners(all));
      }
      try (DistortedBatches distorted =
          new DistortedBatches(backbone, settings, sets.photos(SplitSet.TRAINING), sets.labels())) {
        return trainer.trainDistorted(distorted, validation, new TrainingListeners(all));
      }
    } finally {
      listener.teachingEnded();
    }
  }

  private OptionalLong steps() {
    TrainingSettings training = settings.training();
    return training.optimizer().isStepwise()
        ? OptionalLong.of(training.howManyTrainingSteps())
        : OptionalLong.empty();
  }
}
