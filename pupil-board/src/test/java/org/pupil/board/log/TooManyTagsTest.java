package org.pupil.board.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.board.log.TestLog.append;
import static org.pupil.board.log.TestLog.bytes;
import static org.pupil.board.log.TestLog.scalar;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogValues;
import org.pupil.log.proto.Event;

class TooManyTagsTest {
  private static final int KEPT = 100;

  @TempDir Path folder;

  private static Event[] tags(int from, int to, String padding) {
    Event[] events = new Event[to - from];
    for (int i = from; i < to; i++) {
      events[i - from] = scalar(i, i, "t" + i + padding, 1);
    }
    return events;
  }

  private TestLogs read() {
    return new TestLogs(folder, new LogLimits(1_000_000, KEPT, 1));
  }

  @Test
  void valuesOfMoreTagsThanARunMayHaveAreLeftOutWithAWord() {
    append(folder.resolve("evil"), "1.a", bytes(tags(0, 250, "")));
    append(folder.resolve("good"), "1.a", bytes(scalar(1, 0, "loss", 1)));
    try (TestLogs logs = read()) {
      assertThat(logs.logs.run("evil").orElseThrow().series("scalars")).hasSize(KEPT);
      assertThat(logs.steps("good", "loss")).containsExactly(0L);
      EventFileState evil = logs.logs.files().get(0);
      assertThat(evil.records()).isEqualTo(250);
      assertThat(evil.isCut()).isTrue();
      assertThat(evil.note())
          .isEqualTo(
              "at most 100 tags are kept of a run (and 32 MB of their names and descriptions): 150"
                  + " values of other tags are left out; raise --max_tags to keep more.");
      assertThat(logs.logs.troubles()).singleElement().asString().startsWith("evil, events.out");
      assertThat(logs.notes("good")).containsExactly("");
    }
  }

  @Test
  void theTagsThatAreKeptGoOn() {
    append(folder, "1.a", bytes(tags(0, 250, "")));
    try (TestLogs logs = read()) {
      append(folder, "1.a", bytes(scalar(900, 900, "t5", 7), scalar(901, 901, "t205", 7)));
      assertThat(logs.reload().steps(".", "t5")).containsExactly(5L, 900L);
      assertThat(logs.logs.run(".").orElseThrow().info("t205")).isEmpty();
    }
  }

  @Test
  void longNamesCountByTheirLengthAndTagsOfEveryKindCount() {
    append(folder.resolve("names"), "1.a", bytes(tags(0, 40, "x".repeat(1 << 20))));
    Event[] texts = new Event[150];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = TestLog.event(i, i, LogValues.tensor("t" + i, "text", "", LogValues.strings("a")));
    }
    append(folder.resolve("texts"), "1.a", bytes(texts));
    try (TestLogs logs = read()) {
      assertThat(logs.logs.run("names").orElseThrow().series("scalars")).hasSize(31);
      assertThat(logs.notes("names").get(0)).contains("9 values of other tags are left out");
      assertThat(logs.notes("texts").get(0)).contains("50 values of other tags are left out");
    }
  }

  /** Thousands of short series may have more points than all long ones. */
  @Test
  void shortSeriesAreThinnedTooWhenThereAreTooMany() {
    Event[] events = new Event[90 * 100];
    for (int i = 0; i < events.length; i++) {
      events[i] = scalar(i, i, "t" + i % 90, 1);
    }
    append(folder, "1.a", bytes(events));
    try (TestLogs logs = new TestLogs(folder, new LogLimits(3000, KEPT, 1))) {
      int kept =
          logs.logs.run(".").orElseThrow().series("scalars").stream()
              .mapToInt(SeriesInfo::kept)
              .sum();
      assertThat(kept).isBetween(500, 3000);
      assertThat(logs.points(".", "t0").seen()).isEqualTo(100);
    }
  }
}
