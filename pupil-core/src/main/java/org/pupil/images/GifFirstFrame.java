package org.pupil.images;

import java.util.Arrays;
import org.pupil.dataset.UndecodableImageException;

/**
 * The first frame of a GIF file (GIF89a specification, sections 18 to 26).
 *
 * <p>giflib unpacks all frames where one is used, and a short file can hold thousands; a frame that
 * does not begin at the canvas's corner is read in several ways. So the decoder is given a file
 * with the first frame only, moved to the corner.
 */
final class GifFirstFrame {
  private static final int HEADER_BYTES = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int DESCRIPTOR_BYTES = 10;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int NONE = -1;

  private final byte[] bytes;
  private final HeaderBytes file;
  private final int descriptor;

  /** Offset of the graphic control extension's content, or -1. */
  private final int control;

  private GifFirstFrame(byte[] bytes, HeaderBytes file, int descriptor, int control) {
    this.bytes = bytes;
    this.file = file;
    this.descriptor = descriptor;
    this.control = control;
  }

  /**
   * Finds the frame.
   *
   * @throws UndecodableImageException if there is none
   */
  static GifFirstFrame find(byte[] bytes) throws UndecodableImageException {
    HeaderBytes file = HeaderBytes.littleEndian(bytes);
    long at = (long) HEADER_BYTES + paletteBytes(file.uint8(10));
    long control = NONE;
    while (file.uint8(at) == EXTENSION) {
      if (file.uint8(at + 1) == GRAPHIC_CONTROL && file.uint8(at + 2) >= 4) {
        control = at + 3;
      }
      at = behindBlocks(file, at + 2);
    }
    if (file.uint8(at) != IMAGE) {
      throw UndecodableImageException.damaged();
    }
    return new GifFirstFrame(bytes, file, (int) at, (int) control);
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

  /**
   * A GIF file with this frame only. For {@link Alpha#WHITE} its transparent colour becomes white,
   * and for {@link Alpha#DROP} black, as TensorFlow shows it: a pixel of a GIF is seen or not, with
   * nothing in between.
   */
  byte[] alone(Alpha alpha) throws UndecodableImageException {
    long data = (long) descriptor + DESCRIPTOR_BYTES + paletteBytes(file.uint8(descriptor + 9));
    long end = behindBlocks(file, data + 1);
    byte[] alone = Arrays.copyOf(bytes, (int) end + 1);
    Arrays.fill(alone, descriptor + 1, descriptor + 5, (byte) 0);
    alone[(int) end] = TRAILER;
    if (control != NONE && (file.uint8(control) & 1) != 0) {
      alone[control] &= ~1;
      paint(alone, file.uint8(control + 3), alpha == Alpha.WHITE ? (byte) 255 : 0);
    }
    return alone;
  }

  private void paint(byte[] alone, int colour, byte level) throws UndecodableImageException {
    int own = paletteBytes(file.uint8(descriptor + 9));
    int common = paletteBytes(file.uint8(10));
    int palette = own > 0 ? descriptor + DESCRIPTOR_BYTES : HEADER_BYTES;
    if (colour * 3 < (own > 0 ? own : common)) {
      Arrays.fill(alone, palette + colour * 3, palette + colour * 3 + 3, level);
    }
  }
}
