package org.pupil.board.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.board.LogBuilder;
import org.pupil.board.TestBoard;

/** What strangers may try: the board gives nothing that is not its own, and never breaks. */
class SecurityTest {
  @TempDir static Path folder;

  private static TestBoard board;
  private static URI address;

  @BeforeAll
  static void open() throws IOException {
    Path logdir = Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("secret.tsv"), "4\t2\n");
    try (LogBuilder log = new LogBuilder(logdir.resolve("r"))) {
      log.write(0, values -> values.scalar("a", 1));
    }
    board = TestBoard.open(logdir);
    address = URI.create(board.address());
  }

  @AfterAll
  static void close() {
    board.close();
  }

  /** Sends bytes as they are; returns the answer as it is. */
  private static String raw(String request) {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String rawGet(String path) {
    return raw("GET", path, "Host: localhost");
  }

  private static String raw(String method, String path, String... headers) {
    String lines = Stream.of(headers).map(header -> header + "\r\n").collect(joining());
    return raw("%s %s HTTP/1.1\r\n%sConnection: close\r\n\r\n".formatted(method, path, lines));
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }

  // --- Host -------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:6006",
        "localhost.evil.example",
        "evil.localhost",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "0.0.0.0",
        "[::2]:6006",
        "localhost@evil.example",
        "local host",
        "",
        "localhost, evil.example",
      })
  void aNameOfAStrangerIsRefused(String host) {
    for (String path : List.of("/", "/data/runs", "/page/board.js", "/nothing")) {
      String answer = raw("GET", path, "Host: " + host);
      assertThat(status(answer)).as(answer).isEqualTo(400);
      assertThat(answer).doesNotContain("[\"r\"]").doesNotContain("<script");
    }
  }

  @Test
  void withoutAHostNothingIsAnswered() {
    assertThat(raw("GET /data/runs HTTP/1.0\r\n\r\n")).contains(" 400 ").doesNotContain("[\"r\"]");
    assertThat(status(raw("GET", "/data/runs", "Host: localhost", "Host: evil"))).isEqualTo(400);
    // The name in the request line goes before that of the header.
    assertThat(raw("GET", "http://evil.example/data/runs", "Host: localhost"))
        .doesNotContain("[\"r\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:6006", "[::1]", "[::1]:6006"})
  void namesOfThisMachineAreKnown(String host) {
    String answer = raw("GET", "/data/runs", "Host: " + host);
    assertThat(status(answer)).as(answer).isEqualTo(200);
  }

  // --- headers ----------------------------------------------------------------------------------

  private static void hasTheHeaders(String answer) {
    String headers = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    assertThat(headers)
        .contains("x-content-type-options: nosniff")
        .contains("x-frame-options: sameorigin")
        .contains("referrer-policy: no-referrer")
        .contains("content-security-policy: default-src 'self';")
        .doesNotContain("access-control-allow")
        .doesNotContain("jetty")
        .doesNotContain("javalin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/page/board.js",
        "/page/board.css",
        "/libraries/d3/d3.min.js",
        "/data/runs",
        "/data/environment",
        "/data/plugin/scalars/scalars?run=r&tag=a",
        "/data/plugin/scalars/scalars?run=r&tag=a&format=csv",
        "/data/plugin/pupil/points?run=r&tag=a",
        "/data/plugin/scalars/scalars",
        "/data/plugin/scalars/scalars?run=r&tag=none",
        "/data/plugin/scalars/scalars_multirun",
        "/data/plugin/graphs/graph?run=r",
        "/data/plugin/hparams/experiment",
        "/data/plugin/projector/tensor?run=r",
        "/graphs",
        "/nothing",
        "/page/nothing.js",
        "/%2e%2e/x",
      })
  void everyAnswerSaysWhatABrowserMustNotDo(String path) {
    hasTheHeaders(rawGet(path));
  }

  @Test
  void refusalsHaveTheHeadersToo() {
    String refused = raw("GET", "/", "Host: evil.example");
    hasTheHeaders(refused);
    String method = rawGet("/data/plugin/scalars/scalars_multirun");
    assertThat(status(method)).isEqualTo(405);
    hasTheHeaders(method);
  }

  @Test
  void noScriptButThoseOfTheJarMayRun() {
    String policy = board.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'self'")
        .contains("object-src 'none'")
        .contains("base-uri 'none'")
        .contains("form-action 'none'")
        .contains("frame-ancestors 'self'")
        .doesNotContain("unsafe-eval")
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("*");
    for (String directive : policy.split(";", -1)) {
      if (directive.contains("unsafe-inline")) {
        assertThat(directive.strip()).startsWith("style-src ");
      }
      if (directive.contains("data:") || directive.contains("blob:")) {
        assertThat(directive.strip()).startsWith("img-src ");
      }
    }
    String page = TestBoard.text(board.get("/"));
    assertThat(page.replaceAll("<script [^>]*src=\"[^\"]*\"[^>]*></script>", ""))
        .doesNotContain("<script");
    assertThat(page).doesNotContainPattern("\\son[a-z]+=").doesNotContain("javascript:");
  }

  // --- paths ------------------------------------------------------------------------------------

  @Test
  void noPathLeadsToAFileThatIsNotThePages() {
    List<String> ups =
        List.of(
            "../",
            "..%2f",
            "%2e%2e/",
            "%2e%2e%2f",
            "%252e%252e/",
            "..\\",
            "..%5c",
            "....//",
            "..;/",
            ".%00./",
            "%c0%ae%c0%ae/",
            "./../",
            "//",
            "/");
    List<String> targets =
        List.of(
            "etc/passwd",
            "web/BoardServer.class",
            "secret.tsv",
            "libraries.properties",
            "WEB-INF/web.xml",
            "META-INF/MANIFEST.MF",
            "board.js%00.html");
    List<String> places =
        List.of(
            "/page/", "/page/tabs/", "/libraries/d3/", "/libraries/", "/", "/experiment/x/page/");
    for (String place : places) {
      for (String up : ups) {
        for (String target : targets) {
          String answer = rawGet(place + up.repeat(4) + target);
          assertThat(status(answer)).as(place + up + target).isBetween(300, 499);
          assertThat(answer)
              .doesNotContain("root:")
              .doesNotContain("4\t2")
              .doesNotContain("Manifest-Version")
              .doesNotContain("ÊþĹ");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/board.js%00",
        "/page/%00",
        "/page/board.js\\",
        "/page/C:\\x",
        "/page/.hidden",
        "/page/",
        "/page",
        "/libraries/none/x.js",
        "/libraries/d3/",
        "/libraries/%2e%2e/x.js",
        "/libraries/d3/../../d3.min.js",
        "/page/index",
        "/page/index.html/",
        "/experiment//",
        "/%",
        "/%zz",
        "/%00",
        "/\u0000",
        "/\u00ff",
        "*",
        "x",
        "//evil.example/",
        "/;x=y",
        "/?%",
        "/data/runs?%zz=%",
        "/data/runs;x"
      })
  void oddPathsAreRefusedAndNeverAFault(String path) {
    String answer = rawGet(path);
    assertThat(status(answer)).as(answer).isLessThan(500);
    assertThat(answer).doesNotContain("at org.").doesNotContain("at java.").doesNotContain("Jetty");
  }

  @Test
  void redirectsStayHere() {
    for (String path : List.of("//evil.example/..", "/graphs", "//graphs", "/\\evil.example")) {
      String answer = rawGet(path);
      if (status(answer) / 100 == 3) {
        assertThat(answer.toLowerCase(Locale.ROOT))
            .doesNotContain("location: //")
            .doesNotContain("location: /\\")
            .doesNotContain("evil");
      }
    }
  }

  // --- sizes ------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/plugin/scalars/scalars_multirun",
        "/data/plugin/timeseries/timeSeries",
        "/data/plugin/hparams/session_groups",
        "/data/plugin/hparams/experiment",
        "/data/plugin/hparams/download_data?format=csv",
      })
  void bodiesAreBounded(String path) {
    String large = "tag=" + "x".repeat(6 << 20);
    for (String type : List.of("application/x-www-form-urlencoded", "application/json")) {
      assertThat(refusal(() -> board.postBody(path, type, large))).as(type).isIn(400, 413);
      assertThat(refusal(() -> board.postInPieces(path, type, large))).as(type).isIn(400, 413);
    }
  }

  /** The server may also close the connection while the rest of the body is on its way. */
  private static int refusal(Supplier<HttpResponse<byte[]>> asking) {
    try {
      return asking.get().statusCode();
    } catch (UncheckedIOException e) {
      return 413;
    }
  }

  @Test
  void longAddressesAreRefused() {
    assertThat(status(rawGet("/" + "x".repeat(100_000)))).isIn(400, 414, 431);
    assertThat(status(rawGet("/data/plugin/scalars/scalars?run=" + "x".repeat(100_000))))
        .isIn(400, 414, 431);
    assertThat(status(raw("GET", "/", "Host: localhost", "X: " + "x".repeat(100_000))))
        .isIn(400, 431);
    String many = "&run=x".repeat(1000);
    assertThat(status(rawGet("/data/plugin/pr_curves/pr_curves?tag=a" + many))).isLessThan(500);
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "[".repeat(100_000);
    assertThat(
            board
                .postBody("/data/plugin/hparams/experiment", "application/json", deep)
                .statusCode())
        .isEqualTo(400);
    String columns = "{\"colParams\":[{\"hparam\":\"a\",\"filterDiscrete\":" + deep;
    assertThat(
            board
                .postBody("/data/plugin/hparams/session_groups", "application/json", columns)
                .statusCode())
        .isEqualTo(400);
    assertThat(board.post("/data/plugin/timeseries/timeSeries", "requests", deep).statusCode())
        .isEqualTo(400);
  }

  // --- methods ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "OPTIONS", "CONNECT", "FOO", "get", "PROPFIND"})
  void otherMethodsDoNothing(String method) {
    String answer = raw(method, "/data/runs", "Host: localhost", "X-Secret: 42");
    assertThat(status(answer)).as(answer).isLessThan(500);
    assertThat(answer).doesNotContain("X-Secret").doesNotContain("[\"r\"]");
  }

  // --- keys -------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "====",
        "W10",
        "bnVsbA",
        "WyJyIl0",
        "../../secret.tsv",
        "\u0000",
        "ä",
        "e30",
        "WyIiLCJyIiwiYSIsOTIyMzM3MjAzNjg1NDc3NTgwNyw5OTk5OTk5OTk5OTld",
      })
  void keysThatAreGarbageAreRefused(String key) {
    for (HttpResponse<byte[]> answer :
        List.of(
            board.get("/data/plugin/images/individualImage", "blob_key", key),
            board.get("/data/plugin/timeseries/imageData", "imageId", key))) {
      assertThat(answer.statusCode()).as(TestBoard.text(answer)).isIn(400, 404);
    }
  }

  // --- markup -----------------------------------------------------------------------------------

  @Test
  void whatARequestSaysIsNeverRepeatedAsMarkup() {
    String script = "<script>alert(1)</script>";
    List<HttpResponse<byte[]>> answers = new ArrayList<>();
    for (String path :
        List.of(
            "/data/plugin/scalars/scalars",
            "/data/plugin/histograms/histograms",
            "/data/plugin/images/images",
            "/data/plugin/graphs/graph",
            "/data/plugin/projector/info",
            "/data/plugin/projector/tensor",
            "/data/plugin/pr_curves/pr_curves",
            "/data/plugin/text/text",
            "/data/plugin_entry.html")) {
      answers.add(board.get(path, "run", script, "tag", script, "name", script));
    }
    answers.add(board.postBody("/data/plugin/hparams/experiment", "text/html", script));
    answers.add(board.get("/" + "x%3Cscript%3E"));
    for (HttpResponse<byte[]> answer : answers) {
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .as(answer.uri().toString())
          .matches("(text/plain|application/json).*");
    }
  }
}
