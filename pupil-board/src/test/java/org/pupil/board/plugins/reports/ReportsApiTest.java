package org.pupil.board.plugins.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.board.TestBoard.assertRefused;
import static org.pupil.board.TestBoard.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.board.TestBoard;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;
import org.pupil.record.ReportFile;

/** Reports beside event files: which are found, and how they are handed out. */
class ReportsApiTest {
  @TempDir Path folder;

  private static String page(String title, String body) {
    return "<!DOCTYPE html>\n<html><head>\n%s\n<title>%s</title></head><body>%s</body></html>"
        .formatted(ReportFile.MARK, title, body);
  }

  private Path write(String path, String content) throws IOException {
    Path file = folder.resolve("logs").resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private TestBoard board() {
    return TestBoard.open(folder.resolve("logs"));
  }

  @Test
  void thoseOfPupilAreListedTheNewestFirst() throws IOException {
    Path old = write("run-1/pupil-report.html", page("Cats &amp; &lt;dogs&gt;", "x"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
    Path newer = write("evaluation.html", page("How good?", "y"));
    Files.setLastModifiedTime(newer, FileTime.from(Instant.ofEpochMilli(1_800_000_000_500L)));
    write("run-1/of-somebody-else.html", "<!DOCTYPE html><title>T</title>");
    write("run-1/notes.txt", page("no page by its name", ""));
    try (TestBoard board = board()) {
      JsonNode reports = board.json("/data/plugin/pupil/reports");
      assertThat(reports)
          .hasToString(
              "[{\"run\":\".\",\"name\":\"evaluation.html\",\"title\":\"How good?\",\"written\":1.8000000005E9},"
                  + "{\"run\":\"run-1\",\"name\":\"pupil-report.html\",\"title\":\"Cats & <dogs>\",\"written\":1.7E9}]");
      assertThat(board.json("/data/plugin/pupil/state").get("plugins").toString())
          .contains("\"reports\"");
    }
  }

  @Test
  void whereThereIsNoneThePluginHasNoData() throws IOException {
    write("run-1/a.html", "<!DOCTYPE html>");
    try (TestBoard board = board()) {
      assertThat(board.json("/data/plugin/pupil/reports")).isEmpty();
      assertThat(board.json("/data/plugin/pupil/state").get("plugins").toString())
          .doesNotContain("reports");
    }
  }

  private static HttpResponse<byte[]> report(TestBoard board, String run, String name) {
    return board.get("/data/plugin/pupil/report", "run", run, "name", name);
  }

  @Test
  void aReportIsHandedOutInASandbox() throws IOException {
    String hostile = page("T", "<script>fetch('http://evil')</script>");
    write("run-1/pupil-report.html", hostile);
    try (TestBoard board = board()) {
      HttpResponse<byte[]> answer = report(board, "run-1", "pupil-report.html");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(text(answer)).isEqualTo(hostile);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
      assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("sandbox; default-src 'none'; img-src data:;")
          .doesNotContain("allow-");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "run-1, secret.html",
    "., ../secret.html",
    "run-1, ../../secret.html",
    "../, secret.html",
    "run-1, link.html",
    "run-1, other.html",
    "run-1, large.html",
    "run-2, pupil-report.html"
  })
  void nothingElseIsHandedOut(String run, String name) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.html"), page("secret", ""));
    write("run-1/pupil-report.html", page("T", ""));
    write("run-1/other.html", "<!DOCTYPE html><title>of another program</title>");
    write("run-1/large.html", page("T", " ".repeat(ReportFile.MOST_BYTES)));
    Files.createSymbolicLink(folder.resolve("logs/run-1/link.html"), secret);
    try (TestBoard board = board()) {
      assertRefused(report(board, run, name), 404, "Not found: there is no such report (any more)");
    }
  }

  @Test
  void aReportMustBeNamed() throws IOException {
    write("run-1/pupil-report.html", page("T", ""));
    try (TestBoard board = board()) {
      assertRefused(
          board.get("/data/plugin/pupil/report", "run", "run-1"),
          400,
          "Invalid argument: name must be given");
      assertRefused(
          board.get("/data/plugin/pupil/report", "name", "x"),
          400,
          "Invalid argument: run must be given");
    }
  }

  @Test
  void oneThatIsWrittenLaterOrAnewIsNews() throws IOException {
    write("run-1/notes.txt", "");
    List<LogRoot> roots = List.of(new LogRoot("", folder.resolve("logs")));
    try (EventLogs logs = new EventLogs(roots, LogLimits.withThreads(1), Clock.systemUTC())) {
      logs.reload();
      long before = logs.version();
      logs.reload();
      assertThat(logs.version()).isEqualTo(before);
      Path file = write("run-1/a.html", page("T", ""));
      logs.reload();
      assertThat(logs.version()).isGreaterThan(before);
      assertThat(logs.pages()).hasSize(1);
      long written = logs.version();
      Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_800_000_000)));
      logs.reload();
      assertThat(logs.version()).isGreaterThan(written);
    }
  }
}
