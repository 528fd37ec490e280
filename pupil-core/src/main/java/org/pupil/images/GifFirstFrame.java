package org.pupil.images;

import java.util.Arrays;

/**
 * The first frame of a GIF file (GIF89a specification, sections 18 to 26).
 *
 * <p>TensorFlow's decoder unpacks all frames to use one; a short file can hold thousands. And where
 * a frame does not begin at the canvas's corner, it cuts the frame off and fills up with black. So
 * the decoder is given a file with the first frame only, moved to the corner.
 */
final class GifFirstFrame {
  private static final int HEADER_BYTES = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int DESCRIPTOR_BYTES = 10;

  private final byte[] bytes;
  private final HeaderBytes file;
  private final int descriptor;

  private GifFirstFrame(byte[] bytes, HeaderBytes file, int descriptor) {
    this.bytes = bytes;
    this.file = file;
    this.descriptor = descriptor;
  }

  /**
   * Finds the frame.
   *
   * @throws UndecodableImageException if there is none
   */
  static GifFirstFrame find(byte[] bytes) throws UndecodableImageException {
    HeaderBytes file = HeaderBytes.littleEndian(bytes);
    long at = (long) HEADER_BYTES + paletteBytes(file.uint8(10));
    while (file.uint8(at) == EXTENSION) {
      at = behindBlocks(file, at + 2);
    }
    if (file.uint8(at) != IMAGE) {
      throw UndecodableImageException.damaged();
    }
    return new GifFirstFrame(bytes, file, (int) at);
  }

  private static int paletteBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  /** A row of blocks, each led by its length, ends with one of length 0. */
  private static long behindBlocks(HeaderBytes file, long from) throws UndecodableImageException {
    long at = from;
    int length;
    do {
      length = file.uint8(at);
      at += 1L + length;
    } while (length > 0);
    return at;
  }

  int width() throws UndecodableImageException {
    return file.uint16(descriptor + 5);
  }

  int height() throws UndecodableImageException {
    return file.uint16(descriptor + 7);
  }

  /** A GIF file with this frame only. */
  byte[] alone() throws UndecodableImageException {
    long data = (long) descriptor + DESCRIPTOR_BYTES + paletteBytes(file.uint8(descriptor + 9));
    long end = behindBlocks(file, data + 1);
    byte[] alone = Arrays.copyOf(bytes, (int) end + 1);
    Arrays.fill(alone, descriptor + 1, descriptor + 5, (byte) 0);
    alone[(int) end] = TRAILER;
    return alone;
  }
}
