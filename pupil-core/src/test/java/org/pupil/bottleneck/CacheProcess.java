package org.pupil.bottleneck;

import static org.pupil.bottleneck.Samples.KEY;
import static org.pupil.bottleneck.Samples.put;
import static org.pupil.bottleneck.Samples.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;

/**
 * A second process that puts batches into a cache. It says {@code open} when it has opened the
 * cache and {@code put TO} when the photos up to {@code TO} are put; an error is its last line.
 */
final class CacheProcess implements AutoCloseable {
  static final int BATCH = 8;
  static final int FLOATS = 1280;

  private final Process process;
  private final BufferedReader output;

  private CacheProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Puts the photos {@code from} to {@code to} - 1. */
  public static void main(String[] arguments) {
    try (BottleneckCache cache = BottleneckCache.open(Path.of(arguments[0]))) {
      System.out.println("open");
      int to = Integer.parseInt(arguments[2]);
      for (int from = Integer.parseInt(arguments[1]); from < to; from += BATCH) {
        put(cache, KEY, read(from, from + BATCH), FLOATS);
        System.out.println("put " + (from + BATCH));
      }
    } catch (PupilException e) {
      System.out.println(e.kind() + " " + e.getMessage());
    }
  }

  /** Starts a process by a command, such as a shell that limits it; none for the plain process. */
  static CacheProcess start(List<String> command, Path folder, int from, int to)
      throws IOException {
    List<String> line = new ArrayList<>(command);
    line.addAll(
        Arrays.asList(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CacheProcess.class.getName(),
            folder.toString(),
            Integer.toString(from),
            Integer.toString(to)));
    return new CacheProcess(
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line the process prints; null after the last. */
  @Nullable String nextLine() throws IOException {
    return output.readLine();
  }

  /** Kills the process with SIGKILL: it gets no chance to do anything. Its lines stay readable. */
  void kill() throws InterruptedException {
    // Not process.destroyForcibly(), which throws the lines away.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
