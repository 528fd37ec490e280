package org.pupil.log;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.Event;

/**
 * Reads the records of one event file (its layout stands at {@link RecordWriter}), from its start
 * or from a later record, and follows it while it grows.
 *
 * <pre>{@code
 * while (reader.next()) {
 *   use(reader.payload());
 * }
 * show(reader.status());
 * }</pre>
 *
 * <p>When {@link #next} says no, {@link #status} says why. At the end of the file, and before a
 * record of which only the first part is there, it may say yes later: ask again when the file may
 * have grown. After damage it never does.
 *
 * <p>No content of the file makes a method throw. Both checksums of each record are checked before
 * it is handed out. A payload of more than 256 MiB counts as damage; memory for one is only taken
 * once all its bytes are in the file. A reader that waits for more holds no buffer, only an open
 * file. Not for use by several threads at once.
 */
public final class EventReader implements AutoCloseable {
  /** Where a reader stands. */
  public enum Kind {
    /** There may be more: {@link EventReader#next} has not yet said no. */
    READING,
    /** All that the file has was read. */
    AT_END,
    /** The file ends within a record: it is being written, or its writer was killed. */
    TRUNCATED,
    /** The file is damaged at this offset, or shorter than before. Nothing after it is read. */
    CORRUPT,
    /** The file cannot be opened or read just now. The next call tries again. */
    UNREADABLE
  }

  /**
   * How far a file was read, and why not further.
   *
   * @param offset where in the file the next record starts; all before it was read
   * @param records how many records this reader has handed out
   * @param reason a sentence for a person, empty for READING and AT_END
   * @param refusal what the system said, of UNREADABLE only; it is not part of the reason
   */
  public record Status(
      Kind kind, long offset, long records, String reason, Optional<IOException> refusal) {}

  private static final int CHUNK = 256 << 10;
  private static final int LARGEST_KEPT_BUFFER = 4 * CHUNK;
  private static final byte[] NOTHING = {};
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private @Nullable FileChannel channel;

  // buffer[0] is the file's byte at bufferOffset; what was not yet read from the buffer is in
  // buffer[unread] to buffer[filled - 1].
  private byte[] buffer = NOTHING;
  private long bufferOffset;
  private int unread;
  private int filled;

  private boolean atRecord;
  private int payloadStart;
  private int payloadLength;
  private long records;
  private Kind kind = Kind.READING;
  private String reason = "";
  private @Nullable IOException refused;

  private final MaskedCrc crc = new MaskedCrc();

  private EventReader(Path file, long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative, was " + offset);
    }
    this.file = file;
    this.bufferOffset = offset;
  }

  /** A reader from the file's first record on. The file is opened by the first {@link #next}. */
  public static EventReader of(Path file) {
    return new EventReader(file, 0);
  }

  /** A reader from a later record on: one that began at this offset. */
  public static EventReader of(Path file, long offset) {
    return new EventReader(file, offset);
  }

  /** A reader of an open file, which it closes in the end. */
  static EventReader of(Path file, FileChannel open) {
    EventReader reader = new EventReader(file, 0);
    reader.channel = open;
    return reader;
  }

  /** The file that is read. */
  public Path file() {
    return file;
  }

  public Status status() {
    return new Status(kind, offset(), records, reason, Optional.ofNullable(refused));
  }

  /** Goes to the next record. False if there is none: see {@link #status}. */
  public boolean next() {
    atRecord = false;
    if (kind == Kind.CORRUPT) {
      return false;
    }
    boolean found;
    try {
      found = readRecord(opened());
    } catch (IOException refusal) {
      close();
      found = stop(Kind.UNREADABLE, "cannot be read", refusal);
    }
    if (!found) {
      letGoOfBuffer();
    }
    return found;
  }

  /**
   * The record's bytes: a serialized Event, if its writer was sound. A view of the reader's memory,
   * backed by an array, good until the next call of {@link #next} and not to be written to.
   *
   * @throws IllegalStateException unless {@link #next} has just said yes
   */
  public ByteBuffer payload() {
    checkAtRecord();
    return ByteBuffer.wrap(buffer, payloadStart, payloadLength);
  }

  /**
   * The checksum of the record's bytes, as it stands in the file.
   *
   * @throws IllegalStateException unless {@link #next} has just said yes
   */
  public int checksum() {
    checkAtRecord();
    return (int) INTS.get(buffer, payloadStart + payloadLength);
  }

  /**
   * The record as an event; empty if its bytes are not one.
   *
   * @throws IllegalStateException unless {@link #next} has just said yes
   */
  public Optional<Event> event() {
    checkAtRecord();
    try {
      return Optional.of(
          Event.parseFrom(CodedInputStream.newInstance(buffer, payloadStart, payloadLength)));
    } catch (IOException notAnEvent) {
      return Optional.empty();
    }
  }

  /** Closes the file. A later {@link #next} opens it again and goes on where it was. */
  @Override
  public void close() {
    FileChannel closing = channel;
    channel = null;
    letGoOfBuffer();
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException refusal) {
        // Nothing was written, so nothing is lost; the person is told all the same.
        stop(Kind.UNREADABLE, "cannot be closed", refusal);
      }
    }
  }

  private void checkAtRecord() {
    if (!atRecord) {
      throw new IllegalStateException("there is no record: " + status());
    }
  }

  private FileChannel opened() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        // To open a pipe would wait for somebody to write into it.
        throw new IOException("it is not a file");
      }
      open = FileChannel.open(file, StandardOpenOption.READ);
      channel = open;
    }
    return open;
  }

  private boolean readRecord(FileChannel from) throws IOException {
    if (!fill(from, RecordWriter.HEADER_SIZE)) {
      return stopAtEnd(from);
    }
    long length = (long) LONGS.get(buffer, unread);
    if (crc.of(buffer, unread, Long.BYTES) != (int) INTS.get(buffer, unread + Long.BYTES)) {
      return stopDamaged("the checksum of a record's length is wrong");
    }
    if (length < 0 || length > RecordWriter.MAX_PAYLOAD) {
      return stopDamaged(
          "a record of "
              + Long.toUnsignedString(length)
              + " bytes is longer than "
              + RecordWriter.MAX_PAYLOAD);
    }
    int size = RecordWriter.HEADER_SIZE + (int) length + RecordWriter.FOOTER_SIZE;
    if (!fill(from, size)) {
      return stopAtEnd(from);
    }
    payloadStart = unread + RecordWriter.HEADER_SIZE;
    payloadLength = (int) length;
    int checksum = (int) INTS.get(buffer, payloadStart + payloadLength);
    if (crc.of(buffer, payloadStart, payloadLength) != checksum) {
      return stopDamaged("the checksum of a record's content is wrong");
    }
    unread += size;
    records++;
    atRecord = true;
    kind = Kind.READING;
    reason = "";
    refused = null;
    return true;
  }

  /** Makes sure that {@code needed} bytes are in the buffer; false if the file has fewer. */
  private boolean fill(FileChannel from, int needed) throws IOException {
    if (filled - unread >= needed) {
      return true;
    }
    long inFile = from.size() - offset();
    if (inFile < needed) {
      return false;
    }
    makeRoom(Math.max(needed, (int) Math.min(inFile, CHUNK)));
    while (filled < needed) {
      // In chunks, because the JDK keeps native memory of the size of the largest read.
      int wanted = Math.min(buffer.length - filled, CHUNK);
      int read = from.read(ByteBuffer.wrap(buffer, filled, wanted), bufferOffset + filled);
      if (read < 0) {
        return false;
      }
      filled += read;
    }
    return true;
  }

  /** Moves the unread bytes to the start of a buffer that takes {@code capacity} bytes. */
  private void makeRoom(int capacity) {
    boolean fits = capacity <= buffer.length && buffer.length <= LARGEST_KEPT_BUFFER;
    byte[] roomy = fits ? buffer : new byte[capacity];
    System.arraycopy(buffer, unread, roomy, 0, filled - unread);
    bufferOffset += unread;
    filled -= unread;
    unread = 0;
    buffer = roomy;
  }

  private void letGoOfBuffer() {
    bufferOffset = offset();
    unread = 0;
    filled = 0;
    buffer = NOTHING;
    atRecord = false;
  }

  /**
   * Where in the file the next record starts; asked before {@link #next}, where its record does.
   */
  public long offset() {
    return bufferOffset + unread;
  }

  private boolean stopAtEnd(FileChannel from) throws IOException {
    long size = from.size();
    if (size < offset()) {
      return stopDamaged("the file is now " + size + " bytes long, shorter than before");
    }
    if (size == offset()) {
      return stop(Kind.AT_END, "");
    }
    return stop(Kind.TRUNCATED, "waits at offset " + offset() + " for the rest of a record");
  }

  private boolean stopDamaged(String why) {
    return stop(Kind.CORRUPT, "stopped at offset " + offset() + ": " + why);
  }

  private boolean stop(Kind why, String inWords) {
    return stop(why, inWords, null);
  }

  private boolean stop(Kind why, String inWords, @Nullable IOException refusal) {
    kind = why;
    reason = inWords;
    refused = refusal;
    return false;
  }
}
