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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code pupil board} as a process of its own. */
final class RunningBoard implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile(" at (http://\\S+/) ");

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

  /** Starts it and waits for its banner. */
  static RunningBoard start(Path checkout, Path logdir) throws IOException {
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
                checkout.resolve("pupil").toString(), "board", "--logdir=" + logdir, "--port=0")
            .start();
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
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(address.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(path + " was answered with " + response.statusCode());
    }
    return response.body();
  }

  String text(String path) throws IOException, InterruptedException {
    return new String(get(path), StandardCharsets.UTF_8);
  }

  /** Waits until all files have been read. */
  void awaitLoaded() throws IOException, InterruptedException {
    while (!text("data/plugin/pupil/state").contains("\"loaded\":true")) {
      Thread.sleep(5);
    }
  }

  /** Resident memory now, or 0 where the system does not tell it. */
  long residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
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
