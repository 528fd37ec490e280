package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.log.EventReader.Kind;
import org.pupil.log.EventReader.Status;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.Summary;

class EventReaderTest {
  private static final List<byte[]> PAYLOADS =
      List.of(
          Event.newBuilder().setWallTime(1.5).setFileVersion("brain.Event:2").build().toByteArray(),
          new byte[0],
          scalar(7, 0.25f).toByteArray(),
          scalar(8, -3f).toByteArray());
  private static final byte[] FILE = fileOf(PAYLOADS);

  private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  private final Path file = memory.getPath("/events.out.tfevents.1.host");

  @Test
  void aSoundFileIsReadToItsEnd() throws IOException {
    Files.write(file, FILE);
    try (EventReader reader = EventReader.of(file)) {
      assertThat(Records.remaining(reader)).containsExactlyElementsOf(PAYLOADS);
      assertThat(reader.status()).isEqualTo(status(Kind.AT_END, FILE.length, 4, ""));
    }
  }

  @Test
  void aFileCutAnywhereGivesItsWholeRecordsAndIsResumed() throws IOException {
    for (int cut = 0; cut <= FILE.length; cut++) {
      Files.write(file, Arrays.copyOf(FILE, cut));
      try (EventReader reader = EventReader.of(file)) {
        List<byte[]> read = Records.remaining(reader);
        int wholeRecords = recordsBefore(cut);
        long offset = startOf(wholeRecords);
        assertThat(read)
            .as("cut at " + cut)
            .containsExactlyElementsOf(PAYLOADS.subList(0, wholeRecords));
        assertThat(reader.status().offset()).isEqualTo(offset);
        assertThat(reader.status().kind()).isEqualTo(cut == offset ? Kind.AT_END : Kind.TRUNCATED);
        assertThat(reader.status().reason())
            .isEqualTo(
                cut == offset ? "" : "waits at offset " + offset + " for the rest of a record");

        Files.write(file, Arrays.copyOfRange(FILE, cut, FILE.length), StandardOpenOption.APPEND);
        read.addAll(Records.remaining(reader));
        assertThat(read).containsExactlyElementsOf(PAYLOADS);
        assertThat(reader.status()).isEqualTo(status(Kind.AT_END, FILE.length, 4, ""));
      }
    }
  }

  @Test
  void aFileThatGrowsByteByByteIsFollowed() throws IOException {
    Files.createFile(file);
    List<byte[]> read = new ArrayList<>();
    try (EventReader reader = EventReader.of(file)) {
      for (int i = 0; i < FILE.length; i++) {
        Files.write(file, new byte[] {FILE[i]}, StandardOpenOption.APPEND);
        read.addAll(Records.remaining(reader));
        assertThat(read).hasSize(recordsBefore(i + 1));
      }
    }
    assertThat(read).containsExactlyElementsOf(PAYLOADS);
  }

  @Test
  void anyFlippedBitStopsTheReaderAtItsRecord() throws IOException {
    for (int bit = 0; bit < FILE.length * 8; bit++) {
      byte[] damaged = FILE.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      int record = recordsBefore(bit / 8);
      long inRecord = bit / 8 - startOf(record);
      try (EventReader reader = EventReader.of(file)) {
        assertThat(Records.remaining(reader))
            .as("bit " + bit)
            .containsExactlyElementsOf(PAYLOADS.subList(0, record));
        String what = inRecord < 12 ? "a record's length" : "a record's content";
        assertThat(reader.status())
            .isEqualTo(
                status(
                    Kind.CORRUPT,
                    startOf(record),
                    record,
                    "stopped at offset "
                        + startOf(record)
                        + ": the checksum of "
                        + what
                        + " is wrong"));
        assertThat(reader.next()).as("asked again").isFalse();
      }
    }
  }

  @Test
  void aRecordOfMoreThan256MebibytesIsDamage() throws IOException {
    for (long length : new long[] {(256L << 20) + 1, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      Files.write(file, Records.joined(FILE, Records.header(length), new byte[100]));
      try (EventReader reader = EventReader.of(file)) {
        assertThat(Records.remaining(reader)).hasSize(4);
        assertThat(reader.status().kind()).isEqualTo(Kind.CORRUPT);
        assertThat(reader.status().reason())
            .isEqualTo(
                "stopped at offset %d: a record of %s bytes is longer than 268435456"
                    .formatted(FILE.length, Long.toUnsignedString(length)));
      }
    }
  }

  @Test
  void aPromisedLengthTakesNoMemoryBeforeTheBytesAreThere() throws IOException {
    Files.write(file, Records.joined(Records.header(256L << 20), new byte[1000]));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (EventReader reader = EventReader.of(file)) {
      assertThat(reader.next()).isFalse();
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20L << 20);
      assertThat(reader.status())
          .isEqualTo(status(Kind.TRUNCATED, 0, 0, "waits at offset 0 for the rest of a record"));
    }
  }

  @Test
  void recordsLargerThanTheBufferAreReadBetweenSmallOnes(@TempDir Path folder) throws IOException {
    byte[] large = new byte[3_000_001];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) ((i * 31) >> 3);
    }
    byte[] middling = Arrays.copyOf(large, 262_144 - 16);
    List<byte[]> payloads =
        List.of(PAYLOADS.get(0), large, PAYLOADS.get(2), middling, middling, PAYLOADS.get(3));
    Path onDisk = Files.write(folder.resolve("tfevents"), fileOf(payloads));
    assertThat(Records.payloadsOf(onDisk)).containsExactlyElementsOf(payloads);
  }

  @Test
  void readingCanStartAtALaterRecord() throws IOException {
    Files.write(file, FILE);
    try (EventReader reader = EventReader.of(file, startOf(2))) {
      assertThat(Records.remaining(reader)).containsExactlyElementsOf(PAYLOADS.subList(2, 4));
      assertThat(reader.status()).isEqualTo(status(Kind.AT_END, FILE.length, 2, ""));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> EventReader.of(file, -1));
  }

  @Test
  void aFileThatBecameShorterIsDamaged() throws IOException {
    Files.write(file, FILE);
    try (EventReader reader = EventReader.of(file)) {
      Records.remaining(reader);
      try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
        channel.truncate(10);
      }
      assertThat(reader.next()).isFalse();
      assertThat(reader.status().kind()).isEqualTo(Kind.CORRUPT);
      assertThat(reader.status().reason())
          .isEqualTo(
              "stopped at offset %d: the file is now 10 bytes long, shorter than before"
                  .formatted(FILE.length));
    }
  }

  @Test
  void aFileThatIsNotThereYetIsTriedAgain() throws IOException {
    try (EventReader reader = EventReader.of(file)) {
      assertThat(reader.next()).isFalse();
      assertThat(reader.status())
          .returns(Kind.UNREADABLE, Status::kind)
          .returns("cannot be read", Status::reason)
          .extracting(status -> status.refusal().orElseThrow())
          .isInstanceOf(NoSuchFileException.class);
      Files.write(file, FILE);
      assertThat(Records.remaining(reader)).hasSize(4);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFolderAndAPipeAreNotFiles(@TempDir Path folder) throws Exception {
    assertNotAFile(folder);
    Path pipe = folder.resolve("tfevents.pipe");
    assumeTrue(makesPipe(pipe), "there is no mkfifo here");
    assertNotAFile(pipe);
  }

  private static boolean makesPipe(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private static void assertNotAFile(Path path) {
    try (EventReader reader = EventReader.of(path)) {
      assertThat(reader.next()).isFalse();
      assertThat(reader.status())
          .returns(Kind.UNREADABLE, Status::kind)
          .returns("cannot be read", Status::reason)
          .extracting(status -> status.refusal().orElseThrow().getMessage())
          .isEqualTo("it is not a file");
    }
  }

  @Test
  void aPayloadThatIsNotAnEventStopsNothing() throws IOException {
    byte[] notAnEvent = {(byte) 0xFF, 1, 2};
    Files.write(file, fileOf(List.of(notAnEvent, PAYLOADS.get(2))));
    try (EventReader reader = EventReader.of(file)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.event()).isEmpty();
      assertThat(reader.payload()).isEqualTo(ByteBuffer.wrap(notAnEvent));
      assertThat(reader.next()).isTrue();
      assertThat(reader.event()).contains(scalar(7, 0.25f));
    }
  }

  @Test
  void afterCloseReadingGoesOnWhereItWas() throws IOException {
    Files.write(file, FILE);
    EventReader reader = EventReader.of(file);
    assertThat(reader.next()).isTrue();
    reader.close();
    assertThat(Records.remaining(reader)).containsExactlyElementsOf(PAYLOADS.subList(1, 4));
    reader.close();
  }

  @Test
  void thereIsNoPayloadBeforeTheFirstAndAfterTheLastRecord() throws IOException {
    Files.write(file, FILE);
    try (EventReader reader = EventReader.of(file)) {
      assertThatIllegalStateException().isThrownBy(reader::payload);
      assertThat(reader.status()).isEqualTo(status(Kind.READING, 0, 0, ""));
      Records.remaining(reader);
      assertThatIllegalStateException().isThrownBy(reader::payload);
      assertThatIllegalStateException().isThrownBy(reader::event);
    }
  }

  private static byte[] fileOf(List<byte[]> payloads) {
    return Records.joined(payloads.stream().map(Records::record).toArray(byte[][]::new));
  }

  /** Where record {@code index} starts; the file's length after the last. */
  private static long startOf(int index) {
    return PAYLOADS.subList(0, index).stream().mapToLong(payload -> payload.length + 16).sum();
  }

  /** How many records end at or before this offset. */
  private static int recordsBefore(int offset) {
    int records = 0;
    while (records < PAYLOADS.size() && startOf(records + 1) <= offset) {
      records++;
    }
    return records;
  }

  private static Event scalar(long step, float value) {
    return Event.newBuilder()
        .setWallTime(step + 0.5)
        .setStep(step)
        .setSummary(
            Summary.newBuilder()
                .addValue(Summary.Value.newBuilder().setTag("loss").setSimpleValue(value)))
        .build();
  }

  private static Status status(Kind kind, long offset, long records, String reason) {
    return new Status(kind, offset, records, reason, Optional.empty());
  }
}
