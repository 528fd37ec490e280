package org.pupil.board.plugins.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogBuilder;
import org.pupil.board.SharedFolder;
import org.pupil.board.TestBoard;

class OverviewApiTest {
  private static final String OVERVIEW = "/data/plugin/pupil/overview";

  @TempDir Path folder;

  @Test
  void aFolderOfTwoTeachingsHasAnOverviewOfEach() throws Exception {
    for (String session : new String[] {"a", "b c/ü"}) {
      try (LogBuilder log = new LogBuilder(folder.resolve(session).resolve("train"))) {
        log.write(0, values -> values.scalar("accuracy_1", 0.5f).scalar("cross_entropy_1", 0.7f));
      }
    }
    try (TestBoard board = TestBoard.open(folder)) {
      JsonNode sessions = board.json("/data/plugin/pupil/sessions");
      assertThat(sessions).extracting(JsonNode::asText).containsExactlyInAnyOrder("a", "b c/ü");
      JsonNode one = board.json(OVERVIEW, "session", "b c/ü");
      assertThat(one.at("/curves/train/run").asText()).isEqualTo("b c/ü/train");
      assertThat(one.at("/steps/done").asInt()).isEqualTo(1);
      assertThat(one.at("/settings").isObject()).isTrue();
      assertThat(board.json(OVERVIEW).at("/session").asText()).isEqualTo(sessions.path(0).asText());
    }
  }

  @Test
  void whereThereIsNoTeachingThereIsNoOverview() throws Exception {
    new LogBuilder(folder.resolve("train")).write(0, values -> values.scalar("loss", 1)).close();
    try (TestBoard board = TestBoard.open(folder)) {
      assertThat(board.json("/data/plugin/pupil/sessions")).isEmpty();
      HttpResponse<byte[]> answer = board.get(OVERVIEW, "session", "<b>x</b>");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    }
  }

  /** The original script's log, of which only the numbers are known. */
  @Test
  void theOriginalScriptsLogHasAnOverviewToo() throws Exception {
    try (TestBoard board = TestBoard.open(SharedFolder.get("data/retrain-run/logs"))) {
      JsonNode overview = board.json(OVERVIEW);
      assertThat(overview.at("/session").asText()).isEqualTo(".");
      assertThat(overview.at("/state").asText()).isEqualTo("silent");
      assertThat(overview.at("/steps/done").asInt()).isEqualTo(100);
      assertThat(overview.at("/curves/validation/crossEntropy/points").asInt()).isEqualTo(11);
      assertThat(overview.has("confusion")).isFalse();
    }
  }
}
