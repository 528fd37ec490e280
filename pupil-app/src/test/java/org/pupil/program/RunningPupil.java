package org.pupil.program;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process under way. Its end must be waited for. */
final class RunningPupil {
  private static final long PATIENCE_SECONDS = 180;
  private static final long GLANCE_MILLIS = 5;

  private final List<String> command;
  private final Process process;
  private final Path out;
  private final Path err;
  private final List<Path> leftovers = new ArrayList<>();
  private int seen;

  RunningPupil(List<String> command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Deletes a folder with what is directly in it when the process has ended. */
  RunningPupil deleting(Path folder) {
    leftovers.add(folder);
    return this;
  }

  /** Waits for a text on stderr while the process runs. */
  RunningPupil awaitErr(String text) {
    return await("stderr has " + text, () -> text(err).contains(text));
  }

  /**
   * Waits until what is on stdout, but for what was waited for before, has a text, and then types.
   *
   * @param keys as a terminal sends them
   */
  RunningPupil type(String awaited, String keys) {
    await("stdout has " + awaited + " again", () -> text(out).indexOf(awaited, seen) >= 0);
    seen = text(out).indexOf(awaited, seen) + awaited.length();
    try {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No more keys come: the terminal hears Ctrl-D. */
  RunningPupil typeNoMore(String awaited) {
    type(awaited, "");
    try {
      process.getOutputStream().close();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was said on stderr by now. */
  String errSoFar() {
    return text(err);
  }

  /** Waits for something while the process runs. */
  RunningPupil await(String what, BooleanSupplier happened) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!happened.getAsBoolean()) {
      if (!goesOn() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        fail("waited in vain until %s%n%s%n%s", what, text(out), text(err));
      }
    }
    return this;
  }

  private boolean goesOn() {
    try {
      return !process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends the process as a power cut would: {@code kill -9}. */
  RunningPupil kill() {
    process.destroyForcibly();
    return this;
  }

  /**
   * What Ctrl-C does.
   *
   * @param happened when to do it; the shell that sends the signal waits for it ready, lest the
   *     moment be over when it has started
   */
  RunningPupil interruptWhen(String what, BooleanSupplier happened) {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", "read go; kill -INT " + process.pid()).start();
      try (OutputStream go = shell.getOutputStream()) {
        await(what, happened);
        go.write('\n');
      }
      shell.waitFor();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end. */
  PupilRun end() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        fail("did not end: %s%n%s%n%s", command, text(out), text(err));
      }
      PupilRun run = new PupilRun(command, process.exitValue(), text(out), text(err));
      Files.delete(out);
      Files.delete(err);
      for (Path folder : leftovers) {
        try (var files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
