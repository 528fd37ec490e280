package org.pupil.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;

class WebServerTest {
  private static final String UNKNOWN = "known as localhost only";

  private static WebServer server;

  @BeforeAll
  static void start() {
    server =
        WebServer.start(
            settings(OptionalInt.of(0), "/sub"),
            routes -> {
              Router router = new Router(routes, List.of("", "/other/{name}"));
              router.get("/word", context -> Json.answer(context, Map.of("word", "ä", "n", 0.0)));
              router.get(
                  "/number",
                  context -> Json.answer(context, Requests.optionalInt(context, "n", 7)));
              router.post("/form", context -> Requests.formParameters(context, "a"));
              router.get(
                  "/fault",
                  context -> {
                    throw new IllegalStateException("the secret word");
                  });
            });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static WebSettings settings(OptionalInt port, String prefix) {
    return new WebSettings("localhost", port, 0, prefix, List.of("known.example"), UNKNOWN);
  }

  private static String get(String path, String host) {
    return send("GET", path, host);
  }

  private static String send(String method, String path, String host) {
    try (Socket socket = new Socket("localhost", server.address().getPort())) {
      String request =
          "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
              .formatted(method, path, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void hasTheHeaders(String answer) {
    assertThat(answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT))
        .contains("x-content-type-options: nosniff")
        .contains("x-frame-options: sameorigin")
        .contains("referrer-policy: no-referrer")
        .contains("content-security-policy: default-src 'self';")
        .doesNotContain("jetty")
        .doesNotContain("javalin");
  }

  @Test
  void itIsServedBelowThePathPrefix() {
    assertThat(server.address().toString()).endsWith("/sub/");
    assertThat(get("/sub/number", "localhost")).startsWith("HTTP/1.1 200").endsWith("7");
    assertThat(get("/number", "localhost")).startsWith("HTTP/1.1 404");
  }

  @Test
  void aRouteIsBelowEachOfTheRoutersPrefixes() {
    assertThat(get("/sub/other/x/number?n=8", "localhost")).endsWith("8");
  }

  @Test
  void jsonIsAscii() {
    assertThat(get("/sub/word", "localhost")).contains("\"\\u00E4\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:6006", "127.0.0.1", "[::1]:80", "KNOWN.example"})
  void knownHostsAreAnswered(String host) {
    assertThat(get("/sub/number", host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example"})
  void otherHostsAreRefusedWithTheSentenceOfTheSettings(String host) {
    String answer = get("/sub/number", host);
    assertThat(answer).startsWith("HTTP/1.1 400").endsWith(UNKNOWN);
    hasTheHeaders(answer);
  }

  @Test
  void everyAnswerHasTheHeaders() {
    hasTheHeaders(get("/sub/number", "localhost"));
    hasTheHeaders(get("/sub/none", "localhost"));
    hasTheHeaders(get("/sub/%zz", "localhost"));
    hasTheHeaders(get("/elsewhere", "localhost"));
  }

  @Test
  void aWrongParameterIsRefusedWithItsName() {
    assertThat(get("/sub/number?n=x", "localhost"))
        .startsWith("HTTP/1.1 400")
        .endsWith("Invalid argument: n must be a whole number, was x");
  }

  @Test
  void anotherMethodIsRefusedWithTheOneThatIsAllowed() {
    assertThat(send("GET", "/sub/form", "localhost"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: POST");
  }

  @Test
  void aFaultOfTheProgramTellsTheStrangerNothing() {
    Logger logger = Logger.getLogger(WebServer.class.getName());
    logger.setLevel(Level.OFF);
    try {
      String answer = get("/sub/fault", "localhost");
      assertThat(answer).startsWith("HTTP/1.1 500");
      hasTheHeaders(answer);
      assertThat(answer).endsWith("\r\n\r\nInternal error").doesNotContain("secret");
    } finally {
      logger.setLevel(null);
    }
  }

  @Test
  void aPortThatIsTakenIsAnError() {
    OptionalInt taken = OptionalInt.of(server.address().getPort());
    assertThatThrownBy(() -> WebServer.start(settings(taken, ""), routes -> {}))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining(String.valueOf(taken.getAsInt()));
  }

  @Test
  void withoutAGivenPortTheNextFreeOneIsTaken() {
    int taken = server.address().getPort();
    WebSettings next =
        new WebSettings("localhost", OptionalInt.empty(), taken, "", List.of(), UNKNOWN);
    try (WebServer other = WebServer.start(next, routes -> {})) {
      assertThat(other.address().getPort()).isBetween(taken + 1, taken + 99);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"board", "/board/", "/..", "/a/./b", "/a{b}"})
  void whatCannotBeginAPathIsNoPrefix(String prefix) {
    assertThat(WebSettings.isPathPrefix(prefix)).isFalse();
    assertThatThrownBy(() -> settings(OptionalInt.empty(), prefix))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
