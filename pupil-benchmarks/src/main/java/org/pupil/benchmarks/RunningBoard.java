package org.pupil.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code pupil board}, or TensorBoard, as a process of its own. */
final class RunningBoard implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile(" at (http://\\S+/) ");

  private static final int HTTP_OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final URI address;
  private final long beginNanos;

  private RunningBoard(Process process, URI address, long beginNanos) {
    this.process = process;
    this.address = address;
    this.beginNanos = beginNanos;
  }

  /** Starts Pupil's and waits for its banner. */
  static RunningBoard start(Path checkout, Path logdir) throws IOException {
    return start(checkout.resolve("pupil").toString(), "board", "--logdir=" + logdir, "--port=0");
  }

  /** Starts TensorBoard with its fast loader and waits for its banner. */
  static RunningBoard startTensorBoard(Path tensorBoard, Path logdir) throws IOException {
    return start(tensorBoard.toString(), "--logdir=" + logdir, "--port=0", "--load_fast=true");
  }

  private static RunningBoard start(String... command) throws IOException {
    long begin = System.nanoTime();
    Process process = new ProcessBuilder(command).start();
    BufferedReader talk =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = talk.readLine(); line != null; line = talk.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        return new RunningBoard(process, URI.create(matcher.group(1)), begin);
      }
    }
    throw new IOException("the board ended without a banner");
  }

  double secondsSinceStart() {
    return (System.nanoTime() - beginNanos) / 1e9;
  }

  /** The answer to a request. */
  byte[] get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = ask(path);
    if (response.statusCode() != HTTP_OK) {
      throw new IOException(path + " was answered with " + response.statusCode());
    }
    return response.body();
  }

  String text(String path) throws IOException, InterruptedException {
    return new String(get(path), StandardCharsets.UTF_8);
  }

  /** Waits until all files have been read. */
  void awaitLoaded() throws IOException, InterruptedException {
    await("data/plugin/pupil/state", state -> state.contains("\"loaded\":true"));
  }

  /** Asks until the answer is as wanted; that there is none yet is no answer. */
  void await(String path, Predicate<String> isWanted) throws IOException, InterruptedException {
    while (true) {
      HttpResponse<byte[]> response = ask(path);
      if (response.statusCode() == HTTP_OK
          && isWanted.test(new String(response.body(), StandardCharsets.UTF_8))) {
        return;
      }
      Thread.sleep(5);
    }
  }

  private HttpResponse<byte[]> ask(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Resident memory now, of its children too, or 0 where the system does not tell it. */
  long residentBytes() {
    return residentBytes(process.toHandle())
        + process.descendants().mapToLong(RunningBoard::residentBytes).sum();
  }

  private static long residentBytes(ProcessHandle one) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(one.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // another system
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
