package org.pupil.images;

import java.io.IOException;
import java.io.Serial;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that works in a folder and is watched. When it is closed, or Pupil ends, the program is
 * ended too, with those that it started.
 */
final class ConverterProcess implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 50;

  private static final Duration TO_END = Duration.ofSeconds(5);

  /** That a program takes too long or writes too much. The message goes on from its name. */
  static final class OverLimit extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    OverLimit(String what) {
      super(what);
    }
  }

  private final Process process;
  private final Path folder;
  private final Thread atTheEnd;

  private ConverterProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
    this.atTheEnd = new Thread(this::kill, "converter-end");
  }

  /**
   * Starts a program, which has nothing to read, and whose output nobody reads.
   *
   * @param command its absolute path, and what to call it with
   * @param folder to work in
   * @param errors the file for its stream of errors
   * @throws IOException if it cannot be started
   */
  static ConverterProcess start(List<String> command, Path folder, Path errors) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    ConverterProcess started = new ConverterProcess(process, folder);
    try {
      Runtime.getRuntime().addShutdownHook(started.atTheEnd);
    } catch (IllegalStateException e) {
      started.kill(); // Pupil is ending already
    }
    process.getOutputStream().close();
    return started;
  }

  /**
   * Waits until it ends.
   *
   * @param patience how long
   * @param mostBytes how many bytes may be in the folder
   * @return its exit status
   * @throws OverLimit if it takes longer or writes more
   */
  int await(Duration patience, long mostBytes) throws InterruptedException, OverLimit, IOException {
    long end = System.nanoTime() + patience.toNanos();
    boolean ended = false;
    while (!ended) {
      ended = process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      if (bytes() > mostBytes) {
        throw new OverLimit(
            "writes more than %d megabytes for it".formatted(mostBytes / 1_000_000));
      }
      if (!ended && System.nanoTime() > end) {
        throw new OverLimit("takes longer than %d seconds for it".formatted(patience.toSeconds()));
      }
    }
    return process.exitValue();
  }

  private long bytes() throws IOException {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        bytes += file.toFile().length(); // 0 if it has gone since
      }
    }
    return bytes;
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // Pupil is ending, and ends it.
    }
    if (process.isAlive()) {
      kill();
      awaitEnd();
    }
  }

  /** On Windows the folder cannot be deleted before the program has ended. */
  private void awaitEnd() {
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
