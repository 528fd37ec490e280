package org.pupil.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.pupil.errors.PupilException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The program: finds the command, makes sense of its flags, runs it, and turns whatever goes wrong
 * into one line and an exit status. Throws nothing.
 */
final class PupilCommand {
  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;
  private final Launcher launcher;

  PupilCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
    this.launcher = Launcher.of(environment);
  }

  ExitStatus run(String... arguments) {
    List<String> all = List.of(arguments);
    boolean verbose =
        all.contains(CommonOptions.VERBOSE) || all.contains(CommonOptions.VERBOSE + "=true");
    try {
      return dispatch(all);
    } catch (PupilException e) {
      terminal.error(e.messageIn(SettingFlags::of));
      if (verbose) {
        terminal.err().print(stackTrace(e));
      }
      return ExitStatus.of(e.kind());
    } catch (Terminal.OutputGoneException e) {
      return ExitStatus.UNAVAILABLE;
    } catch (OutOfMemoryError e) {
      terminal.error(
          "out of memory: give Java more with PUPIL_JAVA_OPTS=-Xmx4g, or keep fewer cores busy with"
              + " --threads");
      return ExitStatus.UNAVAILABLE;
    } catch (RuntimeException | Error e) {
      reportFault(e);
      return ExitStatus.INTERNAL;
    }
  }

  private ExitStatus dispatch(List<String> arguments) {
    if (arguments.isEmpty() || arguments.get(0).equals("help")) {
      return help(arguments.size() > 1 ? arguments.subList(1, 2) : List.of());
    }
    String first = arguments.get(0);
    if (first.startsWith("-")) {
      return topLevelFlag(first);
    }
    CommandName command = CommandName.named(first, launcher);
    if (!arguments.contains(CommonOptions.HELP)) {
      command.preload(); // while the flags are looked at
    }
    CommandLine parser = command.parser(terminal, clock, environment);
    List<String> normal =
        new ArgumentNormalizer(flags(parser)).normalize(arguments.subList(1, arguments.size()));
    ParseResult parsed =
        parse(command, parser, RepeatedFlags.lastOfEach(parser.getCommandSpec(), normal));
    if (parsed.isUsageHelpRequested()) {
      printUsage(parser);
      return ExitStatus.OK;
    }
    if (parsed.isVersionHelpRequested()) {
      parser.printVersionHelp(terminal.out());
      return ExitStatus.OK;
    }
    return call(parser.getCommand());
  }

  private ParseResult parse(CommandName command, CommandLine parser, List<String> arguments) {
    try {
      return parser.parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      if (e.getCause() instanceof PupilException told) {
        throw told;
      }
      String message =
          e instanceof CommandLine.UnmatchedArgumentException unmatched
              ? new LooseWords(command, launcher, new TypedPaths(environment))
                  .message(arguments, unmatched.getUnmatched().get(0))
              : UsageMessage.of(e);
      throw PupilException.usage(
          "%s (%s tells more)".formatted(message, launcher.line(command.typed() + " --help")));
    }
  }

  private static ExitStatus call(Object command) {
    try {
      return (ExitStatus) ((Callable<?>) command).call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a command threw what it does not declare", e);
    }
  }

  /** The flags that a command understands. */
  static List<Flag> flags(CommandLine parser) {
    return parser.getCommandSpec().options().stream().flatMap(PupilCommand::flags).toList();
  }

  /** An option of several long names is as many flags, which the parser behind takes for one. */
  private static Stream<Flag> flags(OptionSpec option) {
    Flag.Takes takes =
        option.usageHelp() || option.versionHelp() || option.arity().max() == 0
            ? Flag.Takes.NOTHING
            : option.arity().min() == 0 ? Flag.Takes.BOOLEAN : Flag.Takes.VALUE;
    return Stream.of(option.names())
        .filter(name -> name.startsWith("--"))
        .map(name -> new Flag(name.substring(2), takes));
  }

  private ExitStatus topLevelFlag(String flag) {
    return switch (flag) {
      case "--help", "-h" -> help(List.of());
      case "--version", "-V" -> {
        terminal.out().println(new Version().getVersion()[0]);
        yield ExitStatus.OK;
      }
      default ->
          throw PupilException.usage(
              "say first what to do: %s, or %s (%s tells more)"
                  .formatted(
                      launcher.line(CommandName.RETRAIN.typed()),
                      launcher.line(CommandName.LABEL_IMAGE.typed()),
                      launcher.line(CommonOptions.HELP)));
    };
  }

  private ExitStatus help(List<String> command) {
    if (command.isEmpty()) {
      terminal.out().print(LineWrap.text(CommandName.overview(launcher), terminal.helpColumns()));
    } else {
      printUsage(CommandName.named(command.get(0), launcher).parser(terminal, clock, environment));
    }
    return ExitStatus.OK;
  }

  private void printUsage(CommandLine parser) {
    terminal.out().print(LineWrap.text(parser.getUsageMessage(), terminal.helpColumns()));
  }

  private void reportFault(Throwable fault) {
    String trace = stackTrace(fault);
    Optional<Path> file = keep(trace);
    if (file.isEmpty()) {
      terminal.err().print(trace);
    }
    terminal.error(
        "a fault in Pupil ("
            + fault
            + ")"
            + file.map(path -> "; please report it with the stack trace in " + path).orElse(""));
  }

  /** Keeps it in a file of its own, so that what is said stays one line. */
  private static Optional<Path> keep(String trace) {
    try {
      Path file = Files.createTempFile("pupil-fault-", ".txt");
      Files.write(file, trace.getBytes(StandardCharsets.UTF_8));
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String stackTrace(Throwable throwable) {
    StringWriter text = new StringWriter();
    throwable.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
