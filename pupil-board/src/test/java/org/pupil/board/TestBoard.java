package org.pupil.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.SiteSettings;

/** The real server on some log, and a client that asks it. */
public final class TestBoard implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_LOOKS = 20_000;

  private final Board board;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestBoard(Board board) {
    this.board = board;
  }

  /** Serves a folder as it is now, with the default numbers of points. */
  public static TestBoard open(Path logdir) {
    return open(logdir, Map.of());
  }

  /** Serves a folder as it is now, with so many points of a plugin. */
  public static TestBoard open(Path logdir, Map<String, Integer> samples) {
    TestBoard opened =
        new TestBoard(
            Board.open(
                new BoardSettings(
                    List.of(new LogRoot("", logdir)),
                    LogLimits.withThreads(2),
                    Duration.ZERO,
                    "localhost",
                    OptionalInt.of(0),
                    new SiteSettings("", "", "1.2.3", List.of()),
                    new SampleLimits(samples)),
                Clock.systemUTC()));
    for (int i = 0; i < MOST_LOOKS; i++) {
      if (opened.json("/data/plugin/pupil/state").get("loaded").booleanValue()) {
        return opened;
      }
      Thread.onSpinWait();
    }
    throw new IllegalStateException("the log is not loaded");
  }

  /** Where it is served, without a slash at the end. */
  public String address() {
    String address = board.address().toString();
    return address.substring(0, address.length() - 1);
  }

  /** GET of a path with parameters: name, value, name, value. */
  public HttpResponse<byte[]> get(String path, String... parameters) {
    return send(HttpRequest.newBuilder(URI.create(withParameters(path, parameters))));
  }

  /** GET, whose answer is JSON. */
  public JsonNode json(String path, String... parameters) {
    return json(get(path, parameters));
  }

  /** The JSON of an answer that must be one. */
  public static JsonNode json(HttpResponse<byte[]> answer) {
    String text = text(answer);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.uri() + ": " + answer.statusCode() + " " + text);
    }
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer's body. */
  public static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** POST of a form: name, value, name, value. */
  public HttpResponse<byte[]> post(String path, String... fields) {
    return postBody(path, "application/x-www-form-urlencoded", encoded(fields));
  }

  /** POST of a body in pieces, which does not say how long it is. */
  public HttpResponse<byte[]> postInPieces(String path, String contentType, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(address() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", contentType)
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
  }

  /** POST of a body. */
  public HttpResponse<byte[]> postBody(String path, String contentType, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Any method, without a body. */
  public HttpResponse<byte[]> send(String method, String path) {
    return send(
        HttpRequest.newBuilder(URI.create(address() + path))
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String withParameters(String path, String... parameters) {
    return address() + path + (parameters.length == 0 ? "" : "?" + encoded(parameters));
  }

  private static String encoded(String... pairs) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.add(encoded(pairs[i]) + "=" + encoded(pairs[i + 1]));
    }
    return String.join("&", fields);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    board.close();
  }

  /** An answer that is a refusal in plain text. */
  public static void assertRefused(HttpResponse<byte[]> answer, int status, String sentence) {
    assertThat(text(answer)).isEqualTo(sentence);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }
}
