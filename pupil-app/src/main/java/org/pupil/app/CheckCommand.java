package org.pupil.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupil.check.CheckResult;
import org.pupil.check.PhotoMover;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.ingest.ImageDirectory;
import org.pupil.report.CheckReport;
import org.pupil.report.PhotoPictures;
import org.pupil.run.CheckRun;
import org.pupil.run.RunSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code pupil check}: what is worth a look among the photos. */
@Command(
    name = "check",
    aliases = "lint",
    header = "Checks labelled photos before a classifier learns from them.",
    description = {
      "",
      "Lists what is worth a look, the worst first: photos that cannot be used, copies, photos under two labels, labels that are probably wrong, labels with few photos, and shortcuts: something beside the subject, such as the file format, that alone tells the labels apart. The exit status is 7 if something serious was found. Nothing is changed.",
      "",
      "The bottlenecks that it needs are those that retrain needs: each is computed once.",
      "",
      "  pupil check --image_dir examples/photos",
      ""
    },
    customSynopsis = "pupil check --image_dir FOLDER [FLAG...]",
    sortOptions = false)
final class CheckCommand implements Callable<ExitStatus> {
  private static final String NO_TERMINAL =
      "--fix asks about each photo, and there is no terminal to ask in: add --yes to move them without being asked";

  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Print one JSON object with all findings.")
  private boolean json;

  @Option(
      names = "--fix",
      paramLabel = "FOLDER",
      description =
          "Move photos that had better be taken out to this folder, each below a folder of its label. You are asked for each, and answer with one key. Nothing is deleted, and a list is written that --undo takes back.")
  private @Nullable Path fix;

  @Option(
      names = "--yes",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "With --fix: do not ask, and move all but photos that may well stay (near-duplicates, tiny photos, extreme shapes). Of equal photos under one label the first stays; of one under two labels none.")
  private boolean yes;

  @Option(
      names = "--undo",
      paramLabel = "LIST",
      description = "Only bring back what was moved: give the list that --fix has written.")
  private @Nullable Path undo;

  private final ReportOption page = new ReportOption();

  @ArgGroup(
      validate = false,
      order = 1,
      heading = "%nFind the photos, and split them as retrain would%n")
  private FindOptions find = new FindOptions();

  @ArgGroup(validate = false, order = 2, heading = "%nBackbone%n")
  private BackboneOptions backbone = new BackboneOptions();

  @ArgGroup(validate = false, order = 3, heading = "%nBottlenecks%n")
  private BottleneckOptions bottlenecks = new BottleneckOptions();

  CheckCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  /** The command as picocli takes it. */
  CommandSpec spec() {
    CommandSpec command = CommandSpec.forAnnotatedObject(this);
    page.addTo(command);
    return command;
  }

  @Override
  public ExitStatus call() {
    if (undo != null) {
      if (fix != null || yes || json || page.file().isPresent()) {
        throw PupilException.usage(
            "--undo only brings photos back: give it without --fix, --yes, --json and --report");
      }
      return CheckFix.undo(undo, terminal);
    }
    if (yes && fix == null) {
      throw PupilException.usage("--yes is of no use without --fix FOLDER");
    }
    page.check();
    if (fix == null) {
      return status(check());
    }
    if (!ImageDirectory.isFolder(find.imageDir())) {
      throw PupilException.usage(
          "--fix moves photos out of a folder, and %s is none: make one of it with %s"
              .formatted(
                  find.imageDir(),
                  Launcher.of(environment)
                      .line("dataset " + ShellWord.of(find.imageDir()) + " --to my-photos")));
    }
    try (Keys keys = yes ? Keys.NONE : Keys.ofTerminal(NO_TERMINAL);
        PhotoMover mover = PhotoMover.to(fix, Path.of(find.imageDir()), clock)) {
      CheckResult result = check();
      boolean allMoved =
          new CheckFix(mover, fix, keys, terminal, Launcher.of(environment)).of(result, yes);
      return allMoved ? status(result) : ExitStatus.UNAVAILABLE;
    }
  }

  private static ExitStatus status(CheckResult result) {
    return result.isSerious() ? ExitStatus.FOUND_WANTING : ExitStatus.OK;
  }

  /** Checks, and prints what was found. */
  private CheckResult check() {
    CheckResult result;
    try (CheckProgress progress = new CheckProgress(terminal, clock)) {
      result =
          new CheckRun(settings(), clock, environment, new CheckTalk(terminal, clock))
              .run(progress);
    }
    if (json) {
      CheckJson.print(result, terminal.data());
    } else {
      new CheckPrinter(terminal.out(), result, "--json").print();
    }
    page.file().ifPresent(file -> write(result, file));
    return result;
  }

  private void write(CheckResult result, Path file) {
    CheckReport report =
        new CheckReport(result, "Photos in " + find.imageDir(), ReportOption.made(clock));
    TaskProgress progress =
        new TaskProgress(terminal, CheckProgress.MOMENT, clock, "Making pictures", "photos");
    progress.start(report.pictures(), 0);
    try {
      report.write(file, new PhotoPictures(bottlenecks.alpha(), progress::stepTo));
    } finally {
      progress.stop();
    }
    terminal.err().println(OneLine.of("Report: " + file));
  }

  private RunSettings settings() {
    return JudgingSettings.of(
        find.photos(DatasetTalk.quietly(terminal, clock, find.imageDir())),
        find.strict(),
        find.split(),
        backbone,
        bottlenecks);
  }
}
