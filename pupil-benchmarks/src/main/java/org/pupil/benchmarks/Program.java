package org.pupil.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the packaged program as a person does, as a process of its own. */
final class Program {
  private static final int LOOK_EVERY_MILLIS = 100;

  private final Path launcher;
  private final Path workingFolder;

  Program(Path checkout, Path workingFolder) {
    this.launcher = checkout.resolve("pupil").toAbsolutePath().normalize();
    this.workingFolder = workingFolder;
  }

  /**
   * One run.
   *
   * @param seconds from the start of the launcher to the end of the process
   * @param peakBytes the largest resident memory; 0 where the system does not tell it
   */
  record Run(double seconds, long peakBytes) {}

  /**
   * Runs it.
   *
   * @throws IllegalStateException if it does not end with status 0
   */
  Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path log = workingFolder.resolve("program.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    long begin = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, peakBytes(process.pid()));
      // Not more often: each look holds up the process for a moment.
      process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " failed:\n" + Files.readString(log));
    }
    return new Run(seconds, peak);
  }

  /** The median time of several runs, of which the first is not counted. */
  double medianSeconds(int runs, String... arguments) throws IOException, InterruptedException {
    run(arguments);
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      seconds.add(run(arguments).seconds());
    }
    return Timing.median(seconds);
  }

  /** What Linux calls the high-water mark of the resident set. */
  private static long peakBytes(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // another system, or the process has ended
    }
  }
}
