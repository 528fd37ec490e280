package org.pupil.app;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.model.Model;
import picocli.CommandLine;

/** The commands of the program. Only the one that is asked for is set up: that starts faster. */
enum CommandName {
  RETRAIN("retrain", "teach", "train a classifier on folders of photos") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new RetrainCommand(terminal, clock, environment);
    }

    @Override
    void preload() {
      BottleneckCache.preload();
    }
  },
  DATASET("dataset", "get", "bring a photo set from anywhere into folders by label") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new DatasetCommand(terminal, clock, environment);
    }
  },
  CHECK("check", "lint", "look for what is wrong with the photos, before training") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new CheckCommand(terminal, clock, environment).spec();
    }

    @Override
    void preload() {
      BottleneckCache.preload();
    }
  },
  TUNE("tune", "search", "find the settings of retrain that do best on your photos") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new TuneCommand(terminal, clock, environment);
    }

    @Override
    void preload() {
      BottleneckCache.preload();
    }
  },
  LABEL_IMAGE("label_image", "label", "label photos with a model") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new LabelImageCommand(terminal, environment).spec();
    }

    @Override
    void preload() {
      Engines.auto().preload();
      Model.preload();
    }
  },
  EVALUATE("evaluate", "score", "tell how good a model is on photos whose labels are known") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new EvaluateCommand(terminal, clock, environment).spec();
    }
  },
  EXPLAIN("explain", "why", "explain why a model labels a photo as it does") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new ExplainCommand(terminal, clock, environment).spec();
    }

    @Override
    void preload() {
      Engines.auto().preload();
      Model.preload();
      BottleneckCache.preload();
    }
  },
  EXPORT("export", "convert", "export a model as an ONNX file for other programs") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new ExportCommand(terminal, environment).spec();
    }

    @Override
    void preload() {
      Engines.auto().preload();
    }
  },
  BOARD("board", "tensorboard", "show in the browser how training runs went, as TensorBoard does") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new BoardCommand(terminal, clock);
    }
  },
  DOCTOR("doctor", "diagnose", "say what there is on this machine, and what is missing") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new DoctorCommand(terminal, clock, environment).spec();
    }
  },
  CLEAN("clean", "tidy", "show what can be made again, and remove what you choose") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new CleanCommand(terminal, environment).spec();
    }
  },
  SELF_CHECK(
      "self-check",
      "self_test",
      "train on a few generated pictures and label them, to check that it all works") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new SelfCheckCommand(terminal, clock, environment);
    }
  },
  WORKSHOP("workshop", "learn", "be led through the workshop, station by station") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new WorkshopCommand(terminal, environment);
    }
  },
  COMPLETION("completion", "complete", "print what your shell needs to complete commands") {
    @Override
    Object command(Terminal terminal, Clock clock, Map<String, String> environment) {
      return new CompletionCommand(terminal, clock, environment).spec();
    }
  };

  /**
   * Lines of help are broken by {@link LineWrap}: the parser would break words at their hyphens.
   */
  private static final int UNBROKEN = 10_000;

  /** The parser's name for {@link CommonOptions}. */
  static final String COMMON_OPTIONS = "common";

  private final String typed;
  private final String alias;
  private final String summary;

  CommandName(String typed, String alias, String summary) {
    this.typed = typed;
    this.alias = alias;
    this.summary = summary;
  }

  /** What picocli takes: an object with annotations, or a specification. */
  abstract Object command(Terminal terminal, Clock clock, Map<String, String> environment);

  /** Begins to load what the command will need whatever its flags say. */
  void preload() {}

  /** The command's parser. */
  CommandLine parser(Terminal terminal, Clock clock, Map<String, String> environment) {
    CommandLine parser =
        new CommandLine(command(terminal, clock, environment))
            .setUsageHelpWidth(UNBROKEN)
            .setOverwrittenOptionsAllowed(true)
            .setAllowOptionsAsOptionParameters(true) // the value of --image=--csv is a photo's name
            .setExpandAtFiles(false) // a photo's name may begin with @
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(
                    terminal.colour() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF));
    new TypedPaths(environment).register(parser);
    parser.getCommandSpec().addMixin(COMMON_OPTIONS, CommonOptions.spec());
    showLauncher(parser.getCommandSpec().usageMessage(), Launcher.of(environment));
    return parser;
  }

  /** Lines of a help that can be typed are such as work where the person stands. */
  private void showLauncher(CommandLine.Model.UsageMessageSpec usage, Launcher launcher) {
    if (!launcher.isPlain()) {
      String plain = Launcher.PLAIN.line(typed);
      String real = launcher.line(typed).replace("%", "%%");
      usage.customSynopsis(
          Arrays.stream(usage.customSynopsis())
              .map(line -> line.replace(plain, real))
              .toArray(String[]::new));
      usage.description(
          Arrays.stream(usage.description())
              .map(line -> line.startsWith("  ") ? line.replace(plain, real) : line)
              .toArray(String[]::new));
    }
  }

  /** How it is typed. */
  String typed() {
    return typed;
  }

  /** How it may be typed instead. */
  String alias() {
    return alias;
  }

  /**
   * The command of that name or alias; dashes and underscores are the same.
   *
   * @param launcher how Pupil is called, for the message
   * @throws PupilException (usage) that says what is meant and lists the commands, if there is none
   */
  static CommandName named(String name, Launcher launcher) {
    String wanted = name.replace('-', '_');
    return Arrays.stream(values())
        .filter(c -> c.typed.replace('-', '_').equals(wanted) || c.alias.equals(wanted))
        .findFirst()
        .orElseThrow(() -> UnknownCommand.of(name, launcher));
  }

  /** What {@code pupil --help} prints. */
  static String overview(Launcher launcher) {
    StringBuilder text = new StringBuilder();
    text.append("Pupil is an image classifier that you train on your own photos.\n\n");
    List<String> lines =
        Stream.of("retrain --image_dir examples/photos", "label_image --image some.jpg", "board")
            .map(launcher::line)
            .toList();
    int width = lines.stream().mapToInt(String::length).max().orElse(0);
    List<String> what = List.of("train a classifier", "label a photo", "see how training went");
    for (int i = 0; i < lines.size(); i++) {
      text.append(("  %-" + width + "s   %s\n").formatted(lines.get(i), what.get(i)));
    }
    text.append("\n");
    text.append("Commands:\n");
    for (CommandName command : values()) {
      text.append(
          "  %-12s (or %s)%s %s%n"
              .formatted(
                  command.typed,
                  command.alias,
                  " ".repeat(Math.max(0, 12 - command.alias.length())),
                  command.summary));
    }
    text.append("\n")
        .append(launcher.line("COMMAND --help"))
        .append(" lists the flags of a command.\n\nExit status:\n");
    for (ExitStatus status : List.of(ExitStatus.values())) {
      text.append("  %d  %s%n".formatted(status.code(), status.meaning()));
    }
    return text.toString();
  }
}
