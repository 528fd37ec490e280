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
 * {@link #write} returns. If only a part of it fits on the disk, that part is taken back, so that
 * what comes later can be read. Not for use by several threads at once.
 */
public final class RecordWriter implements Closeable {
  /** Longest payload in bytes; {@link EventReader} takes a longer one for damage. */
  public static final int MAX_PAYLOAD = 256 << 20;

  static final int HEADER_SIZE = Long.BYTES + Integer.BYTES;
  static final int FOOTER_SIZE = Integer.BYTES;

  private static final int FIRST_CAPACITY = 4096;

  /** What a record holds. */
  interface Payload {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private final FileChannel channel;
  private final MaskedCrc crc = new MaskedCrc();
  private byte[] record = new byte[FIRST_CAPACITY];
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
    if (record.length < total) {
      record = new byte[Math.max(total, 2 * record.length)];
    }
    ByteBuffer bytes = ByteBuffer.wrap(record, 0, total).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(size).putInt(crc.of(record, 0, Long.BYTES));
    CodedOutputStream content = CodedOutputStream.newInstance(record, HEADER_SIZE, size);
    payload.writeTo(content);
    content.checkNoSpaceLeft();
    bytes.putInt(HEADER_SIZE + size, crc.of(record, HEADER_SIZE, size));
    append(bytes.rewind());
  }

  private void append(ByteBuffer bytes) throws IOException {
    int size = bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException refusal) {
      takeBackHalfARecord(refusal);
      throw refusal;
    }
    length += size;
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
    channel.close();
  }
}
