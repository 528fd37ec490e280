package org.pupil.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.pupil.dataset.UndecodableImageException;

/**
 * A view of the bytes of a file, or of a part of it, for reading numbers out of headers. Offsets
 * count from the beginning of the view. Nothing is copied.
 */
final class HeaderBytes {
  private final byte[] bytes;
  private final int from;
  private final int to;
  private final boolean littleEndian;

  private HeaderBytes(byte[] bytes, int from, int to, boolean littleEndian) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.littleEndian = littleEndian;
  }

  static HeaderBytes bigEndian(byte[] bytes) {
    return new HeaderBytes(bytes, 0, bytes.length, false);
  }

  static HeaderBytes littleEndian(byte[] bytes) {
    return new HeaderBytes(bytes, 0, bytes.length, true);
  }

  /** The same bytes, read in little-endian order. */
  HeaderBytes littleEndian() {
    return new HeaderBytes(bytes, from, to, true);
  }

  /** The same bytes, read in big-endian order. */
  HeaderBytes bigEndian() {
    return new HeaderBytes(bytes, from, to, false);
  }

  /** The bytes from an offset on, at most so many: fewer where the view ends before. */
  HeaderBytes part(long offset, long length) {
    long start = Math.min(from + offset, to);
    return new HeaderBytes(bytes, (int) start, (int) Math.min(start + length, to), littleEndian);
  }

  /** The bytes from an offset on. */
  HeaderBytes from(long offset) {
    return part(offset, to);
  }

  boolean has(long offset, long count) {
    return offset >= 0 && offset + count <= to - from;
  }

  boolean startsWith(long offset, String latin1) {
    return has(offset, latin1.length())
        && new String(bytes, from + (int) offset, latin1.length(), ISO_8859_1).equals(latin1);
  }

  /**
   * So many bytes as characters of Latin-1.
   *
   * @throws UndecodableImageException if the view ends before them
   */
  String text(long offset, int length) throws UndecodableImageException {
    if (!has(offset, length)) {
      throw UndecodableImageException.cutOffInHeader();
    }
    return new String(bytes, from + (int) offset, length, ISO_8859_1);
  }

  /**
   * The unsigned number of one byte.
   *
   * @throws UndecodableImageException if the view ends before it, as all the others
   */
  int uint8(long offset) throws UndecodableImageException {
    if (!has(offset, 1)) {
      throw UndecodableImageException.cutOffInHeader();
    }
    return bytes[from + (int) offset] & 0xff;
  }

  int uint16(long offset) throws UndecodableImageException {
    int first = uint8(offset);
    int second = uint8(offset + 1);
    return littleEndian ? second << 8 | first : first << 8 | second;
  }

  long uint32(long offset) throws UndecodableImageException {
    long first = uint16(offset);
    long second = uint16(offset + 2);
    return littleEndian ? second << 16 | first : first << 16 | second;
  }

  /** A signed number of four bytes. */
  int int32(long offset) throws UndecodableImageException {
    return (int) uint32(offset);
  }
}
