package org.pupil.log;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of records, as TensorFlow's event files are. A record, numbers lowest byte first:
 *
 * <pre>
 *   8 bytes  length n of the payload
 *   4 bytes  masked CRC-32C of those 8 bytes
 *   n bytes  payload
 *   4 bytes  masked CRC-32C of the payload
 * </pre>
 *
 * <p>Each record is put together in memory and handed to the operating system in one call, before
 * {@link #write} returns; those of {@link #writeLater} together. If only a part of it fits on the
 * disk, that part is taken back, so that what comes later can be read. Not for use by several
 * threads at once.
 */
public final class RecordWriter implements Closeable {
  /** Longest payload in bytes; {@link EventReader} takes a longer one for damage. */
  public static final int MAX_PAYLOAD = 256 << 20;

  static final int HEADER_SIZE = Long.BYTES + Integer.BYTES;
  static final int FOOTER_SIZE = Integer.BYTES;

  private static final int FIRST_CAPACITY = 4096;

  /** So many bytes of records may wait to be written together. */
  private static final int MOST_WAITING = 1 << 20;

  /** What a record holds. */
  interface Payload {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private final FileChannel channel;
  private final MaskedCrc crc = new MaskedCrc();

  /** Records that wait to be written, one after the other. */
  private byte[] records = new byte[FIRST_CAPACITY];

  private int waiting;

  /** Of the file. */
  private long length;

  /** Set when half a record could not be taken back: nothing may follow it. */
  private @Nullable IOException broken;

  /**
   * A writer to an open channel, which it closes in the end.
   *
   * @param channel empty so far
   */
  RecordWriter(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes a new file.
   *
   * @throws IOException if it is there already, or cannot be made
   */
  public static RecordWriter create(Path file) throws IOException {
    return new RecordWriter(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /**
   * Appends one record.
   *
   * @throws IllegalArgumentException if the message has more than {@link #MAX_PAYLOAD} bytes
   * @throws IllegalStateException if the file is closed
   * @throws IOException if it cannot be written, for example on a full disk
   */
  public void write(MessageLite payload) throws IOException {
    write(payload.getSerializedSize(), payload::writeTo);
  }

  /**
   * Appends one record of which the size is known.
   *
   * @param size in bytes
   * @param payload writes just these
   * @throws IllegalArgumentException if it is more than {@link #MAX_PAYLOAD}
   * @throws IllegalStateException if the file is closed
   * @throws IOException if it cannot be written, for example on a full disk
   */
  void write(int size, Payload payload) throws IOException {
    writeLater(size, payload);
    flush();
  }

  /**
   * Like {@link #write(int, Payload)}, but the record may wait in memory for {@link #flush} or the
   * next record that is written at once.
   */
  void writeLater(int size, Payload payload) throws IOException {
    if (!channel.isOpen()) {
      throw new IllegalStateException("the file is closed");
    }
    if (broken != null) {
      throw broken;
    }
    if (size > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a record must not be longer than " + MAX_PAYLOAD + " bytes, was " + size);
    }
    int total = HEADER_SIZE + size + FOOTER_SIZE;
    if (waiting > 0 && waiting + total > MOST_WAITING) {
      flush();
    }
    if (records.length - waiting < total) {
      records = Arrays.copyOf(records, Math.max(waiting + total, 2 * records.length));
    }
    ByteBuffer bytes = ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(waiting, size);
    bytes.putInt(waiting + Long.BYTES, crc.of(records, waiting, Long.BYTES));
    CodedOutputStream content = CodedOutputStream.newInstance(records, waiting + HEADER_SIZE, size);
    payload.writeTo(content);
    content.checkNoSpaceLeft();
    bytes.putInt(waiting + HEADER_SIZE + size, crc.of(records, waiting + HEADER_SIZE, size));
    waiting += total;
  }

  /**
   * Hands all records of so far to the operating system.
   *
   * @throws IOException if they cannot be written; then those of them that did not fit are lost
   */
  void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(records, 0, waiting).order(ByteOrder.LITTLE_ENDIAN);
    waiting = 0;
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException refusal) {
      length += wholeRecords(bytes);
      takeBackHalfARecord(refusal);
      throw refusal;
    }
    length += bytes.limit();
  }

  /** How many of the bytes before the position belong to records that end there or before. */
  private static int wholeRecords(ByteBuffer bytes) {
    int end = 0;
    int next = 0;
    while (next <= bytes.position()) {
      end = next;
      if (end == bytes.limit()) {
        break;
      }
      next = end + HEADER_SIZE + (int) bytes.getLong(end) + FOOTER_SIZE;
    }
    return end;
  }

  /** What stands after half a record could never be read. */
  private void takeBackHalfARecord(IOException refusal) {
    try {
      if (channel.isOpen()) {
        channel.truncate(length);
      }
    } catch (IOException alsoRefused) {
      refusal.addSuppressed(alsoRefused);
      broken = refusal;
    }
  }

  /**
   * Whether {@link #write} may still succeed: not once it is closed, or broken by half a record.
   */
  boolean isWritable() {
    return channel.isOpen() && broken == null;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (isWritable()) {
        flush();
      }
    }
  }
}
