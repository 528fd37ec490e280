package org.pupil.board.plugins.scalars;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogBuilder;
import org.pupil.board.TestBoard;

class PointsApiTest {
  private static final String PATH = "/data/plugin/pupil/points_multirun";

  @TempDir private Path logdir;

  @BeforeEach
  void write() {
    new LogBuilder(logdir.resolve("a & b"))
        .write(0, values -> values.scalar("loss/x", 1))
        .write(5, values -> values.scalar("loss/x", 2.5f))
        .close();
    new LogBuilder(logdir.resolve("c")).write(3, values -> values.scalar("other", 4)).close();
  }

  @Test
  void manyRunsAreAnsweredInTheOrderInWhichTheyWereAskedFor() {
    try (TestBoard board = TestBoard.open(logdir)) {
      HttpResponse<byte[]> answer =
          board.post(PATH, "tag", "loss/x", "runs", "c", "runs", "a & b", "runs", "nothing");
      ByteBuffer bytes = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
      assertThat(bytes.capacity()).isEqualTo(32 + 72 + 32);
      assertThat(bytes.getInt(0)).isEqualTo(-1);
      assertThat(bytes.getInt(32)).isEqualTo(2);
      assertThat(bytes.getDouble(32 + 32 + 8)).isEqualTo(5);
      assertThat(bytes.getFloat(32 + 32 + 32 + 4)).isEqualTo(2.5f);
      assertThat(bytes.getInt(104)).isEqualTo(-1);
    }
  }

  @Test
  void whatThePageHasIsNotSentAgain() {
    try (TestBoard board = TestBoard.open(logdir)) {
      byte[] whole = board.post(PATH, "tag", "loss/x", "runs", "a & b").body();
      double time = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getDouble(32 + 16 + 8);
      byte[] rest =
          board.post(PATH, "tag", "loss/x", "runs", "a & b", "have", "2:" + time + ":0").body();

      assertThat(rest).hasSize(32);
      assertThat(ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN).getInt(4)).isEqualTo(2);
    }
  }

  @Test
  void wrongFieldsAreRefusedWithASentence() {
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.send("GET", PATH).statusCode()).isEqualTo(405);
      assertRefused(board.post(PATH, "runs", "c"), "tag must be given");
      assertRefused(board.post(PATH, "tag", "t", "runs", "c", "most", "0"), "at least 1");
      assertRefused(
          board.post(PATH, "tag", "t", "runs", "c", "runs", "d", "have", ""), "for each of the 2");
      for (String have : new String[] {"x", ":", "1", "1:x", "99999999999:1:0", "1:1", "1:1:x"}) {
        assertRefused(board.post(PATH, "tag", "t", "runs", "c", "have", have), "was " + have);
      }
    }
  }

  private static void assertRefused(HttpResponse<byte[]> answer, String sentence) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestBoard.text(answer)).contains(sentence);
  }
}
