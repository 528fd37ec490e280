package org.pupil.board.plugins.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;

/**
 * Logs that Pupil 0.1.0 wrote are shown for ever as its own board showed them; {@code
 * src/test/reference/golden_log_photos.py} says how they were made.
 */
class GoldenLogTest {
  private static final Path LOGS =
      Path.of("src/test/resources/org/pupil/board/overview/pupil-0.1.0");
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @ValueSource(strings = {"auto", "gradient-descent"})
  void theOverviewShowsWhatItShowed(String name) throws Exception {
    JsonNode expected = JSON.readTree(LOGS.resolve(name + ".json").toFile());
    try (EventLogs logs =
        new EventLogs(
            List.of(new LogRoot("", LOGS)), LogLimits.withThreads(1), Clock.systemUTC())) {
      logs.reload();
      Session session =
          Session.all(logs).stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow();
      String answer =
          JSON.writeValueAsString(Overview.of(session, expected.path("now").asDouble()));
      assertThat(JSON.readTree(answer)).isEqualTo(expected);
    }
  }
}
