package org.pupil.board.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
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
import org.pupil.board.plugins.images.BlobKey;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.TensorProto;

class HttpApiTest {
  private static final ByteString PNG = ByteString.fromHex("89504e470d0a1a0a0102");
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
      assertRefused(board.get(path), 404, "Not found");
      assertRefused(board.get(path, "name", "x<y"), 404, "Not found: x<y");
      assertRefused(board.get(path, "name", "text"), 400, "Plugin is not module loadable");
      assertThat(TestBoard.text(board.get(path, "name", "projector")))
          .contains("src=\"plugin/projector/index.js\"");
      assertThat(TestBoard.text(board.get("/data/plugin/projector/index.js")))
          .contains("export function render");
    }
  }

  // --- scalars

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
                    Summary.Image.newBuilder().setWidth(4).setHeight(3).setEncodedImageString(PNG)))
        .close();
    run("new")
        .write(
            3,
            LogValues.scalar("s", "", 0.1f),
            LogValues.histogram("h", -2, -1, 3, -1, 0, 0, 0, 1, 2, 1, 5, 7),
            images("i", PNG))
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
        assertThat(bytes.body()).isEqualTo(PNG.toByteArray());
        assertThat(bytes.headers().firstValue("Content-Type")).contains("image/png");
      }
    }
  }

  @Test
  void whatIsNoNumberIsAStringInJsonAndAWordInCsv() {
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e-5f};
    try (LogBuilder log = run("r")) {
      for (int step = 0; step < odd.length; step++) {
        float value = odd[step];
        log.write(step, values -> values.scalar("s", value));
      }
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(
              TestBoard.text(board.get(PLUGINS + "scalars/scalars", "run", "r", "tag", "s"))
                  .replaceAll("1\\.7E9|1\\.7000000\\d+E9", "T"))
          .isEqualTo(
              "[[T,0,\"NaN\"],[T,1,\"Infinity\"],[T,2,\"-Infinity\"],[T,3,9.999999747378752E-6]]");
      HttpResponse<byte[]> csv =
          board.get(PLUGINS + "scalars/scalars", "run", "r", "tag", "s", "format", "csv");
      assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
      assertThat(TestBoard.text(csv))
          .isEqualTo(
              """
              Wall time,Step,Value
              1700000000.0,0,nan
              1700000000.5,1,inf
              1700000001.0,2,-inf
              1700000001.5,3,9.999999747378752e-06
              """
                  .replace("\n", "\r\n"));
      assertThat(board.json(PLUGINS + "scalars/scalars", "run", "r", "tag", "s", "format", "xml"))
          .hasSize(4);
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
      assertRefused(
          board.get(PLUGINS + "scalars/scalars", "run", "it's"),
          400,
          "Invalid argument: Both run and tag must be specified: tag=None, run=\"it's\"");
      assertRefused(
          board.get(PLUGINS + "scalars/scalars", "run", "x", "tag", "s"),
          404,
          "Not found: No scalar data for run='x', tag='s'");
      assertRefused(
          board.get(PLUGINS + "histograms/histograms", "run", "train", "tag", "s"),
          404,
          "Not found: No histogram tag 's' for run 'train'");
      assertRefused(
          board.get(PLUGINS + "distributions/distributions", "run", "x", "tag", "y"),
          404,
          "Not found: No histogram tag 'y' for run 'x'");
      assertRefused(
          board.get(PLUGINS + "images/images", "run", "train", "tag", "s"),
          404,
          "Not found: No image data for run='train', tag='s'");
      assertRefused(
          board.get(PLUGINS + "pr_curves/pr_curves", "run", "train", "tag", "s"),
          400,
          "No PR curves could be found for run 'train' and tag 's'");
      assertThat(board.json(PLUGINS + "text/text", "run", "train", "tag", "s")).isEmpty();
      assertRefused(
          board.post(PLUGINS + "scalars/scalars_multirun", "runs", "train"),
          400,
          "Invalid argument: tag must be specified exactly once");
      assertThat(
              TestBoard.json(
                  board.post(PLUGINS + "scalars/scalars_multirun", "tag", "s", "runs", "x")))
          .isEmpty();
    }
  }

  @Test
  void severalRunsAreAnsweredAtOnce() {
    run("a").write(0, values -> values.scalar("s", 1)).close();
    run("b").write(0, values -> values.scalar("s", 2)).close();
    run("c").write(0, values -> values.scalar("t", 3)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      HttpResponse<byte[]> answer =
          board.post(
              PLUGINS + "scalars/scalars_multirun",
              "tag",
              "s",
              "runs",
              "b",
              "runs",
              "c",
              "runs",
              "a",
              "runs",
              "b");
      assertThat(TestBoard.text(answer)).isEqualTo("{\"b\":[[1.7E9,0,2.0]],\"a\":[[1.7E9,0,1.0]]}");
      assertThat(points(answer)).isEqualTo("2/2");
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
              values.images("i", 1, 1, List.of(PNG.toByteArray()), "");
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

  // --- timeseries

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
      assertRefused(board.post(path, "requests", text), 400, sentence);
      assertRefused(board.get(path, "requests", text), 400, sentence);
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

  @Test
  void dataOfAnUnknownVersionIsNotListed() {
    Summary.Value.Builder later = LogValues.scalar("later", "", 1);
    later
        .getMetadataBuilder()
        .getPluginDataBuilder()
        .setContent(ByteString.copyFrom(new byte[] {8, 1}));
    Summary.Value.Builder json = LogValues.scalar("json", "", 1);
    json.getMetadataBuilder().getPluginDataBuilder().setContent(ByteString.copyFromUtf8("{}"));
    run("r").write(0, later, json).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json(PLUGINS + "scalars/tags").get("r").fieldNames())
          .toIterable()
          .containsExactly("json");
    }
  }

  // --- images

  private static Summary.Value.Builder images(String tag, ByteString... pictures) {
    List<ByteString> strings = new ArrayList<>();
    strings.add(ByteString.copyFromUtf8("4"));
    strings.add(ByteString.copyFromUtf8("3"));
    strings.addAll(List.of(pictures));
    return LogValues.tensor(tag, "images", "", LogValues.strings(strings, strings.size()));
  }

  @Test
  void stepsWithTooFewImagesAreLeftOut() {
    ByteString html = ByteString.copyFromUtf8("<html><script>alert(1)</script></html>");
    run("r")
        .write(0, images("i", PNG))
        .write(1, images("i", PNG, html, PNG))
        .write(2, images("i"))
        .close();
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json(PLUGINS + "images/tags").at("/r/i/samples").intValue()).isEqualTo(3);
      assertThat(board.json(PLUGINS + "images/images", "run", "r", "tag", "i")).hasSize(2);
      JsonNode second =
          board.json(PLUGINS + "images/images", "run", "r", "tag", "i", "sample", "1");
      assertThat(second).hasSize(1);
      HttpResponse<byte[]> bytes =
          board.get(PLUGINS + "images/individualImage?" + second.get(0).get("query").textValue());
      assertThat(bytes.headers().firstValue("Content-Type")).contains("application/octet-stream");
      assertThat(bytes.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(board.json(PLUGINS + "images/images", "run", "r", "tag", "i", "sample", "3"))
          .isEmpty();
      String requests = "[{\"plugin\":\"images\",\"tag\":\"i\",\"run\":\"r\",\"sample\":2}]";
      JsonNode series =
          TestBoard.json(board.post(PLUGINS + "timeseries/timeSeries", "requests", requests))
              .at("/0/runToSeries/r");
      assertThat(series).hasSize(1);
      String id = series.get(0).get("imageId").textValue();
      assertThat(board.get(PLUGINS + "timeseries/imageData", "imageId", id).body())
          .isEqualTo(PNG.toByteArray());
      assertThat(board.json(PLUGINS + "timeseries/tags").at("/images/tagRunSampledInfo").toString())
          .isEqualTo("{\"i\":{\"r\":{\"maxSamplesPerStep\":3}}}");
    }
  }

  @Test
  void aSampleThatIsNoNumberOfAnImageIsRefused() {
    run("r").write(0, images("i", PNG)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      for (String sample : List.of("x", "-1", "1.5", "99999999999", "")) {
        HttpResponse<byte[]> answer =
            board.get(PLUGINS + "images/images", "run", "r", "tag", "i", "sample", sample);
        assertThat(answer.statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void keysOfImagesAreNotTrusted() {
    run("r").write(0, images("i", PNG)).write(1, values -> values.scalar("s", 1)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      String path = PLUGINS + "images/individualImage";
      assertRefused(board.get(path), 400, "Invalid run, tag, index, or sample");
      assertRefused(
          board.get(PLUGINS + "timeseries/imageData", "imageId", ""),
          400,
          "Invalid argument: Missing 'imageId' field");
      for (String garbage : List.of("", "x", "../../../etc/passwd", "W10", "é")) {
        assertRefused(
            board.get(path, "blob_key", garbage),
            400,
            "Invalid argument: failed to parse blob key");
      }
      for (var key :
          List.of(
              new BlobKey("../r", "i", 0, 2),
              new BlobKey("r", "s", 1, 2),
              new BlobKey("r", "i", 7, 2),
              new BlobKey("r", "i", 0, 3),
              new BlobKey("r", "i", 0, -1))) {
        assertThat(board.get(path, "blob_key", key.encode()).statusCode()).isEqualTo(404);
      }
    }
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
    run("r").write(0, LogValues.histogram("h", 0, 1, 5), images("i", PNG)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      JsonNode image = board.json(PLUGINS + "images/images", "run", "r", "tag", "i").get(0);
      try (Stream<Path> files = Files.list(logdir.resolve("r"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      assertRefused(
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

  private static void assertRefused(HttpResponse<byte[]> answer, int status, String sentence) {
    assertThat(TestBoard.text(answer)).isEqualTo(sentence);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }
}
