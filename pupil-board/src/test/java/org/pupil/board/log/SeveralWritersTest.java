package org.pupil.board.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.board.log.TestLog.append;
import static org.pupil.board.log.TestLog.bytes;
import static org.pupil.board.log.TestLog.scalar;
import static org.pupil.board.log.TestLog.start;
import static org.pupil.board.log.TestLog.version;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.log.proto.Event;

class SeveralWritersTest {
  @TempDir Path folder;

  /** Each writes every second step, in turns. */
  private static byte[] everySecond(int first, boolean starts) {
    List<Event> events = new ArrayList<>(List.of(version(100 + first)));
    if (starts) {
      events.add(start(100 + first, 0));
    }
    for (int step = first; step < 20; step += 2) {
      events.add(scalar(100 + step, step, "x", first));
    }
    return bytes(events.toArray(Event[]::new));
  }

  private static List<Long> range(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  @Test
  void allPointsOfTwoWhoWriteAtOnceAreThereInTheOrderOfTheirSteps() {
    append(folder, "1.a", everySecond(0, false));
    append(folder, "2.b", everySecond(1, false));
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.steps(".", "x")).isEqualTo(range(20));
      assertThat(logs.values(".", "x")).startsWith(0.0, 1.0, 0.0, 1.0);
      assertThat(logs.points(".", "x").seen()).isEqualTo(20);
      assertThat(logs.notes("."))
          .allMatch(
              note -> note.startsWith("another file of the run was written at the same time"));
      assertThat(logs.logs.notes()).hasSize(2);
    }
  }

  @Test
  void startsOfBothRemoveNothing() {
    append(folder, "1.a", everySecond(0, true));
    append(folder, "2.b", everySecond(1, true));
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.steps(".", "x")).isEqualTo(range(20));
    }
  }

  @Test
  void aTeachingThatIsBegunAgainRemovesWhatTheKilledOneHadAndSaysHowMuch() {
    append(
        folder,
        "1.a",
        bytes(
            version(1),
            scalar(1, 0, "x", 1),
            scalar(2, 10, "x", 1),
            scalar(3, 20, "x", 1),
            scalar(4, 30, "x", 1)));
    append(folder, "2.a", bytes(version(50), scalar(50, 15, "x", 2), scalar(51, 25, "x", 2)));
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.steps(".", "x")).containsExactly(0L, 10L, 15L, 25L);
      assertThat(logs.notes("."))
          .containsExactly(
              "",
              "the steps go back to 15, as when a training run is started again: 2 earlier points at or"
                  + " after that step are not shown.");
      assertThat(logs.logs.notes()).singleElement().asString().contains("2.a: the steps go back");
    }
  }

  /** It writes to its disk now and then only, and so seems to have been killed. */
  @Test
  void whatSeemedToBeOfAKilledTeachingComesBackWhenThatGoesOn() {
    append(folder, "1.a", bytes(version(1), scalar(1, 0, "x", 1), scalar(3, 20, "x", 1)));
    append(folder, "2.b", bytes(version(5), scalar(5, 10, "x", 2)));
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.steps(".", "x")).containsExactly(0L, 10L);
      append(folder, "1.a", bytes(scalar(7, 30, "x", 1)));
      assertThat(logs.reload().steps(".", "x")).containsExactly(0L, 10L, 20L, 30L);
    }
  }

  @Test
  void atAStepThatBothHaveTheLaterPointIsShownAndItIsSaid() {
    append(folder, "1.a", bytes(scalar(1, 0, "x", 1), scalar(2, 1, "x", 1), scalar(9, 2, "x", 1)));
    append(folder, "2.b", bytes(scalar(3, 1, "x", 2), scalar(4, 2, "x", 2), scalar(5, 3, "x", 2)));
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.steps(".", "x")).containsExactly(0L, 1L, 2L, 3L);
      assertThat(logs.values(".", "x")).containsExactly(1.0, 2.0, 1.0, 2.0);
      assertThat(logs.notes(".").get(1))
          .contains("2 points were each replaced by a later one at the same step");
    }
  }

  @Test
  void aThirdThatGoesOnAfterBothRemovesWhatBothHadFromItsStepOn() {
    append(folder, "1.a", everySecond(0, false));
    append(folder, "2.b", everySecond(1, false));
    append(folder, "3.c", bytes(scalar(900, 11, "x", 5)));
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.steps(".", "x")).isEqualTo(range(12));
      assertThat(logs.values(".", "x").get(11)).isEqualTo(5.0);
    }
  }

  @Test
  void eventsOfOneFileThatStandInNoOrderAreAllShown() {
    append(folder, "1.a", bytes(scalar(3, 3, "x", 1), scalar(1, 1, "x", 1), scalar(2, 2, "x", 1)));
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.steps(".", "x")).containsExactly(1L, 2L, 3L);
    }
  }
}
