package org.pupil.board.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupil.board.log.TestLog.append;
import static org.pupil.board.log.TestLog.bytes;
import static org.pupil.board.log.TestLog.scalar;
import static org.pupil.board.log.TestLog.start;
import static org.pupil.board.log.TestLog.version;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogValues;
import org.pupil.log.EventReader;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;

class EventLogsTest {
  private static final LogLimits LIMITS = new LogLimits(1_000_000, 1000, 2);

  @TempDir Path folder;

  private final List<EventLogs> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(EventLogs::close);
  }

  private EventLogs open(LogLimits limits, LogRoot... roots) {
    EventLogs logs = new EventLogs(List.of(roots), limits, Clock.systemUTC());
    opened.add(logs);
    return logs;
  }

  private EventLogs loaded() {
    EventLogs logs = open(LIMITS, new LogRoot("", folder));
    logs.reload();
    return logs;
  }

  private static List<String> names(EventLogs logs) {
    return logs.runs().stream().map(Run::name).toList();
  }

  private static List<Long> steps(EventLogs logs, String run, String tag) {
    ScalarPoints points = logs.run(run).orElseThrow().scalars(tag).orElseThrow();
    return IntStream.range(0, points.size()).mapToObj(points::step).toList();
  }

  // --- which runs there are ----------------------------------------------------------------------

  @Test
  void aRunIsAFolderWithEventFilesNamedByItsPath() {
    append(folder, "1.a", bytes(version(30), scalar(31, 0, "x", 1)));
    append(folder.resolve("b/train"), "1.a", bytes(version(10), scalar(11, 0, "x", 1)));
    append(folder.resolve("a b,=%&ü"), "1.a", bytes(version(20), scalar(21, 0, "x", 1)));
    append(folder.resolve("notes"), "1.a", new byte[0]);
    assertThat(names(loaded())).containsExactly("b/train", "a b,=%&ü", ".");
  }

  /** As TensorBoard's loaders: it says when it began before it has anything to show. */
  @Test
  void aRunBeginsWithItsFirstEventOfAnyKind() {
    append(folder.resolve("b"), "1.a", bytes(version(10), scalar(100, 0, "x", 1)));
    append(folder.resolve("c"), "1.a", bytes(version(20), scalar(30, 0, "x", 1)));
    append(folder.resolve("a"), "1.a", bytes(version(50)));
    assertThat(names(loaded())).containsExactly("b", "c", "a");
  }

  @Test
  void runsThatBeganTogetherStandInTheOrderOfTheirNames() {
    for (String name : List.of("c", "a", "b")) {
      append(folder.resolve(name), "1.a", bytes(version(5), scalar(7, 0, "x", 1)));
    }
    assertThat(names(loaded())).containsExactly("a", "b", "c");
  }

  @Test
  void namedFoldersGiveTheirNamesToTheirRuns() {
    append(folder.resolve("one/train"), "1.a", bytes(scalar(1, 0, "x", 1)));
    append(folder.resolve("two"), "1.a", bytes(scalar(2, 0, "x", 1)));
    EventLogs logs =
        open(
            LIMITS,
            new LogRoot("first", folder.resolve("one")),
            new LogRoot("second", folder.resolve("two")));
    logs.reload();
    assertThat(names(logs)).containsExactly("first/train", "second/.");
  }

  @Test
  void aFolderThatIsNotThereIsSaidAndMayComeLater() {
    EventLogs logs = open(LIMITS, new LogRoot("", folder.resolve("later")));
    logs.reload();
    assertThat(logs.hasLoaded()).isTrue();
    assertThat(logs.troubles())
        .containsExactly(
            folder.resolve("later") + " does not exist (yet): nothing was written there");
    append(folder.resolve("later"), "1.a", bytes(scalar(1, 0, "x", 1)));
    logs.reload();
    assertThat(logs.troubles()).isEmpty();
    assertThat(names(logs)).containsExactly(".");
  }

  @Test
  void aFileInPlaceOfTheFolderIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    EventLogs logs = open(LIMITS, new LogRoot("", file));
    logs.reload();
    assertThat(logs.troubles())
        .containsExactly(file + " is a file: --logdir takes the folder that holds the event files");
  }

  @Test
  void aLinkedFolderIsFollowedAndALinkToAFolderAboveIsNot() throws IOException {
    append(folder.resolve("elsewhere/run"), "1.a", bytes(scalar(1, 0, "x", 1)));
    Path logdir = Files.createDirectory(folder.resolve("logs"));
    Files.createSymbolicLink(logdir.resolve("linked"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(logdir.resolve("above"), folder.resolve("logs"));
    EventLogs logs = open(LIMITS, new LogRoot("", logdir));
    logs.reload();
    assertThat(names(logs)).containsExactly("linked/run");
    assertThat(logs.troubles()).isEmpty();
  }

  @Test
  void aRunIsGoneWithItsLastEventFile() throws IOException {
    Path first = append(folder.resolve("r"), "1.a", bytes(scalar(1, 0, "x", 1)));
    Path second = append(folder.resolve("r"), "2.a", bytes(scalar(2, 1, "x", 2)));
    EventLogs logs = loaded();
    Files.delete(first);
    logs.reload();
    assertThat(steps(logs, "r", "x")).containsExactly(0L, 1L);
    assertThat(logs.files()).extracting(EventFileState::file).containsExactly(second);
    long before = logs.version();
    Files.delete(second);
    logs.reload();
    assertThat(logs.runs()).isEmpty();
    assertThat(logs.version()).isGreaterThan(before);
  }

  // --- what is read ------------------------------------------------------------------------------

  @Test
  void aFileCutAtAnyByteIsReadUpToItsLastWholeRecordAndGoneOnWith() throws IOException {
    Event[] events = {
      version(1), scalar(2, 0, "x", 0.5f), scalar(3, 1, "x", 0.25f), scalar(4, 2, "x", 0.125f)
    };
    byte[] whole = bytes(events);
    int header = bytes(events[0]).length;
    int each = bytes(events[1]).length;
    int later = bytes(events[2]).length;
    for (int cut = 0; cut <= whole.length; cut++) {
      Path run = folder.resolve("cut" + cut);
      append(run, "1.a", Arrays.copyOf(whole, cut));
      EventLogs logs = open(LIMITS, new LogRoot("", run));
      logs.reload();
      int points =
          cut < header + each ? 0 : cut < header + each + later ? 1 : cut < whole.length ? 2 : 3;
      assertThat(logs.runs()).as("cut at " + cut).hasSize(cut < header ? 0 : 1);
      if (points > 0) {
        assertThat(steps(logs, ".", "x")).hasSize(points);
      }
      append(run, "1.a", Arrays.copyOfRange(whole, cut, whole.length));
      logs.reload();
      assertThat(steps(logs, ".", "x")).containsExactly(0L, 1L, 2L);
      assertThat(logs.files().get(0).kind()).isEqualTo(EventReader.Kind.AT_END);
    }
  }

  @Test
  void aDamagedFileIsReadUpToTheDamageAndStopsNoOther() {
    byte[] good = bytes(version(1), scalar(2, 0, "x", 1));
    byte[] damaged = bytes(version(1), scalar(2, 0, "x", 1), scalar(3, 1, "x", 2));
    damaged[damaged.length - 3] ^= 1;
    append(folder.resolve("bad"), "1.a", damaged);
    append(folder.resolve("bad"), "2.a", bytes(version(5), scalar(6, 9, "x", 2)));
    append(folder.resolve("good"), "1.a", good);
    EventLogs logs = loaded();
    assertThat(steps(logs, "bad", "x")).containsExactly(0L, 9L);
    assertThat(steps(logs, "good", "x")).containsExactly(0L);
    EventFileState state = logs.files().get(0);
    assertThat(state.kind()).isEqualTo(EventReader.Kind.CORRUPT);
    assertThat(state.records()).isEqualTo(2);
    assertThat(state.reason())
        .isEqualTo(
            "stopped at offset " + good.length + ": the checksum of a record's content is wrong");
  }

  @Test
  void aRecordThatIsNoEventEndsItsFileOnly() {
    byte[] good = bytes(version(1), scalar(2, 0, "x", 1));
    Path run = folder.resolve("r");
    append(run, "1.a", good);
    append(run, "1.a", TestLog.record("\u0007 no event".getBytes(UTF_8)));
    append(run, "1.a", bytes(scalar(3, 1, "x", 1)));
    append(run, "2.a", bytes(scalar(4, 2, "x", 1)));
    EventLogs logs = loaded();
    assertThat(steps(logs, "r", "x")).containsExactly(0L, 2L);
    assertThat(logs.files().get(0).reason())
        .isEqualTo("stopped at offset " + good.length + ": the record is no event");
  }

  @Test
  void aTimeThatIsNoNumberEndsTheFile() {
    append(folder, "1.a", bytes(scalar(2, 0, "x", 1), scalar(Double.NaN, 1, "x", 1)));
    EventLogs logs = loaded();
    assertThat(steps(logs, ".", "x")).containsExactly(0L);
    assertThat(logs.files().get(0).kind()).isEqualTo(EventReader.Kind.CORRUPT);
  }

  @Test
  void whatIsNewIsToldAndNothingIsToldTwice() {
    append(folder, "1.a", bytes(version(1), scalar(2, 0, "x", 1)));
    EventLogs logs = open(LIMITS, new LogRoot("", folder));
    logs.reload();
    long first = logs.version();
    assertThat(first).isPositive();
    logs.reload();
    assertThat(logs.version()).isEqualTo(first);
    long before = logs.run(".").orElseThrow().version();
    append(folder, "1.a", bytes(scalar(3, 1, "x", 1)));
    logs.reload();
    assertThat(logs.version()).isGreaterThan(first);
    assertThat(logs.run(".").orElseThrow().version()).isGreaterThan(before);
  }

  @Test
  void aProjectorConfigurationThatComesLateOrChangesOrGoesIsTold() throws IOException {
    append(folder.resolve("r"), "1.a", bytes(version(1), scalar(2, 0, "x", 1)));
    EventLogs logs = loaded();
    Path config = folder.resolve("r/plugins/p/projector_config.pbtxt");
    Files.createDirectories(config.getParent());
    Files.writeString(config, "embeddings {}");
    assertThat(isTold(logs)).as("came").isTrue();
    assertThat(isTold(logs)).as("is as before").isFalse();
    Files.setLastModifiedTime(config, FileTime.fromMillis(1_000));
    assertThat(isTold(logs)).as("changed").isTrue();
    Files.delete(config);
    assertThat(isTold(logs)).as("went").isTrue();
  }

  private static boolean isTold(EventLogs logs) {
    long before = logs.version();
    logs.reload();
    return logs.version() > before;
  }

  @Test
  void pointsHaveTheirTimesStepsAndValues() {
    append(folder, "1.a", bytes(scalar(1.5, 3, "x", 0.25f), scalar(2.5, 40, "x", Float.NaN)));
    ScalarPoints points = loaded().run(".").orElseThrow().scalars("x").orElseThrow();
    assertThat(points.size()).isEqualTo(2);
    assertThat(points.step(1)).isEqualTo(40);
    assertThat(points.wallTime(0)).isEqualTo(1.5);
    assertThat(points.value(0)).isEqualTo(0.25f);
    assertThat(points.value(1)).isNaN();
    assertThat(points.seen()).isEqualTo(2);
  }

  @Test
  void scalarsOfTheNewFormAreReadToo() {
    TensorProto.Builder number =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal(0.75f);
    TensorProto.Builder twice =
        TensorProto.newBuilder().setDtype(DataType.DT_DOUBLE).addDoubleVal(0.5);
    TensorProto.Builder raw =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorContent(ByteString.copyFrom(new byte[] {0, 0, (byte) 0x80, 0x3f}));
    append(
        folder,
        "1.a",
        bytes(
            TestLog.event(1, 0, LogValues.tensor("x", "scalars", "", number)),
            // Later values need not say again what they are.
            TestLog.event(2, 1, Summary.Value.newBuilder().setTag("x").setTensor(twice)),
            TestLog.event(3, 2, Summary.Value.newBuilder().setTag("x").setTensor(raw))));
    ScalarPoints points = loaded().run(".").orElseThrow().scalars("x").orElseThrow();
    assertThat(List.of(points.value(0), points.value(1), points.value(2)))
        .containsExactly(0.75, 0.5, 1.0);
  }

  @Test
  void otherValuesStayInTheirFileAndAreReadWhenTheyAreWanted() throws IOException {
    Path file =
        append(
            folder,
            "1.a",
            bytes(
                TestLog.event(1, 0, LogValues.tensor("t", "text", "", LogValues.strings("first"))),
                TestLog.event(2, 5, LogValues.tensor("t", "text", "", LogValues.strings("second"))),
                TestLog.event(
                    3,
                    7,
                    LogValues.tensor("i", "images", "", LogValues.strings("4", "3", "a", "b")))));
    Run run = loaded().run(".").orElseThrow();
    assertThat(run.plugins()).containsExactlyInAnyOrder("text", "images");
    assertThat(run.info("i").orElseThrow().samples()).isEqualTo(2);
    List<EventRecord> records = run.records("text", "t");
    assertThat(records).extracting(EventRecord::step).containsExactly(0L, 5L);
    assertThat(records.get(1).value().getTensor().getStringVal(0).toStringUtf8())
        .isEqualTo("second");
    assertThat(run.records("images", "t")).isEmpty();
    Files.delete(file);
    assertThatThrownBy(() -> records.get(1).value()).isInstanceOf(IOException.class);
  }

  @Test
  void aTagKeepsTheKindOfItsFirstValue() {
    append(
        folder,
        "1.a",
        bytes(
            scalar(1, 0, "x", 1),
            TestLog.event(2, 1, LogValues.tensor("x", "text", "", LogValues.strings("no number"))),
            scalar(3, 2, "x", 2)));
    Run run = loaded().run(".").orElseThrow();
    assertThat(run.plugins()).containsExactly("scalars");
    assertThat(run.scalars("x").orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void aGraphIsASeriesOfItsOwn() throws IOException {
    Event graph =
        Event.newBuilder().setWallTime(1).setGraphDef(ByteString.copyFromUtf8("graph")).build();
    append(folder, "1.a", bytes(version(1), graph));
    Run run = loaded().run(".").orElseThrow();
    assertThat(run.records(Run.GRAPHS, Run.GRAPH_TAG).get(0).graph().toStringUtf8())
        .isEqualTo("graph");
  }

  // --- restarts ----------------------------------------------------------------------------------

  @Test
  void aSecondStartRemovesWhatTheKilledTeachingHadFromItsStepOn() {
    append(
        folder,
        "1.a",
        bytes(
            version(1),
            start(1, 0),
            scalar(2, 0, "x", 1),
            scalar(3, 10, "x", 1),
            scalar(4, 20, "x", 1),
            scalar(5, 20, "rare", 1)));
    append(folder, "2.a", bytes(version(6), start(6, 10), scalar(7, 15, "x", 2)));
    EventLogs logs = loaded();
    assertThat(steps(logs, ".", "x")).containsExactly(0L, 15L);
    assertThat(steps(logs, ".", "rare")).isEmpty();
  }

  @Test
  void withoutAStartAnEarlierStepRemovesTheLaterOnesOfItsTag() {
    append(
        folder,
        "1.a",
        bytes(
            scalar(1, 0, "x", 1),
            scalar(2, 5, "x", 1),
            scalar(2, 5, "y", 1),
            scalar(3, 9, "x", 1),
            scalar(4, 5, "x", 2)));
    EventLogs logs = loaded();
    assertThat(steps(logs, ".", "x")).containsExactly(0L, 5L);
    assertThat(logs.run(".").orElseThrow().scalars("x").orElseThrow().value(1)).isEqualTo(2);
    assertThat(steps(logs, ".", "y")).containsExactly(5L);
  }

  // --- bounds ------------------------------------------------------------------------------------

  @Test
  void beyondTheBoundTheLongestSeriesAreThinnedButKeepTheirPeaks() {
    Event[] events = new Event[20_000];
    for (int i = 0; i < events.length; i++) {
      float value = i == 12_345 ? 100 : i == 777 ? -100 : (i * 31 % 17);
      events[i] = scalar(i, i, "long", value);
    }
    append(folder.resolve("a"), "1.a", bytes(events));
    append(folder.resolve("b"), "1.a", bytes(scalar(1, 0, "short", 1), scalar(2, 1, "short", 2)));
    EventLogs logs = open(new LogLimits(5000, 1000, 1), new LogRoot("", folder));
    logs.reload();
    ScalarPoints points = logs.run("a").orElseThrow().scalars("long").orElseThrow();
    assertThat(points.size()).isLessThanOrEqualTo(5000);
    assertThat(points.seen()).isEqualTo(20_000);
    List<Long> steps = steps(logs, "a", "long");
    assertThat(steps).contains(0L, 777L, 12_345L, 19_999L).isSorted().doesNotHaveDuplicates();
    assertThat(steps(logs, "b", "short")).hasSize(2);
  }
}
