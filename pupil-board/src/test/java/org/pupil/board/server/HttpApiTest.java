package org.pupil.board.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.board.LogBuilder;
import org.pupil.board.LogValues;
import org.pupil.board.TestBoard;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;

/** What several plugins have in common, and what belongs to none. */
class HttpApiTest {
  private static final String PLUGINS = "/data/plugin/";

  @TempDir private Path logdir;

  private LogBuilder run(String name) {
    return new LogBuilder(logdir.resolve(name));
  }

  // --- core

  @Test
  void unknownPathsAreNotFound() {
    try (TestBoard board = TestBoard.open(logdir)) {
      for (String path :
          List.of("/nothing", "/data", "/data/plugin/nothing/tags", "/favicon.ico")) {
        HttpResponse<byte[]> answer = board.get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(TestBoard.text(answer)).isEqualTo("Not found");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      }
    }
  }

  @Test
  void aTrailingSlashAndAnExperimentMakeNoDifference() {
    run("train").write(0, values -> values.scalar("a", 1)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      for (String path : List.of("/data/runs", "/data/runs/", "/experiment/x/data/runs")) {
        assertThat(board.json(path).toString()).isEqualTo("[\"train\"]");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/events, 302, /",
    "/images, 302, /",
    "/graphs, 302, /",
    "/histograms, 302, /",
    "/audio, 302, /",
    "/data/notifications, 302, ../notifications_note.json",
    "/experiment/x, 301, /experiment/x/"
  })
  void oldAddressesLeadOn(String path, int status, String location) {
    try (TestBoard board = TestBoard.open(logdir)) {
      HttpResponse<byte[]> answer = board.get(path);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Location")).contains(location);
    }
  }

  @Test
  void routesThatReadTakeAnyMethodAndTheOtherTakesOnlyPost() {
    try (TestBoard board = TestBoard.open(logdir)) {
      for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE")) {
        assertThat(board.send(method, "/data/runs").statusCode()).isEqualTo(200);
      }
      HttpResponse<byte[]> refused = board.get(PLUGINS + "scalars/scalars_multirun");
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow")).contains("POST");
    }
  }

  @Test
  void pluginsAreListedInTheOrderOfTensorBoardsTabs() {
    run("train").write(0, values -> values.histogram("h", new float[] {1, 2})).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      JsonNode listing = board.json("/data/plugins_listing");
      List<String> names = new ArrayList<>();
      listing.fieldNames().forEachRemaining(names::add);
      assertThat(names)
          .containsExactly(
              "timeseries",
              "scalars",
              "images",
              "graphs",
              "distributions",
              "histograms",
              "text",
              "pr_curves",
              "hparams",
              "projector");
      assertThat(names.stream().filter(name -> listing.get(name).get("enabled").booleanValue()))
          .containsExactly("timeseries", "distributions", "histograms");
      assertThat(listing.get("text").get("loading_mechanism").toString())
          .isEqualTo("{\"type\":\"CUSTOM_ELEMENT\",\"element_name\":\"tf-text-dashboard\"}");
      assertThat(
              board
                  .json("/experiment/x/data/plugins_listing")
                  .at("/projector/loading_mechanism/module_path")
                  .textValue())
          .isEqualTo("/experiment/x/data/plugin/projector/index.js");
    }
  }

  @Test
  void onlyAPluginInAFrameHasAnEntryPage() {
    try (TestBoard board = TestBoard.open(logdir)) {
      String path = "/data/plugin_entry.html";
      TestBoard.assertRefused(board.get(path), 404, "Not found");
      TestBoard.assertRefused(board.get(path, "name", "x<y"), 404, "Not found: x<y");
      TestBoard.assertRefused(
          board.get(path, "name", "text"), 400, "Plugin is not module loadable");
      assertThat(TestBoard.text(board.get(path, "name", "projector")))
          .contains("src=\"plugin/projector/index.js\"");
      assertThat(TestBoard.text(board.get("/data/plugin/projector/index.js")))
          .contains("export function render");
    }
  }

  @Test
  void oldAndNewFormGiveTheSameAnswers() {
    double big = Double.MAX_VALUE;
    run("old")
        .write(
            3,
            Summary.Value.newBuilder().setTag("s").setSimpleValue(0.1f),
            LogValues.histogramProto(
                "h", -2, 5, new double[] {-1, 0, 1, 4, big}, new double[] {3, 0, 2, 7, 0}),
            Summary.Value.newBuilder()
                .setTag("i")
                .setImage(
                    Summary.Image.newBuilder()
                        .setWidth(4)
                        .setHeight(3)
                        .setEncodedImageString(LogValues.PNG)))
        .close();
    run("new")
        .write(
            3,
            LogValues.scalar("s", "", 0.1f),
            LogValues.histogram("h", -2, -1, 3, -1, 0, 0, 0, 1, 2, 1, 5, 7),
            LogValues.images("i", LogValues.PNG))
        .close();
    try (TestBoard board = TestBoard.open(logdir)) {
      Map<String, String> tags =
          Map.of(
              "scalars/scalars",
              "s",
              "histograms/histograms",
              "h",
              "distributions/distributions",
              "h");
      for (Map.Entry<String, String> route : tags.entrySet()) {
        String path = PLUGINS + route.getKey();
        String tag = route.getValue();
        assertThat(board.json(path, "run", "old", "tag", tag))
            .isEqualTo(board.json(path, "run", "new", "tag", tag))
            .hasSize(1);
      }
      JsonNode images = board.json(PLUGINS + "images/tags");
      assertThat(images.get("old").get("i").get("samples"))
          .isEqualTo(images.get("new").get("i").get("samples"));
      // Other plugins put the tag there; TensorBoard's images leave it empty.
      assertThat(images.at("/new/i/displayName").textValue()).isEmpty();
      for (String run : List.of("old", "new")) {
        JsonNode image = board.json(PLUGINS + "images/images", "run", run, "tag", "i").get(0);
        String query = image.get("query").textValue();
        HttpResponse<byte[]> bytes = board.get(PLUGINS + "images/individualImage?" + query);
        assertThat(bytes.body()).isEqualTo(LogValues.PNG.toByteArray());
        assertThat(bytes.headers().firstValue("Content-Type")).contains("image/png");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "50%", "a=b", "a,b", "a&b", "é中", "a+b", "deep/er/run", "a#b", "a'b\"c"})
  void namesOfRunsAndTagsMayHaveAnyLetters(String name) {
    run(name).write(0, values -> values.scalar("tag " + name, 2)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      String tag = "tag " + name;
      assertThat(board.json("/data/runs").get(0).textValue()).isEqualTo(name);
      assertThat(board.json(PLUGINS + "scalars/tags").get(name).has(tag)).isTrue();
      assertThat(board.json(PLUGINS + "scalars/scalars", "run", name, "tag", tag)).hasSize(1);
      JsonNode several =
          TestBoard.json(
              board.post(PLUGINS + "scalars/scalars_multirun", "tag", tag, "runs", name));
      assertThat(several.get(name)).hasSize(1);
      String requests = "[{\"plugin\":\"scalars\",\"tag\":" + quoted(tag) + "}]";
      assertThat(
              TestBoard.json(board.post(PLUGINS + "timeseries/timeSeries", "requests", requests))
                  .get(0)
                  .get("runToSeries")
                  .get(name))
          .hasSize(1);
    }
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Test
  void whatIsMissingOrUnknownIsRefusedInTensorBoardsWords() {
    run("train").write(0, values -> values.scalar("s", 1)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      TestBoard.assertRefused(
          board.get(PLUGINS + "scalars/scalars", "run", "it's"),
          400,
          "Invalid argument: Both run and tag must be specified: tag=None, run=\"it's\"");
      TestBoard.assertRefused(
          board.get(PLUGINS + "scalars/scalars", "run", "x", "tag", "s"),
          404,
          "Not found: No scalar data for run='x', tag='s'");
      TestBoard.assertRefused(
          board.get(PLUGINS + "histograms/histograms", "run", "train", "tag", "s"),
          404,
          "Not found: No histogram tag 's' for run 'train'");
      TestBoard.assertRefused(
          board.get(PLUGINS + "distributions/distributions", "run", "x", "tag", "y"),
          404,
          "Not found: No histogram tag 'y' for run 'x'");
      TestBoard.assertRefused(
          board.get(PLUGINS + "images/images", "run", "train", "tag", "s"),
          404,
          "Not found: No image data for run='train', tag='s'");
      TestBoard.assertRefused(
          board.get(PLUGINS + "pr_curves/pr_curves", "run", "train", "tag", "s"),
          400,
          "No PR curves could be found for run 'train' and tag 's'");
      assertThat(board.json(PLUGINS + "text/text", "run", "train", "tag", "s")).isEmpty();
      TestBoard.assertRefused(
          board.post(PLUGINS + "scalars/scalars_multirun", "runs", "train"),
          400,
          "Invalid argument: tag must be specified exactly once");
      assertThat(
              TestBoard.json(
                  board.post(PLUGINS + "scalars/scalars_multirun", "tag", "s", "runs", "x")))
          .isEmpty();
    }
  }

  // --- how many points

  @Test
  void answersSayHowManyPointsTheyHaveOfHowMany() throws IOException {
    try (LogBuilder log = run("r")) {
      for (int step = 0; step < 120; step++) {
        float number = step == 61 ? 1000 : step;
        log.write(
            step,
            values -> {
              values.scalar("s", number);
              values.histogram("h", new float[] {number});
              values.text("t", "text " + number);
              values.images("i", 1, 1, List.of(LogValues.PNG.toByteArray()), "");
            });
      }
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      HttpResponse<byte[]> histograms =
          board.get(PLUGINS + "histograms/histograms", "run", "r", "tag", "h");
      assertThat(points(histograms)).isEqualTo("51/120");
      JsonNode rows = TestBoard.json(histograms);
      assertThat(rows).hasSize(51);
      assertThat(rows.get(0).get(1).intValue()).isZero();
      assertThat(rows.get(50).get(1).intValue()).isEqualTo(119);
      assertThat(points(board.get(PLUGINS + "distributions/distributions", "run", "r", "tag", "h")))
          .isEqualTo("120/120");
      assertThat(points(board.get(PLUGINS + "scalars/scalars", "run", "r", "tag", "s")))
          .isEqualTo("120/120");
      assertThat(points(board.get(PLUGINS + "text/text", "run", "r", "tag", "t")))
          .isEqualTo("100/120");
      assertThat(points(board.get(PLUGINS + "images/images", "run", "r", "tag", "i")))
          .isEqualTo("120/120");
      String requests =
          "[{\"plugin\":\"scalars\",\"tag\":\"s\"},"
              + "{\"plugin\":\"histograms\",\"tag\":\"h\",\"run\":\"r\"}]";
      assertThat(points(board.post(PLUGINS + "timeseries/timeSeries", "requests", requests)))
          .isEqualTo("171/240");
    }
    Map<String, Integer> all = Map.of("histograms", 0, "text", 0, "scalars", 0, "images", 0);
    try (TestBoard board = TestBoard.open(logdir, all)) {
      Map<String, String> tags =
          Map.of(
              "histograms/histograms",
              "h",
              "text/text",
              "t",
              "scalars/scalars",
              "s",
              "images/images",
              "i");
      for (Map.Entry<String, String> route : tags.entrySet()) {
        HttpResponse<byte[]> answer =
            board.get(PLUGINS + route.getKey(), "run", "r", "tag", route.getValue());
        assertThat(points(answer)).isEqualTo("120/120");
        assertThat(TestBoard.json(answer)).hasSize(120);
      }
    }
    try (TestBoard board = TestBoard.open(logdir, Map.of("scalars", 10, "images", 3))) {
      HttpResponse<byte[]> answer = board.get(PLUGINS + "scalars/scalars", "run", "r", "tag", "s");
      assertThat(points(answer)).isEqualTo("10/120");
      assertThat(TestBoard.text(answer)).contains(",61,1000.0]").contains(",119,119.0]");
      assertThat(TestBoard.json(answer)).hasSizeLessThanOrEqualTo(10);
      assertThat(points(board.get(PLUGINS + "images/images", "run", "r", "tag", "i")))
          .isEqualTo("3/120");
    }
  }

  private static String points(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("X-Pupil-Points").orElse("");
  }

  // --- what is odd or gone

  @Test
  void valuesOfAnotherFormAreLeftOut() {
    TensorProto.Builder number = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT);
    run("r")
        .write(
            0,
            LogValues.histogram("h", 0, 1, 5),
            LogValues.tensor("t", "text", "", number.clone().addFloatVal(1)),
            LogValues.tensor("c", "pr_curves", "", number.clone().addFloatVal(1)))
        .write(1, LogValues.tensor("h", "histograms", "", number.clone().addFloatVal(1)))
        .close();
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json(PLUGINS + "histograms/histograms", "run", "r", "tag", "h").toString())
          .isEqualTo("[[1.7E9,0,[[0.0,1.0,5.0]]]]");
      assertThat(board.json(PLUGINS + "text/text", "run", "r", "tag", "t")).isEmpty();
      assertThat(board.json(PLUGINS + "pr_curves/pr_curves", "run", "r", "tag", "c").toString())
          .isEqualTo("{\"r\":[]}");
    }
  }

  @Test
  void aSeriesWhoseFileIsGoneIsNotFound() throws IOException {
    run("r")
        .write(0, LogValues.histogram("h", 0, 1, 5), LogValues.images("i", LogValues.PNG))
        .close();
    try (TestBoard board = TestBoard.open(logdir)) {
      JsonNode image = board.json(PLUGINS + "images/images", "run", "r", "tag", "i").get(0);
      try (Stream<Path> files = Files.list(logdir.resolve("r"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      TestBoard.assertRefused(
          board.get(PLUGINS + "histograms/histograms", "run", "r", "tag", "h"),
          404,
          "Not found: The event files of this series are gone or have changed");
      String key = image.get("query").textValue();
      assertThat(board.get(PLUGINS + "images/individualImage?" + key).statusCode()).isEqualTo(404);
      String requests = "[{\"plugin\":\"histograms\",\"tag\":\"h\",\"run\":\"r\"}]";
      assertThat(
              TestBoard.json(board.post(PLUGINS + "timeseries/timeSeries", "requests", requests))
                  .at("/0/runToSeries"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run=%zz&tag=%", "run=%ff%fe&tag=a", "run=&tag=", "&&=&=x", "run=%00&tag=a"})
  void queriesThatAreBrokenAreRefused(String query) {
    try (TestBoard board = TestBoard.open(logdir)) {
      for (String route :
          List.of("scalars/scalars", "histograms/histograms", "images/images", "text/text")) {
        // The client does not let such addresses through, so they go over a socket.
        assertThat(RawRequest.status(board.address(), "/data/plugin/" + route + "?" + query))
            .isIn(200, 400, 404);
      }
    }
  }
}
