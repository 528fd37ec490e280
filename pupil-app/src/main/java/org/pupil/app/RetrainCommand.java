package org.pupil.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupil.board.BoardSettings;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.SiteSettings;
import org.pupil.errors.PupilException;
import org.pupil.ingest.IngestListener;
import org.pupil.run.RunResult;
import org.pupil.run.RunSettings;
import org.pupil.run.TrainingRun;
import org.pupil.training.TrainingResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pupil retrain}: from folders of photos to a model. */
@Command(
    name = "retrain",
    aliases = "teach",
    header = "Trains a classifier on folders of photos.",
    description = {
      "",
      "Give it a folder with one sub-folder of photos for each label. A network that was trained on a million photos turns each of your photos into a few hundred numbers, its bottleneck. A new final layer learns to tell the labels apart by these numbers. The flags are in the order of the work.",
      "",
      "  pupil retrain --image_dir examples/photos",
      ""
    },
    customSynopsis = "pupil retrain --image_dir FOLDER [FLAG...]",
    sortOptions = false)
final class RetrainCommand extends TrainingCommand implements Callable<ExitStatus> {
  /** Flags that check and evaluate have too, without which they would look elsewhere. */
  private static final List<String> FINDS_PHOTOS =
      List.of("architecture", "model_dir", "bottleneck_dir");

  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;

  @ArgGroup(validate = false, order = 4, heading = "%nTrain the final layer%n")
  private TrainOptions teach = new TrainOptions();

  @ArgGroup(validate = false, order = 5, heading = "%nTrain layers of the backbone too%n")
  private FineTuneOptions fineTune = new FineTuneOptions();

  @ArgGroup(validate = false, order = 6, heading = "%nEvaluate, watch and save%n")
  private KeepOptions keep = new KeepOptions();

  @ArgGroup(validate = false, order = 7, heading = "%nOther%n")
  private TalkOptions talk = new TalkOptions();

  /** How much is said; and a flag that only the Python script needed. */
  static final class TalkOptions {
    @Option(
        names = "--logging_verbosity",
        paramLabel = "LEVEL",
        description =
            "The lowest level of messages to print: DEBUG, INFO, WARN, ERROR or FATAL. With DEBUG, a terminal shows the lines of all steps; a file or a pipe always gets them. Default:"
                + " ${DEFAULT-VALUE}")
    private String level = Verbosity.INFO.name();

    @SuppressWarnings("UnusedVariable")
    @Option(
        names = "--checkpoint_path",
        paramLabel = "PATH",
        description =
            "Accepted so that old scripts work; Pupil needs no checkpoint and writes none.")
    private @Nullable TypedPath checkpointPath;

    Verbosity verbosity() {
      return Choice.of("--logging_verbosity", Verbosity.class, level);
    }
  }

  RetrainCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public ExitStatus call() {
    RunSettings settings = settings();
    if (!keep.board()) {
      return teach(settings);
    }
    try (ServedBoard board = ServedBoard.open(terminal, boardOf(settings), true, clock)) {
      ExitStatus status = teach(settings);
      terminal.err().printf("The board goes on at %s (Press CTRL+C to quit)%n", board.address());
      board.serveUntilSignal();
      return status;
    }
  }

  /** At the default port or the next free one, for this computer only. */
  private static BoardSettings boardOf(RunSettings settings) {
    return new BoardSettings(
        List.of(
            new LogRoot("", settings.outputs().summariesDir().orElse(settings.outputs().runs()))),
        LogLimits.withThreads(1),
        BoardSettings.DEFAULT_RELOAD_INTERVAL,
        BoardSettings.DEFAULT_HOST,
        OptionalInt.empty(),
        new SiteSettings("", "", settings.version(), List.of()),
        new SampleLimits(Map.of()));
  }

  private ExitStatus teach(RunSettings settings) {
    Conversation conversation =
        new Conversation(terminal, talk.verbosity(), clock, settings.training());
    TrainingRun run =
        new TrainingRun(settings, clock, environment, conversation).comparingWithAuto();
    RunResult report = new StopWatcher(() -> conversation.stopped(run.stopped())).during(run::run);
    report.run().ifPresent(conversation::kept);
    List<String> photoFlags = photoFlags(settings);
    new RunPrinter(
            terminal,
            keep.printMisclassified(),
            settings.split(),
            Launcher.of(environment),
            photoFlags)
        .print(report);
    String check = Launcher.of(environment).line("check " + String.join(" ", photoFlags));
    conversation.logsMissing(report.missingLogs(), report.outputs().summariesDir());
    writeReport(settings, report, conversation, check);
    if (report.divergence().isPresent()) {
      throw diverged(report, settings.training().learningRate());
    }
    report
        .onnxFailure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return ExitStatus.OK;
  }

  /** At the very end: nobody has to wait for it. */
  private void writeReport(
      RunSettings settings, RunResult result, Conversation conversation, String check) {
    try {
      new RunReportWriter(settings, Launcher.of(environment), clock)
          .write(result, conversation.problems(), find().imageDir(), check);
    } catch (PupilException e) {
      conversation.reportMissing(e.messageIn(SettingFlags::of));
    }
  }

  /**
   * The flags by which check and evaluate find the photos and their bottlenecks, as they were
   * typed.
   */
  private List<String> photoFlags(RunSettings settings) {
    List<String> flags = new ArrayList<>();
    flags.add("--image_dir " + ShellWord.of(Path.of(find().imageDir())));
    for (String name : FINDS_PHOTOS) {
      String value = settings.options().get(name);
      if (value != null) {
        flags.add("--" + name + " " + ShellWord.of(value));
      }
    }
    return flags;
  }

  private static PupilException diverged(RunResult report, double rate) {
    TrainingResult.Divergence divergence = report.divergence().orElseThrow();
    return PupilException.diverged(
        "training diverged at step %d (cross entropy %s): --learning_rate %s is too high, try"
                .formatted(divergence.step(), divergence.crossEntropy(), rate)
            + " a tenth of it; the last good layer was saved in "
            + report.outputs().graph());
  }

  private RunSettings settings() {
    return settings(
        talk.verbosity().says(Verbosity.INFO)
            ? DatasetTalk.quietly(terminal, clock, find().imageDir())
            : new IngestListener() {},
        teach.distortions(),
        teach.settings(keep.intermediateStoreFrequency()),
        fineTune.request(teach.seed()),
        teach.familiarity(),
        keep.outputs(),
        givenFlags());
  }
}
