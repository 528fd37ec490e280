package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.VariantListener;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSettings;
import org.pupil.similarity.NearDuplicates;
import org.pupil.training.Optimizer;
import org.pupil.training.TrainingListener.StepEvaluation;
import org.pupil.training.TrainingSettings;

class ConversationTest {
  private final HandClock clock = new HandClock();
  private final TestTerminal terminal = TestTerminal.redirected();
  private final Conversation talk = conversation(Verbosity.INFO);

  private Conversation conversation(Verbosity verbosity) {
    return new Conversation(terminal.terminal(), verbosity, clock, TrainingSettings.DEFAULTS);
  }

  private static Dataset photos(int birds, int fruit) {
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < birds + fruit; i++) {
      String name = (i < birds ? "bird/" : "fruit/") + i + ".jpg";
      photos.add(new Photo(PhotoSource.bytes(name, new byte[1]), name, i < birds ? 0 : 1));
    }
    return new Dataset(new Labels(List.of("bird", "fruit")), photos, List.of(), "photos");
  }

  @Test
  void photosAndSplitAreCounted() {
    Dataset photos = photos(30, 20);
    talk.found(photos);
    Split split = Split.of(photos, SplitSettings.DEFAULT);
    talk.split(split);
    List<String> lines = terminal.err().lines().toList();
    assertThat(lines.get(0)).isEqualTo("Found 50 photos of 2 labels: bird 30, fruit 20");
    assertThat(lines.get(1))
        .matches(
            "\\d+ photos to learn from \\(training\\), \\d+ to check progress \\(validation\\), \\d+ for"
                + " the final test \\(testing\\)");
    assertThat(
            lines
                .get(1)
                .replaceAll("[^\\d]+", " ")
                .strip()
                .lines()
                .flatMap(line -> List.of(line.split(" ")).stream())
                .mapToInt(Integer::parseInt)
                .sum())
        .isEqualTo(50);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void nearDuplicatesAreCounted() {
    talk.keptTogether(new NearDuplicates(List.of(), List.of(List.of(0, 3), List.of(1, 2, 4))));
    assertThat(terminal.err())
        .isEqualTo(
            "5 photos are nearly the same as others (2 groups): those of a group stay in one set"
                + " (--group_near_duplicates=false divides them)\n");
  }

  @Test
  void problemsAreWarnings() {
    talk.problem(new Problem(Problem.Kind.FEW_PHOTOS, 3, "bird: only 3 photos"));
    assertThat(terminal.err()).isEqualTo("warning: bird: only 3 photos\n");
  }

  @Test
  void stepLinesAreTheOriginals() {
    talk.evaluated(new StepEvaluation(20, 0.98765, 0.0123456789, Optional.empty()));
    String time =
        LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT));
    assertThat(terminal.err())
        .isEqualTo(
            """
            %s.215050: Step 20: Train accuracy = 98.8%%
            %s.215050: Step 20: Cross entropy = 0.012346
            """
                .formatted(time, time));
  }

  @Test
  void intermediateGraphsAreNamedAsTheOriginalsNamedThem() {
    talk.intermediateGraph(Path.of("part/intermediate_5.pb"));
    assertThat(terminal.err()).isEqualTo("Save intermediate result to : part/intermediate_5.pb\n");
  }

  @Test
  void whatVariantsCostIsToldBeforeTheyAreComputed() {
    VariantListener variants = talk.variants();
    variants.started(
        new VariantListener.Cost(1000, 8, 7200, 37_100_000, Optional.of(Duration.ofSeconds(150))));
    clock.advance(Duration.ofSeconds(10));
    variants.advanced(720);
    variants.finished();
    variants.started(
        new VariantListener.Cost(3, 2, 6, 31_000, Optional.of(Duration.ofMillis(300))));
    variants.started(new VariantListener.Cost(1, 2, 2, 10_000, Optional.empty()));
    assertThat(terminal.err())
        .isEqualTo(
            """
            Distortions: 8 variants of 1000 training photos, 7200 bottlenecks to compute, about 3 min (about 38 MB more in the cache; the next run has them at once)
            Distortions: 720 of 7200 bottlenecks, 72.0 a second, 90 s left
            Distortions: 2 variants of 3 training photos, 6 bottlenecks to compute, about 1 s (about 1 MB more in the cache; the next run has them at once)
            Distortions: 2 variants of 1 training photo, 2 bottlenecks to compute (about 1 MB more in the cache; the next run has them at once)
            """);
  }

  @Test
  void bottlenecksAndDownloadsShowTheirProgress() {
    BottleneckComputer.Listener bottlenecks = talk.bottlenecks();
    bottlenecks.started(1000, 400);
    clock.advance(Duration.ofSeconds(10));
    bottlenecks.advanced(100);
    bottlenecks.finished();
    DownloadListener downloads = talk.downloads();
    downloads.started("http://127.0.0.1/x.tgz", 1_000_000, OptionalLong.of(9_000_000));
    clock.advance(Duration.ofSeconds(10));
    downloads.advanced(5_000_000);
    downloads.finished();
    assertThat(terminal.err())
        .isEqualTo(
            """
            Bottlenecks: 100 of 600 photos, 10.0 a second, 50 s left
            Downloading http://127.0.0.1/x.tgz
            Downloading: 5 of 9 MB, 0.4 a second, 10 s left
            """);
  }

  @Test
  void theVerbosityDecidesWhatIsSaid() {
    for (Conversation quiet :
        List.of(conversation(Verbosity.WARN), conversation(Verbosity.ERROR))) {
      quiet.found(photos(2, 2));
      quiet.evaluated(new StepEvaluation(20, 0.9, 0.1, Optional.empty()));
      quiet.intermediateGraph(Path.of("x"));
      quiet.bottlenecks().started(10, 0);
      clock.advance(Duration.ofSeconds(10));
      quiet.bottlenecks().advanced(5);
      quiet.downloads().started("http://127.0.0.1/", 0, OptionalLong.empty());
    }
    assertThat(terminal.err()).isEmpty();
    conversation(Verbosity.WARN).problem(new Problem(Problem.Kind.EMPTY_FILE, 1, "a: empty"));
    conversation(Verbosity.ERROR).problem(new Problem(Problem.Kind.EMPTY_FILE, 1, "b: empty"));
    assertThat(terminal.err()).isEqualTo("warning: a: empty\n");
  }

  private static void teach(Conversation conversation, int steps) {
    for (int step = 0; step < steps; step++) {
      conversation.step(step);
      if (step % 10 == 0 || step == steps - 1) {
        conversation.evaluated(new StepEvaluation(step, 0.5, 0.25, Optional.empty()));
      }
    }
    conversation.trainingEnded();
  }

  private static TrainingSettings steps(int steps) {
    TrainingSettings defaults = TrainingSettings.DEFAULTS.withOptimizer(Optimizer.GRADIENT_DESCENT);
    return new TrainingSettings(
        defaults.optimizer(),
        defaults.learningRate(),
        steps,
        defaults.trainBatchSize(),
        100,
        defaults.testBatchSize(),
        defaults.evalStepInterval(),
        0,
        0);
  }

  @Test
  void aFileGetsTheLinesOfAllStepsAndAPersonABar() {
    TestTerminal screen = TestTerminal.watched(false);
    teach(new Conversation(screen.terminal(), Verbosity.INFO, clock, steps(500)), 500);
    teach(new Conversation(terminal.terminal(), Verbosity.INFO, clock, steps(500)), 500);
    TestTerminal all = TestTerminal.watched(false);
    teach(new Conversation(all.terminal(), Verbosity.DEBUG, clock, steps(500)), 500);
    assertThat(terminal.err().lines().filter(line -> line.contains("accuracy"))).hasSize(51);
    assertThat(terminal.err()).doesNotContain("Training", "\r").doesNotContain("500 of 500");
    assertThat(all.err().replaceAll("\\s+", " ")).isEqualTo(terminal.err().replaceAll("\\s+", " "));
    assertThat(screen.err().lines().filter(line -> line.contains("Step ")))
        .hasSize(4)
        .allMatch(line -> line.contains("Step 0: ") || line.contains("Step 499: "));
    assertThat(screen.err()).contains("Training 100% ", "500 of 500 steps, training 50.0%");
  }

  @Test
  void whatTheNumbersOfAStepMeanIsSaid() {
    Dataset photos = photos(60, 60);
    Split split = Split.of(photos, SplitSettings.DEFAULT);
    Conversation conversation =
        new Conversation(terminal.terminal(), Verbosity.INFO, clock, steps(500));
    conversation.split(split);
    conversation.step(0);
    assertThat(terminal.err())
        .contains(
            "are measured after its update (on the board, the training curve is measured before it)\n")
        .contains(
            "N=100: this many are drawn from the "
                + split.count(org.pupil.dataset.SplitSet.VALIDATION)
                + " validation photos, at random and with repeats");
  }
}
