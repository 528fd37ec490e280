package org.pupil.board.plugins.scalars;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogBuilder;
import org.pupil.board.LogValues;
import org.pupil.board.TestBoard;
import org.pupil.log.proto.Summary;

class ScalarsApiTest {
  private static final String PLUGINS = "/data/plugin/";

  @TempDir private Path logdir;

  private LogBuilder run(String name) {
    return new LogBuilder(logdir.resolve(name));
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
      assertThat(answer.headers().firstValue("X-Pupil-Points")).contains("2/2");
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
}
