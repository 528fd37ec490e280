package org.pupil.images;

import org.pupil.dataset.UndecodableImageException;

/**
 * A BMP file that says where in a pixel its alpha is: uncompressed, of 16 or 32 bits a pixel, with
 * four masks (BITMAPV3INFOHEADER and later, or compression 6). Java's reader does not give it. The
 * fourth byte of other pixels of 32 bits means nothing.
 */
final class BmpWithAlpha {
  private static final int HEADER = 14;
  private static final int MASKS = HEADER + 40;
  private static final int HEADER_WITH_FOUR_MASKS = 56;
  private static final int BIT_FIELDS = 3;
  private static final int ALPHA_BIT_FIELDS = 6;
  private static final int CHANNELS = 4;

  private final HeaderBytes file;
  private final int width;
  private final int height;
  private final int pixelBytes;
  private final long[] masks = new long[CHANNELS];

  private BmpWithAlpha(HeaderBytes file, ImageHeader header) throws UndecodableImageException {
    this.file = file;
    this.width = header.width();
    this.height = header.height();
    this.pixelBytes = file.uint16(HEADER + 14) / 8;
    for (int channel = 0; channel < CHANNELS; channel++) {
      masks[channel] = file.uint32(MASKS + 4L * channel);
    }
  }

  /** True if the file says that its pixels have an alpha. */
  static boolean is(byte[] bytes) throws UndecodableImageException {
    HeaderBytes file = HeaderBytes.littleEndian(bytes);
    long headerBytes = file.uint32(HEADER);
    if (headerBytes < MASKS - HEADER) {
      return false;
    }
    long compression = file.uint32(HEADER + 16);
    int bits = file.uint16(HEADER + 14);
    return (bits == 16 || bits == 32)
        && (compression == ALPHA_BIT_FIELDS
            || (compression == BIT_FIELDS && headerBytes >= HEADER_WITH_FOUR_MASKS))
        && file.uint32(MASKS + 12) != 0;
  }

  /**
   * The pixels as they are seen. Where no pixel has any alpha, the writer has left it out, and all
   * are opaque.
   *
   * @return RGB, [height, width, 3] row-major
   */
  static byte[] rgb(ImageHeader header, byte[] bytes, Alpha alpha)
      throws UndecodableImageException {
    HeaderBytes file = HeaderBytes.littleEndian(bytes);
    return new BmpWithAlpha(file, header).rgb(alpha);
  }

  private byte[] rgb(Alpha alpha) throws UndecodableImageException {
    long rowBytes = ((long) width * pixelBytes + 3) / 4 * 4;
    long start = file.uint32(10);
    if (!file.has(start, rowBytes * height)) {
      throw UndecodableImageException.damaged();
    }
    boolean topDown = file.int32(HEADER + 8) < 0;
    Alpha seen = isSeeThrough(start, rowBytes) ? alpha : Alpha.DROP;
    byte[] rgb = new byte[height * width * 3];
    int to = 0;
    for (int y = 0; y < height; y++) {
      long row = start + rowBytes * (topDown ? y : height - 1 - y);
      for (int x = 0; x < width; x++) {
        long pixel = pixel(row + (long) x * pixelBytes);
        int opacity = level(pixel, masks[3]);
        for (int channel = 0; channel < 3; channel++) {
          rgb[to++] = (byte) seen.seen(level(pixel, masks[channel]), opacity);
        }
      }
    }
    return rgb;
  }

  private boolean isSeeThrough(long start, long rowBytes) throws UndecodableImageException {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if ((pixel(start + rowBytes * y + (long) x * pixelBytes) & masks[3]) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private long pixel(long at) throws UndecodableImageException {
    return pixelBytes == 2 ? file.uint16(at) : file.uint32(at);
  }

  /** The bits below a mask, as a level of 0 to 255. */
  private static int level(long pixel, long mask) {
    if (mask == 0) {
      return 0;
    }
    int shift = Long.numberOfTrailingZeros(mask);
    long most = mask >>> shift;
    return (int) ((((pixel & mask) >>> shift) * 255 + most / 2) / most);
  }
}
