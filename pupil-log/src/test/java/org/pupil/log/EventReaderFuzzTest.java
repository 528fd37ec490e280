package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.pupil.log.EventReader.Kind;

class EventReaderFuzzTest {
  private static final FileSystem MEMORY = Jimfs.newFileSystem(Configuration.unix());
  private static final Path FILE = MEMORY.getPath("/events.out.tfevents.1.host");

  @AfterContainer
  static void closeMemory() throws IOException {
    MEMORY.close();
  }

  /** Anything may be in a file; what the reader says about it must hold. */
  @Property(tries = 2000)
  void arbitraryBytesNeverThrow(@ForAll byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    checkWhatIsSaid(bytes);
  }

  /** The bytes after a sound header and around sound payloads may be anything. */
  @Property(tries = 2000)
  void arbitraryPayloadsNeverThrow(@ForAll List<byte[]> payloads) throws IOException {
    byte[] bytes = Records.joined(payloads.stream().map(Records::record).toArray(byte[][]::new));
    Files.write(FILE, bytes);
    assertThat(checkWhatIsSaid(bytes)).isEqualTo(payloads.size());
  }

  @Property(tries = 3000)
  void aSoundFileWithAnyPieceReplacedKeepsTheRecordsBeforeIt(@ForAll("edits") Edit edit)
      throws IOException {
    byte[] sound =
        Records.joined(
            Records.record(new byte[] {1, 2, 3}),
            Records.record(new byte[40]),
            Records.record(new byte[] {(byte) 0x80, 0, 7}));
    int from = edit.from % (sound.length + 1);
    int to = Math.min(sound.length, from + edit.removed);
    byte[] bytes =
        Records.joined(
            Arrays.copyOf(sound, from), edit.inserted, Arrays.copyOfRange(sound, to, sound.length));
    Files.write(FILE, bytes);
    int wholeBefore = (from >= 19 ? 1 : 0) + (from >= 75 ? 1 : 0) + (from >= 94 ? 1 : 0);
    assertThat(checkWhatIsSaid(bytes)).isGreaterThanOrEqualTo(wholeBefore);
  }

  @Provide
  Arbitrary<Edit> edits() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 200),
            Arbitraries.integers().between(0, 30),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(30))
        .as(Edit::new);
  }

  /** A piece of a file that is replaced by another. */
  private static final class Edit {
    private final int from;
    private final int removed;
    private final byte[] inserted;

    Edit(int from, int removed, byte[] inserted) {
      this.from = from;
      this.removed = removed;
      this.inserted = inserted;
    }

    @Override
    public String toString() {
      return removed + " bytes at " + from + " become " + Arrays.toString(inserted);
    }
  }

  /** Reads to the end; each payload must be framed in the file as it is handed out. */
  private static int checkWhatIsSaid(byte[] bytes) {
    int records = 0;
    try (EventReader reader = EventReader.of(FILE)) {
      int offset = 0;
      while (reader.next()) {
        byte[] payload = new byte[reader.payload().remaining()];
        reader.payload().get(payload);
        byte[] framed = Records.record(payload);
        assertThat(Arrays.copyOfRange(bytes, offset, offset + framed.length)).isEqualTo(framed);
        // An event or none, but no exception.
        assertThat(reader.event()).isNotNull();
        offset += framed.length;
        records++;
      }
      assertThat(reader.status().offset()).isEqualTo(offset);
      assertThat(reader.status().records()).isEqualTo(records);
      assertThat(reader.status().kind())
          .isIn(
              offset == bytes.length
                  ? List.of(Kind.AT_END)
                  : List.of(Kind.TRUNCATED, Kind.CORRUPT));
    }
    return records;
  }
}
