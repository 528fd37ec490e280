package org.pupil.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.UndecodableImageException;

/**
 * The pixels of a WebP file, or of its first frame if it is animated (WebP container specification,
 * RFC 9649).
 *
 * <p>The file is a row of chunks: four letters, the length as little-endian uint32, the content,
 * padded to an even length. The pixels are in the first chunk called {@code "VP8 "} or {@code
 * VP8L}, which also knows its size; in an animation it is inside a chunk {@code ANMF}. The alpha of
 * lossy pixels is in a chunk {@code ALPH} before them. All the others (canvas, colour profile) are
 * left aside, so that what they claim cannot do harm.
 */
final class WebpFirstFrame {
  private static final int FILE_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;

  /** An {@code ANMF} chunk begins with place, size, duration and flags; then come chunks. */
  private static final int ANIMATION_FRAME_BYTES = 16;

  /** In {@code VP8X}: there is alpha. */
  private static final byte ALPHA_FLAG = 0x10;

  private static final int EXTENDED_BYTES = 10;

  private final byte[] bytes;
  private final HeaderBytes file;
  private final @Nullable Chunk alpha;
  private final boolean lossless;
  private final int start;
  private final int length;

  /** Where the content of a chunk is. */
  private record Chunk(int start, int length) {
    int padded() {
      return length + (length & 1);
    }
  }

  private WebpFirstFrame(
      byte[] bytes,
      HeaderBytes file,
      @Nullable Chunk alpha,
      boolean lossless,
      long start,
      long length) {
    this.bytes = bytes;
    this.file = file;
    this.alpha = lossless ? null : alpha;
    this.lossless = lossless;
    this.start = (int) start;
    this.length = (int) length;
  }

  /**
   * Finds the frame.
   *
   * @throws UndecodableImageException if there is none, or only a part of it
   */
  static WebpFirstFrame find(byte[] bytes) throws UndecodableImageException {
    HeaderBytes file = HeaderBytes.littleEndian(bytes);
    // Some writers leave out the last byte of padding, but count it.
    if (!file.has(8, file.uint32(4) - 1)) {
      throw UndecodableImageException.damaged();
    }
    long at = FILE_HEADER_BYTES;
    Chunk alpha = null;
    while (true) {
      long length = file.uint32(at + 4);
      long content = at + CHUNK_HEADER_BYTES;
      boolean lossless = file.startsWith(at, "VP8L");
      if (lossless || file.startsWith(at, "VP8 ")) {
        if (!file.has(content, length)) {
          throw UndecodableImageException.damaged();
        }
        return new WebpFirstFrame(bytes, file, alpha, lossless, content, length);
      }
      if (file.startsWith(at, "ALPH") && file.has(content, length)) {
        alpha = new Chunk((int) content, (int) length);
      }
      at = file.startsWith(at, "ANMF") ? content + ANIMATION_FRAME_BYTES : behind(content, length);
    }
  }

  private static long behind(long content, long length) {
    return content + length + (length & 1);
  }

  int width() throws UndecodableImageException {
    return lossless ? 1 + (int) (sizeBits() & 0x3fff) : file.uint16(start + 6) & 0x3fff;
  }

  int height() throws UndecodableImageException {
    return lossless ? 1 + (int) (sizeBits() >> 14 & 0x3fff) : file.uint16(start + 8) & 0x3fff;
  }

  private long sizeBits() throws UndecodableImageException {
    return file.uint32(start + 1);
  }

  /** The orientation that the file's EXIF chunk tells. */
  Orientation orientation() throws UndecodableImageException {
    long at = FILE_HEADER_BYTES;
    while (file.has(at, CHUNK_HEADER_BYTES)) {
      long length = file.uint32(at + 4);
      long content = at + CHUNK_HEADER_BYTES;
      if (file.startsWith(at, "EXIF")) {
        return TiffDirectory.exifOrientation(file.part(content, length));
      }
      at = behind(content, length);
    }
    return Orientation.UPRIGHT;
  }

  /** A WebP file with these pixels and their alpha only; without it where it is dropped. */
  byte[] alone(Alpha wanted) throws UndecodableImageException {
    Chunk kept = wanted == Alpha.DROP ? null : alpha;
    int extra = kept == null ? 0 : 2 * CHUNK_HEADER_BYTES + EXTENDED_BYTES + kept.padded();
    Chunk pixels = new Chunk(start, length);
    ByteBuffer alone =
        ByteBuffer.allocate(FILE_HEADER_BYTES + extra + CHUNK_HEADER_BYTES + pixels.padded())
            .order(ByteOrder.LITTLE_ENDIAN);
    alone.put(latin1("RIFF")).putInt(alone.capacity() - CHUNK_HEADER_BYTES).put(latin1("WEBP"));
    if (kept != null) {
      alone.put(latin1("VP8X")).putInt(EXTENDED_BYTES).putInt(ALPHA_FLAG);
      putUint24(alone, width() - 1);
      putUint24(alone, height() - 1);
      put(alone, "ALPH", kept);
    }
    put(alone, lossless ? "VP8L" : "VP8 ", pixels);
    return alone.array();
  }

  private void put(ByteBuffer to, String name, Chunk chunk) {
    to.put(latin1(name)).putInt(chunk.length()).put(bytes, chunk.start(), chunk.length());
    to.position(to.position() + chunk.padded() - chunk.length());
  }

  private static void putUint24(ByteBuffer to, int value) {
    to.putShort((short) value).put((byte) (value >> 16));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
