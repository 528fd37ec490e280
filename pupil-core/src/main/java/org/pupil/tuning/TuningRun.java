package org.pupil.tuning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneRequest;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Split;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.run.OutputRequest;
import org.pupil.run.RunFolder;
import org.pupil.run.RunListener;
import org.pupil.run.RunResult;
import org.pupil.run.RunSettings;
import org.pupil.run.RunStops;
import org.pupil.run.TrainingRun;
import org.pupil.training.RepeatedFolds;
import org.pupil.training.TrainingData;
import org.pupil.tuning.CachedTrialPhotos.OfBackbone;
import org.pupil.tuning.SearchPhotos.Divided;

/**
 * A search for the settings of a training run: finds the photos, gets their bottlenecks, tries
 * configurations by repeated cross-validation of the training and validation photos, ranks them,
 * and trains the winner as {@code retrain} would. The test photos judge that one model, and nothing
 * before it.
 */
public final class TuningRun {
  private static final String BEST = "-best";

  private final RunSettings base;
  private final TuningSettings tuning;
  private final Clock clock;
  private final Map<String, String> environment;
  private final RunListener finding;
  private final RunListener training;
  private final TuningListener listener;
  private final TrialSettings settings;

  /**
   * @param base what every trial has in common; also the settings of {@code retrain} as it is
   *     unless told otherwise. Of the outputs only the folder is looked at
   * @param clock gives the times in logs, and tells when the time budget is over
   * @param environment the environment variables, for the proxy of downloads
   * @param finding hears of the photos, the backbones and the bottlenecks
   * @param training hears how the winner is trained
   * @param listener hears of the trials
   */
  public TuningRun(
      RunSettings base,
      TuningSettings tuning,
      Clock clock,
      Map<String, String> environment,
      RunListener finding,
      RunListener training,
      TuningListener listener) {
    this.base = base;
    this.tuning = tuning;
    this.clock = clock;
    this.environment = environment;
    this.finding = finding;
    this.training = training;
    this.listener = listener;
    this.settings = new TrialSettings(base);
  }

  /**
   * Searches, and trains the winner.
   *
   * @throws PupilException if it cannot be done: whatever the stops of a training run throw; (bad
   *     input) if there are too few photos for folds, or nothing to go on with; (diverged) if all
   *     trials ran away. What was tried stays, and can be gone on with
   */
  public TuningResult run() {
    BooleanSupplier isOver = isOver(clock.instant());
    SearchedSettings searched = checked();
    Optional<RunFolder> resumed =
        tuning.resume()
            ? Optional.of(SearchFolder.find(base.outputs().runs(), tuning.name()))
            : Optional.empty();
    RunStops stops = stops(base);
    stops.checkCache();
    Split planned = stops.split(stops.find());
    Map<BackboneRequest, OfBackbone> made = new LinkedHashMap<>();
    List<Divided> divided = new ArrayList<>();
    for (BackboneRequest request : searched.requests()) {
      made.put(request, ofBackbone(searched.of(request), planned, divided));
    }
    SearchPhotos photos = SearchPhotos.of(divided);
    TrialPhotos trialPhotos = new CachedTrialPhotos(photos, made, clock, finding.variants());
    RepeatedFolds folds = deal(photos, trialPhotos.of(base));
    Found found;
    try (TrialFineTuning fineTuning =
        new TrialFineTuning(base, searched.fineTunings(), photos, made)) {
      fineTuning.check(trialPhotos.of(base), folds);
      RunFolder folder =
          resumed.orElseGet(() -> SearchFolder.make(base.outputs().runs(), tuning.name()));
      try (TrialJournal journal = journal(folder, photos, folds)) {
        fineTuning.prepare(listener, isOver);
        PhotoJudge judge =
            new PhotoJudge(settings, trialPhotos, folds, fineTuning, isOver, listener::onWork);
        found = search(folder, new RecordedJudge(judge, journal), isOver);
      }
    }
    Work work = new Work(settings, work(made), photos.photos().size());
    Ranking ranking = Ranking.of(found.trials(), folds::heldOut, photos.groupOf(), work::of);
    listener.onRanking(ranking);
    return result(found, ranking);
  }

  /** What a search has found, but for the winner. */
  private record Found(RunFolder folder, List<Trial> trials, boolean wasCut, int firstStage) {}

  private Found search(RunFolder folder, Judge judge, BooleanSupplier isOver) {
    try (TrialLogs logs =
        new TrialLogs(folder.path(), clock, base.version(), listener::logFailed)) {
      logs.begin(tuning.space());
      List<Integer> stages = TrialSearch.stages(judge);
      listener.onSearch(
          new TuningListener.Plan(folder.path(), judge.photos(), stages, tuning.trials()));
      TrialSearch search =
          new TrialSearch(
              tuning.space(),
              tuning.method(),
              tuning.trials(),
              tuning.seed(),
              tuning.parallel(),
              judge,
              isOver,
              new Told(logs));
      List<Trial> trials = search.run();
      checkJudged(trials);
      return new Found(folder, trials, search.wasCut(), stages.get(0));
    }
  }

  private RunStops stops(RunSettings run) {
    return new RunStops(run, clock, environment, finding);
  }

  /** Checks what can be checked without photos. */
  private SearchedSettings checked() {
    if (base.distortions().isAfresh()) {
      throw PupilException.usage(
          Message.of(
              "trials learn from bottlenecks that are kept: give 1 or more ",
              Setting.DISTORTION_VARIANTS));
    }
    for (String name : tuning.name().stream().flatMap(one -> Stream.of(one, one + BEST)).toList()) {
      outputs(name); // refuses one that no folder can have
    }
    if (tuning.method() == SearchMethod.GRID) {
      TrialSearch.grid(tuning.space(), tuning.trials()); // refuses one that does not fit
    }
    SearchedSettings searched = new SearchedSettings(tuning.space(), base, settings);
    searched.requests().forEach(request -> stops(searched.of(request)).checkSettings());
    return searched;
  }

  private OfBackbone ofBackbone(RunSettings run, Split planned, List<Divided> divided) {
    try {
      RunStops stops = stops(run);
      Backbone backbone = stops.backbone();
      PhotoBottlenecks bottlenecks =
          stops.bottlenecks(backbone, planned.all().photos(), finding.bottlenecks());
      divided.add(new Divided(stops.splitOfUsable(planned, bottlenecks), bottlenecks));
      return new OfBackbone(Optional.of(backbone), Optional.of(bottlenecks), Optional.empty());
    } catch (PupilException e) {
      if (run.backbone().equals(base.backbone())) {
        throw e; // nothing can be compared
      }
      return new OfBackbone(Optional.empty(), Optional.empty(), Optional.of(e));
    }
  }

  private static Map<BackboneRequest, Double> work(Map<BackboneRequest, OfBackbone> made) {
    Map<BackboneRequest, Double> work = new LinkedHashMap<>();
    made.forEach(
        (request, one) -> one.backbone().ifPresent(found -> work.put(request, Work.of(found))));
    return work;
  }

  private RepeatedFolds deal(SearchPhotos photos, TrainingData data) {
    if (!photos.missingLabels().isEmpty()) {
      throw PupilException.badInput(
          "no photos to train from for the label %s beside the test photos: add photos"
              .formatted(String.join(", ", photos.missingLabels())));
    }
    RepeatedFolds folds =
        RepeatedFolds.of(data, tuning.repeatsOf(data.size()), tuning.folds(), tuning.seed());
    if (folds.ofOneRepeat() < 2) {
      throw PupilException.badInput(
          Message.of(
              Setting.IMAGE_DIR,
              ": no label has two photos beside the test photos that do not belong together, so none can be held out: add photos"));
    }
    return folds;
  }

  /** What the outcomes depend on: a search may be gone on with if all of it is the same. */
  private TrialJournal journal(RunFolder folder, SearchPhotos photos, RepeatedFolds folds) {
    Map<String, String> search = new LinkedHashMap<>();
    search.put("photos", photos.digest());
    search.put("space", tuning.space().toString());
    search.put("method", tuning.method().name().toLowerCase(Locale.ROOT));
    search.put("seed", Long.toString(tuning.seed()));
    search.put("folds", Integer.toString(folds.ofOneRepeat()));
    search.put("repeats", Integer.toString(folds.count() / folds.ofOneRepeat()));
    search.put("backbone", base.backbone().source().toString());
    int[] heldOut =
        IntStream.range(0, folds.count()).map(fold -> folds.heldOut(fold).length).toArray();
    return tuning.resume()
        ? TrialJournal.resume(folder.path(), search, heldOut)
        : TrialJournal.begin(folder.path(), search);
  }

  private BooleanSupplier isOver(Instant begin) {
    Optional<Duration> budget = tuning.timeBudget();
    return () -> budget.isPresent() && !clock.instant().isBefore(begin.plus(budget.get()));
  }

  private static void checkJudged(List<Trial> trials) {
    if (trials.stream().anyMatch(Trial::isJudged)) {
      return;
    }
    boolean ranAway = trials.stream().anyMatch(trial -> trial.status() == Trial.Status.DIVERGED);
    String reason =
        trials.stream().flatMap(trial -> trial.reason().stream()).findFirst().orElse("");
    if (reason.isEmpty()) {
      throw PupilException.badInput(
          "time was over before a fold had judged any trial: give more of it");
    }
    throw ranAway
        ? PupilException.diverged("all trials failed; the first: " + reason)
        : PupilException.badInput("all trials failed; the first: " + reason);
  }

  private TuningResult result(Found found, Ranking ranking) {
    Configuration best = ranking.winner().trial().configuration();
    RunSettings winner = settings.of(best, outputs(found.folder().name() + BEST));
    RunResult run = new TrainingRun(winner, clock, environment, training).run();
    return new TuningResult(
        found.trials(),
        ranking,
        Importance.of(tuning.space(), ofSpace(found.trials()), found.firstStage()),
        found.wasCut(),
        found.folder().path(),
        settings.flags(best),
        run);
  }

  /**
   * The trials that are in the space. The first is, if a combination means the same: it was not
   * tried again.
   */
  private List<Trial> ofSpace(List<Trial> trials) {
    List<Trial> ofSpace = new ArrayList<>(trials.subList(1, trials.size()));
    tuning.space().grid(1).stream()
        .filter(Configuration::isPlain)
        .findFirst()
        .ifPresent(same -> ofSpace.add(0, trials.get(0).with(same)));
    return ofSpace;
  }

  /** Where a run of a name goes. */
  private OutputRequest outputs(String run) {
    return OutputRequest.builder(base.outputs().folder()).runName(Optional.of(run)).build();
  }

  /** What is told goes to the logs first. */
  private final class Told implements TrialSearch.Listener {
    private final TrialLogs logs;

    Told(TrialLogs logs) {
      this.logs = logs;
    }

    @Override
    public void onBegin(Trial trial) {
      logs.onBegin(trial);
      listener.onTrial(trial);
    }

    @Override
    public void onFold(int number, Configuration configuration, int fold, FoldOutcome outcome) {
      logs.onFold(number, configuration, fold, outcome);
      listener.onFold(number, fold);
    }

    @Override
    public void onTrial(Trial trial) {
      logs.onTrial(trial);
      listener.onTrial(trial);
    }
  }
}
