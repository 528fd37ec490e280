package org.pupil.board.plugins.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.board.LogBuilder;
import org.pupil.board.LogValues;
import org.pupil.board.TestBoard;

class TimeSeriesApiTest {
  private static final String PLUGINS = "/data/plugin/";

  @TempDir private Path logdir;

  private LogBuilder run(String name) {
    return new LogBuilder(logdir.resolve(name));
  }

  @Test
  void wrongSeriesAreAnsweredAmongTheOthers() {
    run("r").write(0, values -> values.scalar("s", 1)).close();
    String requests =
        """
        [{}, {"plugin": "scalars", "tag": 7}, {"plugin": "nothing", "tag": "s"},
         {"plugin": "histograms", "tag": "s"}, {"plugin": "images", "tag": "s", "run": "r"},
         {"plugin": "images", "tag": "s", "run": "r", "sample": "0"},
         {"plugin": "scalars", "tag": "s", "run": "r", "sample": 5},
         {"plugin": "scalars", "tag": "unknown"},
         {"plugin": "images", "tag": "s", "run": "r", "sample": -1},
         {"plugin": "images", "tag": "s", "run": "r", "sample": 99999999999}]
        """;
    String wanted =
        """
        [{"plugin":null,"tag":null,"error":"Missing tag"},
        {"plugin":"scalars","tag":7,"error":"Missing tag"},
        {"plugin":"nothing","tag":"s","error":"Invalid plugin"},
        {"plugin":"histograms","tag":"s","error":"Missing run"},
        {"plugin":"images","tag":"s","run":"r","error":"Missing sample"},
        {"plugin":"images","tag":"s","run":"r","error":"Missing sample"},
        {"plugin":"scalars","tag":"s","run":"r","sample":5,
        "runToSeries":{"r":[{"wallTime":1.7E9,"step":0,"value":1.0}]}},
        {"plugin":"scalars","tag":"unknown","runToSeries":{}},
        {"plugin":"images","tag":"s","run":"r","sample":-1,"runToSeries":{}},
        {"plugin":"images","tag":"s","run":"r","sample":99999999999,"runToSeries":{}}]
        """;
    try (TestBoard board = TestBoard.open(logdir)) {
      String path = PLUGINS + "timeseries/timeSeries";
      assertThat(TestBoard.text(board.post(path, "requests", requests)))
          .isEqualTo(wanted.replace("\n", ""));
      assertThat(TestBoard.text(board.get(path, "requests", requests)))
          .isEqualTo(wanted.replace("\n", ""));
    }
  }

  @Test
  void aFormMayAlsoBeSentInParts() {
    run("r").write(0, values -> values.scalar("s", 1)).close();
    String body =
        """
        --x
        Content-Disposition: form-data; name="requests"

        [{"plugin":"scalars","tag":"s"}]
        --x--
        """
            .replace("\n", "\r\n");
    try (TestBoard board = TestBoard.open(logdir)) {
      String path = PLUGINS + "timeseries/timeSeries";
      assertThat(TestBoard.json(board.postBody(path, "multipart/form-data; boundary=x", body)))
          .hasSize(1);
      for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=y")) {
        assertThat(board.postBody(path, type, body).statusCode()).isEqualTo(400);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; Invalid argument: Missing 'requests' field",
        "[; Invalid argument: Unable to parse 'requests' as JSON",
        "[] x; Invalid argument: Unable to parse 'requests' as JSON",
        "{}; Invalid argument: 'requests' must be an array of objects",
        "[7]; Invalid argument: 'requests' must be an array of objects",
        "null; Invalid argument: 'requests' must be an array of objects"
      })
  void requestsThatAreNoneAreRefused(String requests, String sentence) {
    try (TestBoard board = TestBoard.open(logdir)) {
      String path = PLUGINS + "timeseries/timeSeries";
      String text = requests.equals("''") ? "" : requests;
      TestBoard.assertRefused(board.post(path, "requests", text), 400, sentence);
      TestBoard.assertRefused(board.get(path, "requests", text), 400, sentence);
    }
  }

  @Test
  void nestedRequestsAreRefusedAndNotFollowedDown() {
    try (TestBoard board = TestBoard.open(logdir)) {
      String deep = "[".repeat(100_000);
      assertThat(board.post(PLUGINS + "timeseries/timeSeries", "requests", deep).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void descriptionsAreSafeHtmlAndThoseOfSeveralRunsStandTogether() {
    run("a").write(0, LogValues.scalar("s", "*one* <script>alert(1)</script>", 1)).close();
    run("b").write(0, LogValues.scalar("s", "two", 1), LogValues.scalar("u", "", 1)).close();
    run("c").write(0, LogValues.scalar("s", "two", 1)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json(PLUGINS + "scalars/tags").at("/a/s/description").textValue())
          .isEqualTo("<p><em>one</em> </p>\n");
      assertThat(
              board.json(PLUGINS + "timeseries/tags").at("/scalars/tagDescriptions/s").textValue())
          .isEqualToIgnoringWhitespace(
              "<h1>Multiple descriptions</h1><h2>For run: a</h2><p><em>one</em></p>"
                  + "<h2>For runs: b, c</h2><p>two</p>");
      assertThat(board.json(PLUGINS + "timeseries/tags").at("/scalars/runTagInfo").toString())
          .isEqualTo("{\"a\":[\"s\"],\"b\":[\"s\",\"u\"],\"c\":[\"s\"]}");
    }
  }
}
