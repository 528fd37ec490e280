package org.pupil.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code pupil board} under way, at any free port. */
final class BoardServer implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("Pupil board \\S+ at (http://\\S+/) \\(Press CTRL\\+C to quit\\)");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final RunningPupil process;
  private final URI address;

  private BoardServer(RunningPupil process, URI address) {
    this.process = process;
    this.address = address;
  }

  static BoardServer start(PupilProgram pupil, Object... flags) {
    List<Object> arguments = new ArrayList<>(List.of("board", "--port=0"));
    arguments.addAll(List.of(flags));
    return of(pupil.startInterruptible(arguments.toArray()));
  }

  /** Waits for the line with the address. */
  static BoardServer of(RunningPupil process) {
    process.awaitErr("(Press CTRL+C to quit)");
    Matcher matcher = ADDRESS.matcher(process.errSoFar());
    if (!matcher.find()) {
      throw new AssertionError("no address in: " + process.errSoFar());
    }
    return new BoardServer(process, URI.create(matcher.group(1)));
  }

  URI address() {
    return address;
  }

  RunningPupil process() {
    return process;
  }

  HttpResponse<String> request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until all files that were there have been read. */
  BoardServer loaded() {
    process.await(
        "the board has read all",
        () -> request("data/plugin/pupil/state").body().contains("\"loaded\":true"));
    return this;
  }

  /** Ends it as Ctrl-C does. */
  PupilRun interrupt() {
    return process.interruptWhen("now", () -> true).end();
  }

  @Override
  public void close() {
    process.kill();
  }
}
