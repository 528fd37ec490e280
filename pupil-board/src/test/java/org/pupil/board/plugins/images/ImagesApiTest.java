package org.pupil.board.plugins.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogBuilder;
import org.pupil.board.LogValues;
import org.pupil.board.TestBoard;

class ImagesApiTest {
  private static final String PLUGINS = "/data/plugin/";

  @TempDir private Path logdir;

  private LogBuilder run(String name) {
    return new LogBuilder(logdir.resolve(name));
  }

  @Test
  void stepsWithTooFewImagesAreLeftOut() {
    ByteString html = ByteString.copyFromUtf8("<html><script>alert(1)</script></html>");
    run("r")
        .write(0, LogValues.images("i", LogValues.PNG))
        .write(1, LogValues.images("i", LogValues.PNG, html, LogValues.PNG))
        .write(2, LogValues.images("i"))
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
          .isEqualTo(LogValues.PNG.toByteArray());
      assertThat(board.json(PLUGINS + "timeseries/tags").at("/images/tagRunSampledInfo").toString())
          .isEqualTo("{\"i\":{\"r\":{\"maxSamplesPerStep\":3}}}");
    }
  }

  @Test
  void aSampleThatIsNoNumberOfAnImageIsRefused() {
    run("r").write(0, LogValues.images("i", LogValues.PNG)).close();
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
    run("r")
        .write(0, LogValues.images("i", LogValues.PNG))
        .write(1, values -> values.scalar("s", 1))
        .close();
    try (TestBoard board = TestBoard.open(logdir)) {
      String path = PLUGINS + "images/individualImage";
      TestBoard.assertRefused(board.get(path), 400, "Invalid run, tag, index, or sample");
      TestBoard.assertRefused(
          board.get(PLUGINS + "timeseries/imageData", "imageId", ""),
          400,
          "Invalid argument: Missing 'imageId' field");
      for (String garbage : List.of("", "x", "../../../etc/passwd", "W10", "é")) {
        TestBoard.assertRefused(
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
}
