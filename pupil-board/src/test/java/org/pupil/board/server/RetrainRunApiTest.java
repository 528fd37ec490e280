package org.pupil.board.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pupil.board.SharedFolder;
import org.pupil.board.TestBoard;
import org.pupil.log.EventReader;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.Summary;

/** Asks the real server for a log that the original script wrote. */
class RetrainRunApiTest {
  private static List<Event> events(Path runFolder) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(runFolder)) {
      for (Path file : files.toList()) {
        try (EventReader reader = EventReader.of(file)) {
          while (reader.next()) {
            events.add(reader.event().orElseThrow());
          }
        }
      }
    }
    return events;
  }

  @Test
  void everyNumberOfTheLogIsAnswered() throws IOException {
    Path logdir = SharedFolder.get("data/retrain-run/logs");
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json("/data/runs").toString()).isEqualTo("[\"train\",\"validation\"]");
      for (String run : List.of("train", "validation")) {
        JsonNode tags = board.json("/data/plugin/scalars/tags").get(run);
        assertThat(tags).hasSize(10);
        assertThat(board.json("/data/plugin/histograms/tags").get(run)).hasSize(4);
        List<Event> events = events(logdir.resolve(run));
        for (String tag : (Iterable<String>) tags::fieldNames) {
          List<String> wanted = new ArrayList<>();
          for (Event event : events) {
            for (Summary.Value value : event.getSummary().getValueList()) {
              if (value.getTag().equals(tag)) {
                wanted.add(
                    event.getWallTime()
                        + " "
                        + event.getStep()
                        + " "
                        + (double) value.getSimpleValue());
              }
            }
          }
          List<String> got = new ArrayList<>();
          board
              .json("/data/plugin/scalars/scalars", "run", run, "tag", tag)
              .forEach(
                  row ->
                      got.add(
                          row.get(0).doubleValue()
                              + " "
                              + row.get(1).longValue()
                              + " "
                              + row.get(2).doubleValue()));
          assertThat(got).hasSizeGreaterThan(9).isEqualTo(wanted);
        }
      }
    }
  }

  @Test
  void histogramsHaveAllValuesOfTheLogBetweenTheirLeastAndTheirGreatest() throws IOException {
    Path logdir = SharedFolder.get("data/retrain-run/logs");
    try (TestBoard board = TestBoard.open(logdir)) {
      String tag = "activations";
      JsonNode rows = board.json("/data/plugin/histograms/histograms", "run", "train", "tag", tag);
      JsonNode shares =
          board.json("/data/plugin/distributions/distributions", "run", "train", "tag", tag);
      assertThat(rows).hasSize(51);
      List<Event> events = events(logdir.resolve("train"));
      for (JsonNode row : rows) {
        Summary.Value value =
            events.stream()
                .filter(event -> event.getStep() == row.get(1).longValue())
                .flatMap(event -> event.getSummary().getValueList().stream())
                .filter(one -> one.getTag().equals(tag))
                .findFirst()
                .orElseThrow();
        double count = 0;
        for (JsonNode bucket : row.get(2)) {
          count += bucket.get(2).doubleValue();
        }
        assertThat(count).isEqualTo(value.getHisto().getNum());
        assertThat(row.at("/2/0/0").doubleValue()).isEqualTo(value.getHisto().getMin());
        JsonNode ofStep = null;
        for (JsonNode one : shares) {
          ofStep = one.get(1).equals(row.get(1)) ? one : ofStep;
        }
        assertThat(ofStep).isNotNull();
        assertThat(ofStep.at("/2/0/1").doubleValue()).isEqualTo(value.getHisto().getMin());
        assertThat(ofStep.at("/2/8/1").doubleValue()).isEqualTo(value.getHisto().getMax());
      }
    }
  }
}
