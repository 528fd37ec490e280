package org.pupil.graph;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.pupil.log.MaskedCrc;

/**
 * A file of keys and values in the table format of LevelDB, in which TensorFlow writes the index of
 * a checkpoint (leveldb/doc/table_format.md; tensorflow/core/lib/io/format.cc).
 *
 * <p>It is a row of blocks. The footer says where the index block is, and each value of the index
 * block where a block of keys and values is. In a block, a key says only in what it differs from
 * the one before.
 */
final class SortedTable {
  private static final int FOOTER_BYTES = 48;
  private static final long MAGIC = 0xdb4775248b80fb57L;

  /** More than any variable's name has. Every key is a copy of the one before it. */
  private static final int MOST_KEY_BYTES = 1 << 14;

  /** Behind each block: its kind of compression, and a checksum. */
  private static final int TRAILER_BYTES = 5;

  private final ByteBuffer file;
  private final Map<String, byte[]> entries = new HashMap<>();

  private SortedTable(byte[] content) {
    this.file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a whole table.
   *
   * @return the values by their keys; a key's bytes are the characters of ISO 8859-1
   * @throws IllegalArgumentException with a reason, when the content is no such table
   */
  static Map<String, byte[]> read(byte[] content) {
    SortedTable table = new SortedTable(content);
    try {
      table.readAll();
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new IllegalArgumentException("it is cut off or damaged", e);
    }
    return table.entries;
  }

  private void readAll() {
    int footer = file.capacity() - FOOTER_BYTES;
    if (footer < 0 || file.getLong(file.capacity() - Long.BYTES) != MAGIC) {
      throw new IllegalArgumentException("it is no index of a checkpoint");
    }
    ByteBuffer handles = part(footer, FOOTER_BYTES);
    varint(handles); // where the block of statistics is, and how long
    varint(handles);
    Map<String, byte[]> blocks = new HashMap<>();
    readBlock(handles, blocks);
    for (byte[] handle : blocks.values()) {
      readBlock(ByteBuffer.wrap(handle), entries);
    }
  }

  private ByteBuffer part(long from, long length) {
    if (from < 0 || length < 0 || from > file.capacity() - length) {
      throw new IndexOutOfBoundsException("part from " + from);
    }
    return file.slice((int) from, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void readBlock(ByteBuffer handle, Map<String, byte[]> into) {
    long offset = varint(handle);
    long length = varint(handle);
    if (length > file.capacity()) {
      throw new IndexOutOfBoundsException("block of " + length);
    }
    ByteBuffer whole = part(offset, length + TRAILER_BYTES);
    int size = (int) length;
    if (whole.get(size) != 0) {
      throw new IllegalArgumentException("it is compressed, which TensorFlow's own are not");
    }
    int checksum = new MaskedCrc().of(file.array(), (int) offset, size + 1);
    if (checksum != whole.getInt(size + 1)) {
      throw new IllegalArgumentException("it is damaged: a checksum is wrong");
    }
    // At the end are places where keys are written whole, for readers that look for one key.
    long end = size - Integer.BYTES * (1L + whole.getInt(size - Integer.BYTES));
    ByteBuffer block = whole.slice(0, Math.toIntExact(end));
    byte[] key = new byte[0];
    while (block.hasRemaining()) {
      int shared = length(block);
      int own = length(block);
      int value = length(block);
      if (shared > key.length || own > block.remaining() || shared + own > MOST_KEY_BYTES) {
        throw new IndexOutOfBoundsException("key of " + shared + " and " + own);
      }
      key = Arrays.copyOf(key, shared + own);
      block.get(key, shared, own);
      into.put(new String(key, StandardCharsets.ISO_8859_1), bytes(block, value));
    }
  }

  private static byte[] bytes(ByteBuffer from, int length) {
    if (length > from.remaining()) {
      throw new IndexOutOfBoundsException("value of " + length);
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  private static int length(ByteBuffer from) {
    long length = varint(from);
    if (length < 0 || length > from.capacity()) {
      throw new IndexOutOfBoundsException("length " + length);
    }
    return (int) length;
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("varint without end");
  }
}
