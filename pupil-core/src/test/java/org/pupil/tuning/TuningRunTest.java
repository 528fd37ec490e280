package org.pupil.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSet;
import org.pupil.dataset.SplitSettings;
import org.pupil.engine.EngineName;
import org.pupil.errors.PupilException;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
import org.pupil.labelling.Pictures;
import org.pupil.log.EventReader;
import org.pupil.log.HParams;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.hparams.HParamsPluginData;
import org.pupil.log.proto.hparams.Status;
import org.pupil.model.TinyModel;
import org.pupil.run.OutputRequest;
import org.pupil.run.QuietRun;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.training.TrainingSettings;

class TuningRunTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T09:00:00Z"), ZoneOffset.UTC);
  private static final SearchSpace SPACE =
      SearchSpace.parse(
          "optimizer=auto|gradient_descent|adam,learning_rate=log:1e-3..1e3,how_many_training_steps=10..60,l2_penalty=log:0.01..10");

  @TempDir Path folder;
  private Path photos;

  /** Pictures of three labels that overlap a little. */
  @BeforeEach
  void paint() throws IOException {
    photos = folder.resolve("photos");
    for (int i = 0; i < 60; i++) {
      int label = i % 3;
      int shade = (i * 37) % 90;
      int colour = new int[] {0x602010, 0x205030, 0x303060}[label] + shade * 0x010101;
      write("label" + label + "/" + i + ".png", colour);
    }
  }

  private void write(String name, int colour) throws IOException {
    Path file = photos.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, Pictures.png(9, 7, (x, y) -> colour + x * 0x010002 + y * 0x000301));
  }

  private RunSettings base(String out) throws IOException {
    Path graph = folder.resolve("tiny.pb");
    Files.write(graph, TinyModel.backboneGraph().toByteArray());
    return new RunSettings(
        new DatasetFolder(photos.toString(), LabelRule.FOLDER),
        false,
        split(),
        TinyModel.request(graph),
        DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
        Alpha.WHITE,
        Precision.FLOAT32,
        EngineName.AUTO,
        folder.resolve("cache"),
        Distortions.NONE,
        TrainingSettings.DEFAULTS,
        OutputRequest.below(folder.resolve(out)),
        2,
        "0.1.0",
        Map.of("image_dir", "photos"));
  }

  private static SplitSettings split() {
    return new SplitSettings(SplitRule.STRATIFIED, 20, 10, 0, false);
  }

  private static TuningSettings tuning(SearchSpace space, int trials, int parallel) {
    return new TuningSettings(
        space,
        SearchMethod.HALVING,
        trials,
        Optional.empty(),
        parallel,
        1,
        3,
        OptionalInt.of(2),
        Optional.empty(),
        false);
  }

  private static TuningSettings resuming(TuningSettings settings) {
    return new TuningSettings(
        settings.space(),
        settings.method(),
        settings.trials(),
        settings.timeBudget(),
        settings.parallel(),
        settings.seed(),
        settings.folds(),
        settings.repeats(),
        settings.name(),
        true);
  }

  private TuningResult run(String out, TuningSettings tuning, TuningListener listener)
      throws IOException {
    return new TuningRun(
            base(out), tuning, CLOCK, Map.of(), RunListener.NONE, RunListener.NONE, listener)
        .run();
  }

  private TuningResult run(String out, TuningSettings tuning) throws IOException {
    return run(out, tuning, TuningListener.NONE);
  }

  private static List<String> shown(TuningResult result) {
    List<String> shown = new ArrayList<>();
    for (Trial trial : result.trials()) {
      shown.add(
          "%d %s %s %d %s %s"
              .formatted(
                  trial.number(),
                  trial.configuration(),
                  trial.status(),
                  trial.folds(),
                  trial.crossEntropy(),
                  trial.accuracy()));
    }
    result
        .ranking()
        .compared()
        .forEach(ranked -> shown.add(ranked.trial().number() + " " + ranked.more()));
    shown.add("winner " + result.ranking().winner().trial().number() + " " + result.flags());
    return shown;
  }

  private static byte[] model(TuningResult result) throws IOException {
    return Files.readAllBytes(result.run().outputs().graph());
  }

  @Test
  void theSameSeedGivesTheSameSearchAndModelHoweverManyTrialsGoOnAtATime() throws IOException {
    TuningResult alone = run("out", tuning(SPACE, 20, 1));
    TuningResult together = run("other", tuning(SPACE, 20, 4));

    assertThat(alone.trials()).hasSize(20);
    assertThat(alone.wasCut()).isFalse();
    assertThat(shown(together)).isEqualTo(shown(alone));
    assertThat(model(together)).isEqualTo(model(alone));
  }

  @Test
  void theWinnerIsTrainedAsRetrainTrainsWithItsFlagsAndJudgedByTheTestPhotos() throws IOException {
    SearchSpace space =
        SearchSpace.parse("optimizer=adam,learning_rate=log:0.01..1,how_many_training_steps=50");
    TuningResult result = run("out", tuning(space, 6, 2));

    Configuration winner = result.ranking().winner().trial().configuration();
    RunSettings same = new TrialSettings(base("out")).of(winner);
    QuietRun.Result retrained = new QuietRun(same, CLOCK, Map.of(), RunListener.NONE).run();
    assertThat(result.run().result().layer().weights())
        .containsExactly(retrained.result().layer().weights());
    assertThat(result.run().test().accuracy()).isEqualTo(retrained.test().accuracy());
    assertThat(same.options()).containsEntry("image_dir", "photos");
    if (!winner.equals(Configuration.NONE)) {
      assertThat(result.flags())
          .containsEntry("optimizer", "adam")
          .containsEntry("how_many_training_steps", "50");
    }
    assertThat(folder.resolve("out/graph.pb")).exists();
    assertThat(folder.resolve("out/runs/tune-best/evaluation.json")).exists();
  }

  /** Other pictures in the place of the test photos would be another marker in each trial. */
  @Test
  void noTrialSeesATestPhoto() throws IOException {
    TuningResult before = run("out", tuning(SPACE, 12, 2));
    Split split = new DatasetFolder(photos.toString(), LabelRule.FOLDER).open().split(split());
    List<Photo> test = split.photos(SplitSet.TESTING);
    assertThat(test).hasSizeGreaterThan(5);
    for (Photo photo : test) {
      write(photo.name(), 0xF0F0F0);
    }
    TuningResult after = run("other", tuning(SPACE, 12, 2));

    assertThat(shown(after)).isEqualTo(shown(before));
    assertThat(after.run().test().logLoss()).isNotEqualTo(before.run().test().logLoss());

    for (Photo photo : split.photos(SplitSet.VALIDATION)) {
      write(photo.name(), 0xF0F0F0);
    }
    assertThat(shown(run("third", tuning(SPACE, 12, 2)))).isNotEqualTo(shown(before));
  }

  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aSearchThatWasEndedGoesOnToTheSameEndAndTrainsNothingTwice() throws IOException {
    TuningSettings tuning = tuning(SPACE, 20, 2);
    TuningResult whole = run("out", tuning);
    List<String> judged = Collections.synchronizedList(new ArrayList<>());
    TuningListener ending =
        new TuningListener() {
          @Override
          public void onFold(int trial, int fold) {
            judged.add(trial + " " + fold);
            if (judged.size() == 25) {
              throw new StoppedException();
            }
          }
        };
    assertThatThrownBy(() -> run("other", tuning, ending))
        .satisfies(
            e ->
                assertThat(
                        e instanceof StoppedException || e.getCause() instanceof StoppedException)
                    .isTrue());
    Path journal = folder.resolve("other/runs/tune").resolve(TrialJournal.FILE);
    long before = Files.size(journal);
    long lines = lines(journal);
    assertThat(lines).isGreaterThanOrEqualTo(25);

    TuningResult resumed = run("other", resuming(tuning));

    assertThat(shown(resumed)).isEqualTo(shown(whole));
    assertThat(model(resumed)).isEqualTo(model(whole));
    assertThat(Files.size(journal)).isGreaterThan(before);
    assertThat(asked(journal)).doesNotHaveDuplicates();
  }

  private static long lines(Path journal) throws IOException {
    return asked(journal).size() + 1L;
  }

  /** Each trial and fold of a journal. */
  private static List<String> asked(Path journal) throws IOException {
    try (Stream<String> lines = Files.lines(journal)) {
      return lines
          .skip(1)
          .filter(line -> !line.isBlank())
          .map(line -> line.substring(0, line.indexOf(",\"seconds\"")))
          .toList();
    }
  }

  @Test
  void trialsThatRunAwayOrCannotBeDoneAreRecordedAndTheSearchGoesOn() throws IOException {
    SearchSpace space =
        SearchSpace.parse(
            "architecture="
                + folder.resolve("tiny.pb")
                + "|"
                + folder.resolve("none.pb")
                + ",optimizer=gradient_descent,learning_rate=0.1|1e30");
    base("out");
    Files.writeString(folder.resolve("none.pb"), "no graph");

    TuningResult result = run("out", tuning(space, 20, 2));

    Map<Trial.Status, Integer> counts = new HashMap<>();
    result.trials().forEach(trial -> counts.merge(trial.status(), 1, Integer::sum));
    assertThat(counts)
        .containsEntry(Trial.Status.DIVERGED, 1)
        .containsEntry(Trial.Status.FAILED, 2)
        .containsEntry(Trial.Status.COMPLETED, 2);
    assertThat(result.trials().stream().filter(trial -> trial.status() == Trial.Status.FAILED))
        .allMatch(trial -> trial.reason().orElse("").contains("none.pb"));
  }

  @Test
  void aNameThatNoFolderCanHaveIsShownAsItWasTyped() {
    TuningSettings tuning = tuning(SPACE, 2, 1);
    TuningSettings named =
        new TuningSettings(
            tuning.space(),
            tuning.method(),
            tuning.trials(),
            tuning.timeBudget(),
            tuning.parallel(),
            tuning.seed(),
            tuning.folds(),
            tuning.repeats(),
            Optional.of("../x"),
            false);
    assertThatThrownBy(() -> run("out", named)).hasMessageEndingWith("was ../x");
  }

  @Test
  void aBudgetThatIsOverAtOnceIsToldAndALongOneChangesNothing() throws IOException {
    TuningSettings plain = tuning(SPACE, 6, 1);
    TuningSettings none = budget(plain, Duration.ZERO);
    assertThatThrownBy(() -> run("out", none))
        .isInstanceOf(PupilException.class)
        .hasMessage("time was over before a fold had judged any trial: give more of it");
    assertThat(shown(run("a", budget(plain, Duration.ofHours(1)))))
        .isEqualTo(shown(run("b", plain)));
  }

  @Test
  void aTrainingEndsInItsMiddleWhenTimeIsOver() throws IOException {
    AtomicLong seconds = new AtomicLong();
    AtomicInteger later = new AtomicInteger();
    AtomicInteger folds = new AtomicInteger();
    TuningListener listener =
        new TuningListener() {
          @Override
          public void onFold(int trial, int fold) {
            folds.incrementAndGet();
          }

          @Override
          public void onWork() {
            if (folds.get() == 8) {
              seconds.set(100);
              later.incrementAndGet();
            }
          }
        };
    TuningResult result =
        new TuningRun(
                base("out"),
                budget(tuning(SPACE, 20, 1), Duration.ofSeconds(60)),
                new ClockByHand(seconds),
                Map.of(),
                RunListener.NONE,
                RunListener.NONE,
                listener)
            .run();
    assertThat(result.wasCut()).isTrue();
    assertThat(folds.get()).isEqualTo(8);
    assertThat(later.get()).isEqualTo(1);
    assertThat(lines(result.folder().resolve(TrialJournal.FILE))).isEqualTo(9);
    assertThat(result.trials().stream().mapToInt(Trial::folds).sum()).isEqualTo(8);
    assertThat(result.run().outputs().graph()).exists();
  }

  /** A clock that is set by hand. */
  private static final class ClockByHand extends Clock {
    private final AtomicLong seconds;

    ClockByHand(AtomicLong seconds) {
      this.seconds = seconds;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return CLOCK.instant().plusSeconds(seconds.get());
    }
  }

  private static TuningSettings budget(TuningSettings settings, Duration budget) {
    return new TuningSettings(
        settings.space(),
        settings.method(),
        settings.trials(),
        Optional.of(budget),
        settings.parallel(),
        settings.seed(),
        settings.folds(),
        settings.repeats(),
        settings.name(),
        settings.resume());
  }

  @Test
  void distortedVariantsAreLearntFromAndNeverJudgeAnything() throws IOException {
    SearchSpace space =
        SearchSpace.parse(
            "optimizer=adam,learning_rate=0.1,how_many_training_steps=40,random_brightness=0|90,distortion_variants=2");
    TuningResult result = run("out", tuning(space, 10, 2));

    assertThat(result.trials()).hasSize(3);
    assertThat(result.trials()).allMatch(trial -> trial.status() == Trial.Status.COMPLETED);
    assertThat(result.trials().get(1).crossEntropy())
        .isNotEqualTo(result.trials().get(2).crossEntropy());
  }

  @Test
  void everyTrialIsASessionWithItsScoresAfterEachFoldAndACurve() throws IOException {
    TuningResult result = run("out", tuning(SPACE, 20, 3));
    Path search = result.folder();

    Map<String, HParamsPluginData> above = hparams(search);
    assertThat(above).containsOnlyKeys(HParams.EXPERIMENT);
    assertThat(above.get(HParams.EXPERIMENT).getExperiment().getHparamInfosList())
        .extracting(info -> info.getName())
        .contains("optimizer", "learning_rate", "how_many_training_steps", "l2_penalty");
    for (Trial trial : result.trials()) {
      Path place = search.resolve(TrialLogs.name(trial.number()));
      Map<String, HParamsPluginData> own = hparams(place);
      assertThat(own).containsOnlyKeys(HParams.SESSION_START, HParams.SESSION_END);
      assertThat(own.get(HParams.SESSION_END).getSessionEndInfo().getStatus())
          .isEqualTo(trial.isJudged() ? Status.STATUS_SUCCESS : Status.STATUS_FAILURE);
      assertThat(
              own.get(HParams.SESSION_START).getSessionStartInfo().getHparamsOrThrow("optimizer"))
          .matches(
              value ->
                  value.getStringValue().equals(trial.configuration().optimizer().flagValue()));
      Map<Long, Float> losses = scalars(place, TrialLogs.CROSS_ENTROPY);
      if (trial.isJudged()) {
        assertThat(losses).hasSize(trial.folds());
        assertThat(losses.get((long) trial.folds())).isEqualTo((float) trial.crossEntropy());
        assertThat(scalars(place.resolve("validation"), "accuracy_1")).isNotEmpty();
        assertThat(scalars(place.resolve("train"), "cross_entropy_1")).isNotEmpty();
      }
    }
  }

  private static List<Event> events(Path place) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.filter(one -> one.toString().contains("tfevents")).toList()) {
        try (EventReader reader = EventReader.of(file)) {
          while (reader.next()) {
            reader.event().ifPresent(events::add);
          }
        }
      }
    }
    return events;
  }

  private static Map<String, HParamsPluginData> hparams(Path place) throws IOException {
    Map<String, HParamsPluginData> found = new TreeMap<>();
    for (Event event : events(place)) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getMetadata().getPluginData().getPluginName().equals(HParams.PLUGIN)) {
          found.put(
              value.getTag(),
              HParams.read(value.getMetadata().getPluginData().getContent()).orElseThrow());
        }
      }
    }
    return found;
  }

  private static Map<Long, Float> scalars(Path place, String tag) throws IOException {
    Map<Long, Float> found = new TreeMap<>();
    for (Event event : events(place)) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)) {
          assertThat(found.put(event.getStep(), value.getSimpleValue())).isNull();
        }
      }
    }
    return found;
  }
}
