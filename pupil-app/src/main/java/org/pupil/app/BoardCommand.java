package org.pupil.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupil.board.BoardSettings;
import org.pupil.board.inspect.Inspection;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.SiteSettings;
import org.pupil.errors.PupilException;
import org.pupil.run.PupilVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pupil board}: shows event files in the browser. */
@Command(
    name = "board",
    aliases = "tensorboard",
    header = "Shows in the browser how training runs went, as TensorBoard does.",
    description = {
      "",
      "Reads the event files that pupil retrain (or any TensorFlow program) wrote, and keeps reading while they grow. Open the address that it prints.",
      "",
      "  pupil board --logdir pupil-model/runs",
      ""
    },
    customSynopsis = "pupil board [FLAG...]",
    sortOptions = false)
final class BoardCommand implements Callable<ExitStatus> {
  private static final String ALL_ADDRESSES = "";

  /** Addresses that mean all. */
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]");

  private final Terminal terminal;
  private final Clock clock;

  @Option(
      names = "--logdir",
      paramLabel = "FOLDER",
      description =
          "The folder with the event files, in it or in folders below it. Default: pupil-model/runs, and pupil-model/logs if an older Pupil wrote it")
  private @Nullable Path logdir;

  @Option(
      names = "--logdir_spec",
      split = ",",
      paramLabel = "NAME:FOLDER",
      description = "Several folders, each with a prefix for the names of its runs.")
  private List<NamedFolder> logdirSpec = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "The port to listen on; 0 for any free one. Default: 6006, or the next free one")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "The name or address to listen on. Default: localhost, so nobody else can see it")
  private @Nullable String host;

  @Option(
      names = "--bind_all",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Listen on all addresses: everybody on the network can read the logs.")
  private boolean bindAll;

  @Option(
      names = "--reload_interval",
      paramLabel = "SECONDS",
      description = "How often to look for new data; 0: only once. Default: ${DEFAULT-VALUE}")
  private double reloadInterval = BoardSettings.DEFAULT_RELOAD_INTERVAL.toMillis() / 1e3;

  @Option(
      names = "--samples_per_plugin",
      split = ",",
      paramLabel = "PLUGIN=N",
      converter = PluginSamples.Converter.class,
      description =
          "The most points of a series to show, such as scalars=1000,images=10; 0 for all. Default: all, but 51 histograms, 501 distributions, 100 texts and 100 PR curves")
  private List<PluginSamples> samplesPerPlugin = new ArrayList<>();

  @Option(
      names = "--max_points",
      paramLabel = "N",
      description =
          "The most points to keep in memory; if there are more, those that are not peaks are dropped first. Default: ${DEFAULT-VALUE}")
  private long maxPoints = LogLimits.DEFAULT_MAX_POINTS;

  @Option(
      names = "--max_tags",
      paramLabel = "N",
      description =
          "The most tags of a run to keep; the values of others are left out, and the board says so. Default: ${DEFAULT-VALUE}")
  private int maxTags = LogLimits.DEFAULT_MAX_TAGS;

  @Option(
      names = "--path_prefix",
      paramLabel = "/PATH",
      description = "A prefix for the paths of all pages, for use behind a proxy.")
  private String pathPrefix = "";

  @Option(
      names = "--window_title",
      paramLabel = "TEXT",
      description = "The title of the browser window.")
  private String windowTitle = "";

  @Option(
      names = "--open",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Open the page in the browser.")
  private boolean open;

  @Option(
      names = "--inspect",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Print which tags the event files have and at which steps, instead of serving the board.")
  private boolean inspect;

  @Option(
      names = "--event_file",
      paramLabel = "FILE",
      description = "With --inspect: look at this file instead of --logdir.")
  private @Nullable Path eventFile;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "With --inspect: look at this tag only.")
  private @Nullable String tag;

  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {
        "--load_fast",
        "--purge_orphaned_data",
        "--reload_multifile",
        "--reload_multifile_inactive_secs",
        "--max_reload_threads",
        "--detect_file_replacement",
        "--extra_data_server_flags"
      },
      paramLabel = "VALUE",
      description = "Accepted so that scripts for TensorBoard work; Pupil has only one loader.")
  private @Nullable String ofTensorBoard;

  BoardCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public ExitStatus call() {
    BoardSettings settings = settings();
    if (inspect) {
      return inspect();
    }
    if (eventFile != null || tag != null) {
      throw PupilException.usage("--event_file and --tag need --inspect");
    }
    for (LogRoot root : settings.roots()) {
      if (!Files.isDirectory(root.folder())) {
        terminal.warn(
            "there is no folder "
                + root.folder()
                + " yet: the board will show what appears there; if you trained elsewhere, go to that folder, or name another with --logdir FOLDER");
      }
    }
    boolean placeWasGiven = bindAll || host != null;
    try (ServedBoard board = ServedBoard.open(terminal, settings, placeWasGiven, clock)) {
      if (open) {
        Browser.open(board.address(), terminal);
      }
      board.serveUntilSignal();
    }
    return ExitStatus.OK;
  }

  private ExitStatus inspect() {
    SortedMap<Path, SortedSet<Path>> files = new TreeMap<>();
    if (eventFile == null) {
      files.putAll(EventLogs.eventFiles(roots()));
    } else if (Files.isRegularFile(eventFile)) {
      files.put(eventFile, new TreeSet<>(Set.of(eventFile)));
    } else {
      throw PupilException.badInput("--event_file " + eventFile + " is no file");
    }
    if (files.isEmpty()) {
      throw PupilException.badInput(
          "there are no event files in or below "
              + roots().stream().map(r -> r.folder().toString()).collect(Collectors.joining(", "))
              + ": give --logdir the folder that a training run was given as --summaries_dir");
    }
    terminal.data().println("Found event files in:");
    files.keySet().forEach(terminal.data()::println);
    terminal.data().println();
    files.forEach(
        (folder, inIt) -> {
          Inspection inspection = Inspection.of(folder.toString(), inIt, Optional.ofNullable(tag));
          inspection.print(terminal.data());
          inspection.damages().forEach(terminal::warn);
          terminal.checkOut();
        });
    return ExitStatus.OK;
  }

  private BoardSettings settings() {
    if (bindAll && host != null) {
      throw PupilException.usage("give --host or --bind_all, not both");
    }
    if (!(reloadInterval >= 0) || reloadInterval > 1e6) {
      throw PupilException.usage("--reload_interval must not be negative, was " + reloadInterval);
    }
    if (port != null && (port < 0 || port > 65535)) {
      throw PupilException.usage("--port must be 0 to 65535, was " + port);
    }
    SampleLimits samples = new SampleLimits(mostSamples());
    if (maxPoints < 1) {
      throw PupilException.usage("--max_points must be at least 1, was " + maxPoints);
    }
    if (maxTags < 1) {
      throw PupilException.usage("--max_tags must be at least 1, was " + maxTags);
    }
    return new BoardSettings(
        roots(),
        new LogLimits(maxPoints, maxTags, Runtime.getRuntime().availableProcessors()),
        Duration.ofMillis(Math.round(reloadInterval * 1000)),
        listensToAll()
            ? ALL_ADDRESSES
            : host == null ? BoardSettings.DEFAULT_HOST : BoardAddress.host(host),
        port == null ? OptionalInt.empty() : OptionalInt.of(port),
        new SiteSettings(
            BoardAddress.pathPrefix(pathPrefix),
            windowTitle,
            PupilVersion.number(),
            listensToAll() ? List.of("*") : host == null ? List.of() : List.of(host)),
        samples);
  }

  /** If a plugin is named twice, the last one counts. */
  private Map<String, Integer> mostSamples() {
    Map<String, Integer> most = new LinkedHashMap<>();
    for (PluginSamples one : samplesPerPlugin) {
      if (one.most() < 0) {
        throw PupilException.usage(
            "--samples_per_plugin must not be negative, was " + one.plugin() + "=" + one.most());
      }
      most.put(one.plugin(), one.most());
    }
    return most;
  }

  private boolean listensToAll() {
    return bindAll || (host != null && WILDCARDS.contains(host));
  }

  private List<LogRoot> roots() {
    if (logdirSpec.isEmpty()) {
      return logdir == null ? defaultRoots() : List.of(new LogRoot("", logdir));
    }
    return LogRoots.named(logdirSpec);
  }

  /** What a Pupil wrote that knew no runs stays in sight, as one more run. */
  private static List<LogRoot> defaultRoots() {
    LogRoot runs = new LogRoot("", DefaultPlaces.RUNS);
    return Files.isDirectory(DefaultPlaces.OLD_LOGS)
        ? List.of(runs, new LogRoot("logs", DefaultPlaces.OLD_LOGS))
        : List.of(runs);
  }
}
