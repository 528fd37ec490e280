package org.pupil.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.bottleneck.VariantListener;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.errors.OneLine;
import org.pupil.errors.Setting;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.run.RunFolder;
import org.pupil.run.RunListener;
import org.pupil.similarity.NearDuplicates;
import org.pupil.training.TrainingListener.StepEvaluation;
import org.pupil.training.TrainingSettings;

/** Tells a person on stderr what happens in a training run. */
final class Conversation implements RunListener {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.", Locale.ROOT);

  private static final int MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1000;
  private static final int BYTES_OF_A_MEGABYTE = 1_000_000;
  private static final int SECONDS_OF_A_MINUTE = 60;

  /** From here on a time is told in minutes. */
  private static final int SECONDS_IN_WORDS = 120;

  private final Terminal terminal;
  private final Verbosity verbosity;
  private final Clock clock;
  private final TrainingSettings training;
  private final TaskProgress steps;
  private final FineTuningTalk fineTuning;
  private int validationPhotos;
  private final Set<String> problems = new LinkedHashSet<>();
  private long second = Long.MIN_VALUE;
  private String secondInWords = "";

  /**
   * @param training how it is trained: how many steps there will be, for one thing
   */
  Conversation(Terminal terminal, Verbosity verbosity, Clock clock, TrainingSettings training) {
    this.terminal = terminal;
    this.verbosity = verbosity;
    this.clock = clock;
    this.training = training;
    this.fineTuning = new FineTuningTalk(terminal, verbosity.says(Verbosity.INFO), clock);
    this.steps = new TaskProgress(terminal, stepsHaveABar(), clock, "Training", "steps");
  }

  /**
   * Whether a bar stands for the lines of the steps between the first and the last: where a person
   * watches who has not asked for all of them. Elsewhere the lines are the originals'.
   */
  private boolean stepsHaveABar() {
    return terminal.errIsTerminal()
        && verbosity == Verbosity.INFO
        && training.optimizer().isStepwise();
  }

  private void info(String format, Object... arguments) {
    if (verbosity.says(Verbosity.INFO)) {
      // Numbers look as in Locale.ROOT; but for this one Java does not look up each time how.
      terminal.err().println(OneLine.of(String.format(Locale.US, format, arguments)));
    }
  }

  @Override
  public String nameOf(Setting setting) {
    return SettingFlags.of(setting);
  }

  @Override
  public void found(Dataset photos) {
    int[] counts = photos.countByLabel();
    String labels =
        IntStream.range(0, counts.length)
            .mapToObj(label -> photos.labels().name(label) + " " + counts[label])
            .collect(Collectors.joining(", "));
    info(
        "Found %d photos of %d labels: %s", photos.photos().size(), photos.labels().size(), labels);
  }

  @Override
  public void problem(Problem problem) {
    problems.add(problem.messageIn(SettingFlags::of));
    if (verbosity.says(Verbosity.WARN)) {
      terminal.warn(problem.messageIn(SettingFlags::of));
    }
  }

  @Override
  public void oldEventFileLeft(Path file, String reason) {
    if (verbosity.says(Verbosity.WARN)) {
      terminal.warn(
          "%s %s: it is still there, and TensorBoard may show it together with this training run"
              .formatted(file, reason));
    }
  }

  @Override
  public void projectorLeftOut(Path file, String reason) {
    if (verbosity.says(Verbosity.WARN)) {
      terminal.warn("%s %s: the projector will not show the photos".formatted(file, reason));
    }
  }

  @Override
  public void runNameTaken(String wanted, RunFolder run) {
    info("There is a run %s already, so this one is called %s", wanted, run.name());
  }

  @Override
  public void logFailed(String reason) {
    if (verbosity.says(Verbosity.WARN)) {
      terminal.warn(reason + " (training continues without it)");
    }
  }

  /** Says in the end what the logs lack. */
  void logsMissing(List<String> missing, Path summariesDir) {
    if (!missing.isEmpty() && verbosity.says(Verbosity.WARN)) {
      terminal.warn(
          "the model is complete, but the logs in %s are not: they lack the %s"
              .formatted(summariesDir, String.join(", the ", missing)));
    }
  }

  @Override
  public void split(Split split) {
    validationPhotos = split.count(SplitSet.VALIDATION);
    info(
        "%d photos to learn from (training), %d to check progress (validation), %d for the final test (testing)",
        split.count(SplitSet.TRAINING),
        split.count(SplitSet.VALIDATION),
        split.count(SplitSet.TESTING));
  }

  @Override
  public void keptTogether(NearDuplicates nearDuplicates) {
    int groups = nearDuplicates.groups().size();
    info(
        "%d photos are nearly the same as others (%d %s): those of a group stay in one set (--group_near_duplicates=false divides them)",
        nearDuplicates.photos(), groups, groups == 1 ? "group" : "groups");
  }

  @Override
  public void backbone(Backbone backbone) {
    info(
        "Backbone %s: %d x %d pixels in, %d numbers (the bottleneck) out",
        backbone.name(),
        backbone.input().height(),
        backbone.input().width(),
        backbone.bottleneckSize());
    if (backbone.endsInClasses()) {
      info(
          "These numbers are the network's probabilities of its own classes; other labels are often learnt better from what comes before them: --bottleneck_layer penultimate");
    }
  }

  @Override
  public DownloadListener downloads() {
    return new DownloadListener() {
      private final TaskProgress progress =
          new TaskProgress(terminal, verbosity.says(Verbosity.INFO), clock, "Downloading", "MB");

      @Override
      public void started(String address, long doneBytes, OptionalLong totalBytes) {
        info("Downloading %s", address);
        progress.start(totalBytes.orElse(-1), doneBytes);
      }

      @Override
      public void advanced(long doneBytes) {
        progress.stepTo(doneBytes);
      }

      @Override
      public void finished() {
        progress.stop();
      }
    };
  }

  @Override
  public BottleneckComputer.Listener bottlenecks() {
    return new BottleneckComputer.Listener() {
      private final TaskProgress progress =
          new TaskProgress(
              terminal, verbosity.says(Verbosity.INFO), clock, "Bottlenecks", "photos");

      @Override
      public void started(int photos, int cached) {
        progress.start(photos - cached, 0);
      }

      @Override
      public void advanced(int done) {
        progress.stepTo(done);
      }

      @Override
      public void finished() {
        progress.stop();
      }
    };
  }

  @Override
  public void bottlenecksReady(PhotoBottlenecks bottlenecks) {
    for (PhotoBottlenecks.Failure failure : bottlenecks.failures()) {
      problems.add(failure.photo().source().name() + " is left out: " + failure.reason());
      if (verbosity.says(Verbosity.WARN)) {
        terminal.warn(failure.photo().source().name() + " is left out: " + failure.reason());
      }
    }
    info(
        "%d bottlenecks: %d computed now, %d from the cache%s",
        bottlenecks.photos().size(),
        bottlenecks.computed(),
        bottlenecks.photos().size() - bottlenecks.computed(),
        leftOut(bottlenecks.failures().size()));
  }

  private static String leftOut(int photos) {
    return switch (photos) {
      case 0 -> "";
      case 1 -> "; 1 photo left out";
      default -> "; " + photos + " photos left out";
    };
  }

  @Override
  public VariantListener variants() {
    return new VariantListener() {
      private final TaskProgress progress =
          new TaskProgress(
              terminal, verbosity.says(Verbosity.INFO), clock, "Distortions", "bottlenecks");

      @Override
      public void started(VariantListener.Cost cost) {
        info(
            "Distortions: %d variants of %d training photo%s, %d bottlenecks to compute%s (about %d MB more in the cache; the next run has them at once)",
            cost.variants(),
            cost.photos(),
            cost.photos() == 1 ? "" : "s",
            cost.missing(),
            cost.left().map(left -> ", about " + seconds(left)).orElse(""),
            (cost.bytes() + BYTES_OF_A_MEGABYTE - 1) / BYTES_OF_A_MEGABYTE);
        progress.start(cost.missing(), 0);
      }

      @Override
      public void advanced(int done) {
        progress.stepTo(done);
      }

      @Override
      public void finished() {
        progress.stop();
      }
    };
  }

  @Override
  public FineTuningListener fineTuning() {
    return fineTuning;
  }

  private static String seconds(Duration left) {
    long seconds = Math.max(1, left.toSeconds());
    return seconds < SECONDS_IN_WORDS
        ? seconds + " s"
        : (seconds + SECONDS_OF_A_MINUTE / 2) / SECONDS_OF_A_MINUTE + " min";
  }

  @Override
  public void step(int step) {
    if (step == 0) {
      info(
          "Figures of a step are measured after its update (on the board, the training curve is measured before it)");
      if (training.optimizer().isStepwise()
          && training.validationBatchSize() > 0
          && validationPhotos > 0) {
        info(
            "N=%d: this many are drawn from the %d validation photos, at random and with repeats (--validation_batch_size -1 uses each photo once)",
            training.validationBatchSize(), validationPhotos);
      }
    } else if (step == 1) {
      steps.start(training.howManyTrainingSteps(), 0);
    }
    steps.stepTo(step);
  }

  @Override
  public void trainingEnded() {
    steps.stop();
  }

  @Override
  public void evaluated(StepEvaluation evaluation) {
    boolean isLast = evaluation.step() == training.howManyTrainingSteps() - 1;
    if (stepsHaveABar() && evaluation.step() > 0) {
      steps.note(
          evaluation
              .validation()
              .map(batch -> percent("validation", batch.accuracy()))
              .orElseGet(() -> percent("training", evaluation.trainAccuracy())));
      if (!isLast) {
        return;
      }
      steps.stepTo(training.howManyTrainingSteps());
      steps.stop();
    }
    print(evaluation);
  }

  private static String percent(String photos, double accuracy) {
    return String.format(Locale.ROOT, "%s %.1f%%", photos, 100 * accuracy);
  }

  private void print(StepEvaluation evaluation) {
    if (!verbosity.says(Verbosity.INFO)) {
      return;
    }
    String start = timestamp() + ": Step " + evaluation.step() + ": ";
    info("%sTrain accuracy = %.1f%%", start, evaluation.trainAccuracy() * 100);
    info("%sCross entropy = %f", start, evaluation.trainCrossEntropy());
    evaluation
        .validation()
        .ifPresent(
            batch ->
                info(
                    "%sValidation accuracy = %.1f%% (N=%d)",
                    start, batch.accuracy() * 100, batch.size()));
  }

  @Override
  public void intermediateGraph(Path file) {
    info("Save intermediate result to : %s", file);
  }

  /** What was wrong with photos, a sentence each, whether it was printed or not. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** At the end: where this run stays, and the one before it. */
  void kept(RunFolder run) {
    info(
        "Saved in %s%s; to name a run, use --run_name",
        run.path(), run.before().map(before -> " (previous run: " + before + ")").orElse(""));
  }

  /** The report of the run could not be written. */
  void reportMissing(String reason) {
    if (verbosity.says(Verbosity.WARN)) {
      terminal.warn(reason + " (the model is complete; the board has no report of this run)");
    }
  }

  /** A person ended it with Ctrl-C, or a signal did: what is kept, a sentence a line. */
  void stopped(List<String> sentences) {
    boolean barEnded = terminal.errScreen().map(Screen::end).orElse(false);
    if (!sentences.isEmpty() && terminal.errIsTerminal() && !barEnded) {
      terminal.err().println(); // below what the terminal shows of Ctrl-C
    }
    sentences.forEach(sentence -> info("%s", sentence));
    terminal.err().flush();
  }

  /** The time to the microsecond; of the steps in one second only the first asks for its date. */
  private String timestamp() {
    Instant now = clock.instant();
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      secondInWords = SECOND.format(LocalDateTime.ofInstant(now, ZoneId.systemDefault()));
    }
    String micros = Integer.toString(MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO);
    return secondInWords + micros.substring(1);
  }
}
