package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.SessionLog;
import org.pupil.log.proto.SessionLog.SessionStatus;
import org.pupil.log.proto.SourceMetadata;
import org.pupil.log.proto.Summary;

class EventWriterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1795480719L, 250_000_000), ZoneOffset.UTC);
  private static final double SECONDS = 1795480719.25;
  private static final GraphDef GRAPH =
      GraphDef.newBuilder()
          .addNode(NodeDef.newBuilder().setName("final_result").setOp("Softmax"))
          .build();

  private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  private final Path run = memory.getPath("/logs/train");

  @Test
  void theFileIsByteForByteWhatTheGeneratedClassesSay() throws Exception {
    EventWriter writer = EventWriter.open(run, CLOCK, "0.1.0");
    writer.graph(GRAPH);
    SummaryValues values = new SummaryValues().scalar("accuracy_1", 0.75f);
    writer.write(0, values);
    writer.write(12, values.clear().scalar("accuracy_1", 0.5f).scalar("cross_entropy_1", 0.1f));
    writer.close();

    assertThat(Files.readAllBytes(writer.file()))
        .isEqualTo(
            Records.joined(
                Records.record(
                    event()
                        .setFileVersion("brain.Event:2")
                        .setSourceMetadata(
                            SourceMetadata.newBuilder().setWriter("pupil.summary.writer 0.1.0"))
                        .build()),
                Records.record(session(SessionStatus.START, 0)),
                Records.record(event().setGraphDef(GRAPH.toByteString()).build()),
                Records.record(scalars(0, "accuracy_1", 0.75f)),
                Records.record(scalars(12, "accuracy_1", 0.5f, "cross_entropy_1", 0.1f)),
                Records.record(session(SessionStatus.STOP, 12))));
  }

  @Test
  void theFileHasTensorBoardsKindOfName() throws Exception {
    try (EventWriter writer = EventWriter.open(run, CLOCK, "0.1.0")) {
      assertThat(writer.file().getParent()).isEqualTo(run);
      assertThat(String.valueOf(writer.file().getFileName()))
          .matches("events\\.out\\.tfevents\\.1795480719\\.[^/]+\\.\\d+\\.0\\.pupil")
          .contains("." + ProcessHandle.current().pid() + ".");
    }
    assertThat(EventFileName.of(Instant.ofEpochSecond(5), "host", 12, 3))
        .isEqualTo("events.out.tfevents.0000000005.host.12.3.pupil");
  }

  @Test
  void filesOfOneSecondAreCounted() throws Exception {
    try (EventWriter first = EventWriter.open(run, CLOCK, "1");
        EventWriter second = EventWriter.open(run, CLOCK, "1")) {
      assertThat(first.file().toString()).endsWith(".0.pupil");
      assertThat(second.file().toString()).endsWith(".1.pupil");
    }
  }

  @Test
  void everyEventCanBeReadAsSoonAsItIsWritten() throws Exception {
    EventWriter writer = EventWriter.open(run, CLOCK, "0.1.0");
    try (EventReader reader = EventReader.of(writer.file())) {
      assertThat(Records.remaining(reader)).hasSize(2);
      writer.write(0, new SummaryValues().scalar("accuracy_1", 1f));
      assertThat(Records.remaining(reader)).hasSize(1);
      writer.write(1, new SummaryValues());
      assertThat(Records.remaining(reader)).as("an event without values").isEmpty();
      writer.close();
      assertThat(Records.remaining(reader)).as("the session's stop").hasSize(1);
      writer.close();
      assertThat(Records.remaining(reader)).as("closed again").isEmpty();
    }
  }

  @Test
  void eventsThatMayWaitAreTheSameBytesAndKeepTheirPlaceAndTime() throws Exception {
    Instant earlier = CLOCK.instant().minusSeconds(3);
    EventWriter writer = EventWriter.open(run, CLOCK, "0.1.0");
    SummaryValues values = new SummaryValues();
    try (EventReader reader = EventReader.of(writer.file())) {
      assertThat(Records.remaining(reader)).hasSize(2);
      writer.writeLater(4, earlier, values.scalar("accuracy_1", 0.25f));
      writer.writeLater(5, earlier, values.clear().scalar("accuracy_1", 0.5f));
      assertThat(Records.remaining(reader)).as("waiting").isEmpty();
      writer.flush();
      assertThat(Records.remaining(reader)).hasSize(2);
      writer.writeLater(6, earlier, values.clear().scalar("accuracy_1", 0.75f));
      writer.write(7, values.clear().scalar("accuracy_1", 1f));
      assertThat(Records.remaining(reader)).as("those before go first").hasSize(2);
      writer.writeLater(8, earlier, values.clear().scalar("accuracy_1", 2));
      writer.close();
    }
    List<Event> events = Records.eventsOf(writer.file());
    assertThat(events).extracting(Event::getStep).containsExactly(0L, 0L, 4L, 5L, 6L, 7L, 8L, 8L);
    assertThat(events.get(2))
        .isEqualTo(scalars(4, "accuracy_1", 0.25f).toBuilder().setWallTime(SECONDS - 3).build());
    assertThat(events.get(5)).isEqualTo(scalars(7, "accuracy_1", 1f));
  }

  @Test
  void ofEventsThatWaitedAFullDiskKeepsTheFirstOnes(@TempDir Path folder) throws Exception {
    List<String> limited =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 1024 && exec \"$0\" \"$@\""));
    limited.addAll(ChildJvm.command(WriteLaterTooMuch.class, folder));
    Process child = new ProcessBuilder(limited).redirectErrorStream(true).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).startsWith("refused: ");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(Records.eventsOf(files.findFirst().orElseThrow()))
          .extracting(Event::getStep)
          .containsExactly(0L, 0L, 1L, 2L, 9L, 9L);
    }
  }

  /** Of four events that wait the third does not fit, and then there is room for a small one. */
  static final class WriteLaterTooMuch {
    private WriteLaterTooMuch() {}

    public static void main(String[] args) throws IOException {
      SummaryValues values = new SummaryValues();
      try (EventWriter writer = EventWriter.open(Path.of(args[0]), CLOCK, "1")) {
        for (int step = 1; step <= 4; step++) {
          String text = "x".repeat(200 << 10);
          writer.writeLater(step, CLOCK.instant(), values.clear().text("t", text));
        }
        try {
          writer.flush();
        } catch (IOException refusal) {
          System.out.println("refused: " + refusal.getMessage());
        }
        writer.write(9, values.clear().scalar("a", 1));
      }
    }
  }

  @Test
  void wallTimeIsTheClocksAtEachEvent() throws Exception {
    Clock[] now = {CLOCK};
    Clock moving =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now[0].instant();
          }
        };
    try (EventWriter writer = EventWriter.open(run, moving, "1")) {
      now[0] = Clock.offset(CLOCK, Duration.ofMillis(1500));
      writer.write(3, new SummaryValues().scalar("a", 1));
      assertThat(Records.eventsOf(writer.file()))
          .extracting(Event::getWallTime)
          .containsExactly(SECONDS, SECONDS, SECONDS + 1.5);
    }
  }

  @Test
  void onAFullDiskWholeRecordsStayAndWritingCanGoOn() throws Exception {
    int block = 512;
    FileSystem small =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setBlockSize(block).setMaxSize(8L * block).build());
    Path other = Files.write(small.getPath("/other"), new byte[5 * block]);
    EventWriter writer = EventWriter.open(small.getPath("/logs"), CLOCK, "1");
    SummaryValues large = new SummaryValues().text("t", "x".repeat(3 * block));
    long before = Files.size(writer.file());

    assertThatThrownBy(() -> writer.write(1, large)).isInstanceOf(IOException.class);
    assertThat(Files.size(writer.file())).isEqualTo(before);

    Files.delete(other);
    writer.write(2, large);
    writer.close();
    assertThat(Records.eventsOf(writer.file()))
        .extracting(Event::getStep)
        .containsExactly(0L, 0L, 2L, 2L);
  }

  @Test
  void halfARecordIsTakenBack(@TempDir Path folder) throws Exception {
    // The system writes what fits under the limit of about a mebibyte, and then refuses.
    List<String> limited =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 2048 && exec \"$0\" \"$@\""));
    limited.addAll(ChildJvm.command(WriteTooMuch.class, folder));
    Process child = new ProcessBuilder(limited).redirectErrorStream(true).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).startsWith("refused: ");

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(Records.eventsOf(files.findFirst().orElseThrow()))
          .extracting(Event::getStep)
          .containsExactly(0L, 0L, 2L, 2L);
    }
  }

  /** Writes an event that does not fit and then one that does. */
  static final class WriteTooMuch {
    private WriteTooMuch() {}

    public static void main(String[] args) throws IOException {
      try (EventWriter writer = EventWriter.open(Path.of(args[0]), CLOCK, "1")) {
        try {
          writer.write(1, new SummaryValues().text("t", "x".repeat(3 << 20)));
        } catch (IOException refusal) {
          System.out.println("refused: " + refusal.getMessage());
        }
        writer.write(2, new SummaryValues().scalar("a", 1));
      }
    }
  }

  @Test
  void aFullDiskAtTheStartLeavesNoFile() throws Exception {
    FileSystem full =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setBlockSize(64).setMaxSize(64).build());
    Path logs = full.getPath("/logs");
    assertThatThrownBy(() -> EventWriter.open(logs, CLOCK, "1")).isInstanceOf(IOException.class);
    try (var files = Files.list(logs)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Files.createFile(memory.getPath("/taken"));
    assertThatThrownBy(() -> EventWriter.open(memory.getPath("/taken"), CLOCK, "1"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("/taken");
  }

  @Test
  void eventsThatTensorBoardWouldNotTakeAreRefused() throws Exception {
    try (EventWriter writer = EventWriter.open(run, CLOCK, "1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(-1, new SummaryValues().scalar("a", 1)))
          .withMessage("step must not be negative, was -1");
      assertThat(Records.eventsOf(writer.file())).hasSize(2);
    }
  }

  @Test
  void aClosedWriterWritesNoMore() throws Exception {
    EventWriter writer = EventWriter.open(run, CLOCK, "1");
    writer.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> writer.write(1, new SummaryValues().scalar("a", 1)))
        .withMessage("the file is closed");
  }

  @Test
  void severalThreadsMayWrite() throws Exception {
    EventWriter writer = EventWriter.open(run, CLOCK, "1");
    List<Thread> threads =
        List.of(new Thread(() -> write100(writer, 0)), new Thread(() -> write100(writer, 100)));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    writer.close();
    assertThat(Records.eventsOf(writer.file())).hasSize(203);
  }

  private static void write100(EventWriter writer, int from) {
    try {
      for (int step = from; step < from + 100; step++) {
        writer.write(step, new SummaryValues().scalar("a", step));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Event scalars(long step, Object... tagsAndValues) {
    Summary.Builder summary = Summary.newBuilder();
    for (int i = 0; i < tagsAndValues.length; i += 2) {
      summary
          .addValueBuilder()
          .setTag((String) tagsAndValues[i])
          .setSimpleValue((float) tagsAndValues[i + 1]);
    }
    return event().setStep(step).setSummary(summary).build();
  }

  private static Event session(SessionStatus status, long step) {
    return event().setStep(step).setSessionLog(SessionLog.newBuilder().setStatus(status)).build();
  }

  private static Event.Builder event() {
    return Event.newBuilder().setWallTime(SECONDS);
  }
}
