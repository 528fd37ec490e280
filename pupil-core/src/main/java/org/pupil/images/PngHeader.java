package org.pupil.images;

import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

/** What the chunks of a PNG file say before it is decoded (PNG specification, third edition). */
final class PngHeader {
  private static final int SIGNATURE_BYTES = 8;
  private static final int GREY = 0;
  private static final int RGB = 2;

  private PngHeader() {}

  static ImageHeader read(byte[] bytes) throws UndecodableImageException {
    HeaderBytes file = HeaderBytes.bigEndian(bytes);
    if (!file.startsWith(12, "IHDR")) {
      throw UndecodableImageException.damaged();
    }
    long exif = find(file, "eXIf");
    Orientation orientation =
        exif < 0
            ? Orientation.UPRIGHT
            : TiffDirectory.exifOrientation(file.part(exif + 8, file.uint32(exif)));
    return ImageHeader.checked(
        PhotoFormat.PNG,
        file.uint32(16),
        file.uint32(20),
        orientation,
        ImageHeader.MAX_PIXELS_WHOLE);
  }

  /**
   * True if one colour of all is transparent. libpng's caller has to look for it, and Leptonica
   * does not.
   */
  static boolean hasTransparentColour(byte[] bytes) throws UndecodableImageException {
    HeaderBytes file = HeaderBytes.bigEndian(bytes);
    int colour = file.uint8(25);
    return (colour == GREY || colour == RGB) && find(file, "tRNS") >= 0;
  }

  /** The offset of a chunk, or -1. */
  private static long find(HeaderBytes file, String name) throws UndecodableImageException {
    long at = SIGNATURE_BYTES;
    while (file.has(at, 8) && !file.startsWith(at + 4, "IEND")) {
      if (file.startsWith(at + 4, name)) {
        return at;
      }
      at += file.uint32(at) + 12;
    }
    return -1;
  }
}
