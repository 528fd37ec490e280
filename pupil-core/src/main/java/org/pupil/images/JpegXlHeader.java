package org.pupil.images;

import java.util.List;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

/**
 * The first bits of a JPEG XL file: the size of the picture and how it is to be turned (ISO/IEC
 * 18181-1, SizeHeader and ImageMetadata; 18181-2 for the boxes around it).
 */
final class JpegXlHeader {
  private static final int MARK = 0xFF0A;

  /** Bits of a side that is told in full, by a number of two bits. */
  private static final int[] SIDE_BITS = {9, 13, 18, 30};

  /** Width by height of the shapes that have a number, from 1 on. */
  private static final int[][] SHAPES = {{1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};

  private final HeaderBytes stream;
  private int bit;

  private JpegXlHeader(HeaderBytes stream) {
    this.stream = stream;
  }

  /**
   * Reads the size of the upright picture.
   *
   * @throws UndecodableImageException if the file ends before it, or claims too many pixels
   */
  static ImageHeader read(byte[] bytes) throws UndecodableImageException {
    HeaderBytes stream = stream(bytes);
    if (stream.uint16(0) != MARK) {
      throw UndecodableImageException.damaged();
    }
    return new JpegXlHeader(stream.from(2)).read();
  }

  private static HeaderBytes stream(byte[] bytes) throws UndecodableImageException {
    HeaderBytes file = HeaderBytes.bigEndian(bytes);
    if (file.uint16(0) == MARK) {
      return file;
    }
    List<IsoBox> boxes = IsoBox.in(file);
    return IsoBox.find(boxes, "jxlc")
        // Behind the number of the part.
        .or(() -> IsoBox.find(boxes, "jxlp").map(part -> part.from(4)))
        .orElseThrow(UndecodableImageException::cutOffInHeader);
  }

  private ImageHeader read() throws UndecodableImageException {
    boolean small = bits(1) == 1;
    long height = side(small);
    int shape = bits(3);
    long width = shape == 0 ? side(small) : height * SHAPES[shape - 1][0] / SHAPES[shape - 1][1];
    boolean plain = bits(1) == 1;
    boolean more = !plain && bits(1) == 1;
    boolean lying = more && Orientation.ofTag(1L + bits(3)).transposed;
    return ImageHeader.checked(
        PhotoFormat.JPEG_XL,
        lying ? height : width,
        lying ? width : height,
        Orientation.UPRIGHT,
        ImageHeader.MAX_PIXELS_WHOLE);
  }

  private long side(boolean small) throws UndecodableImageException {
    return small ? 8L * (bits(5) + 1) : 1L + bits(SIDE_BITS[bits(2)]);
  }

  /** The number of the next bits, at most 30; the lowest comes first. */
  private int bits(int count) throws UndecodableImageException {
    int value = 0;
    for (int i = 0; i < count; i++, bit++) {
      value |= (stream.uint8(bit / 8) >> bit % 8 & 1) << i;
    }
    return value;
  }
}
