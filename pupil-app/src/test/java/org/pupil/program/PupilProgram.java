package org.pupil.program;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code ./pupil} of this checkout, to be run in a folder, with an environment that holds nothing
 * but what a test put there.
 */
final class PupilProgram {
  private static final File NOTHING = new File("/dev/null");

  private final Path folder;
  private final Path launcher;
  private final Map<String, String> environment;
  private final File input;

  private PupilProgram(Path folder, Path launcher, Map<String, String> environment, File input) {
    this.folder = folder;
    this.launcher = launcher;
    this.environment = environment;
    this.input = input;
  }

  /** The checkout's program in a working directory; it is never built, and ready to start fast. */
  static PupilProgram in(Path folder) {
    Prepared.check();
    return unprepared(folder, Checkout.launcher());
  }

  /** A launcher as it stands. */
  static PupilProgram unprepared(Path folder, Path launcher) {
    Map<String, String> environment = new TreeMap<>();
    for (String name : List.of("PATH", "HOME", "JAVA_HOME", "TMPDIR")) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    environment.put("LANG", "C.UTF-8");
    environment.put("PUPIL_BUILD", "never");
    return new PupilProgram(folder, launcher, environment, NOTHING);
  }

  /** The same with an environment variable. */
  PupilProgram with(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new PupilProgram(folder, launcher, more, input);
  }

  /** The same without an environment variable. */
  PupilProgram without(String name) {
    Map<String, String> fewer = new TreeMap<>(environment);
    fewer.remove(name);
    return new PupilProgram(folder, launcher, fewer, input);
  }

  /** The same with a file on its standard input; else there is nothing on it. */
  PupilProgram reading(Path file) {
    return new PupilProgram(folder, launcher, environment, file.toFile());
  }

  /** Runs Pupil to its end. */
  PupilRun run(Object... arguments) {
    return start(arguments).end();
  }

  /** Starts Pupil. */
  RunningPupil start(Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return start(command);
  }

  /**
   * Starts Pupil so that Ctrl-C ends it. A test that was itself started in the background by a
   * shell hands on that the signal is ignored; {@code env} of GNU puts that right.
   */
  RunningPupil startInterruptible(Object... arguments) {
    List<String> command = new ArrayList<>();
    List<String> env = List.of("env", "--default-signal=INT");
    if (start(Stream.concat(env.stream(), Stream.of("true")).toList()).end().status() == 0) {
      command.addAll(env);
    }
    command.add(launcher.toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return start(command);
  }

  /** Runs a line of shell in which {@code pupil} is the program. */
  PupilRun shell(String line) {
    return startShell(line).end();
  }

  /** Starts a line of shell in which {@code pupil} is the program. */
  RunningPupil startShell(String line) {
    try {
      Path bin = Files.createTempDirectory("pupil-bin-");
      TestFiles.link(bin.resolve("pupil"), launcher);
      return with("PATH", bin + ":" + environment.get("PATH"))
          .start(List.of("/bin/sh", "-c", line))
          .deleting(bin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a line of shell on a pseudo terminal, at which a test can type ({@link
   * RunningPupil#type}); what it shows is on stdout. Ctrl-C ends what the line runs.
   */
  RunningPupil startTyping(String line) {
    try {
      Path bin = Files.createTempDirectory("pupil-bin-");
      TestFiles.link(bin.resolve("pupil"), launcher);
      return with("PATH", bin + ":" + environment.get("PATH"))
          .with("TERM", "xterm")
          .start(
              List.of("script", "-qec", "stty cols 100; " + line, "/dev/null"),
              ProcessBuilder.Redirect.PIPE)
          .deleting(bin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts any command in the program's folder and environment. */
  RunningPupil start(List<String> command) {
    return start(command, ProcessBuilder.Redirect.from(input));
  }

  private RunningPupil start(List<String> command, ProcessBuilder.Redirect from) {
    try {
      Path out = Files.createTempFile("pupil-test-", ".out");
      Path err = Files.createTempFile("pupil-test-", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(from)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      return new RunningPupil(command, builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first start of a build says that it prepares the next ones; no test wants to see that. */
  private static final class Prepared {
    private static final PupilRun FIRST =
        unprepared(Checkout.folder(), Checkout.launcher()).run("--version");

    static void check() {
      FIRST.exitedWith(0);
    }
  }
}
