package org.pupil.images;

/** Where things stand in the JPEG files of thumbnails (ITU T.81, annex B). */
final class ThumbnailJpeg {
  /** Rows and columns of a unit when the colours have half the resolution. */
  static final int BLOCK = 16;

  /** Rows of blocks in a thumbnail; after each but the last stands a restart marker. */
  static final int ROWS = ThumbnailMaker.SIDE / BLOCK;

  static final int COMMENT = 0xFE;
  static final int START_OF_FRAME = 0xC0;
  static final int START_OF_SCAN = 0xDA;
  static final int FIRST_RESTART = 0xD0;
  static final int RESTARTS = 8;
  static final int END_OF_IMAGE = 0xD9;

  private static final int HEIGHT_IN_FRAME = 5;
  private static final int WIDTH_IN_FRAME = 7;

  private ThumbnailJpeg() {}

  /** Where the coded blocks begin; negative if there are none. */
  static int scan(byte[] file) {
    int at = segment(file, START_OF_SCAN);
    return at < 0 ? -1 : at + 2 + uint16(file, at + 2);
  }

  /** Whether a header, which ends where the scan begins, has what is looked for in it. */
  static boolean isHeader(byte[] header) {
    int frame = segment(header, START_OF_FRAME);
    return header.length > 2 * Integer.BYTES
        && endOfFirstSegment(header) <= header.length
        && frame >= 0
        && frame + WIDTH_IN_FRAME + 2 <= header.length;
  }

  /** Where the second segment of a header begins. */
  static int endOfFirstSegment(byte[] header) {
    return 4 + uint16(header, 4);
  }

  /** Says another size in the header of a file. */
  static void setSize(byte[] header, int height, int width) {
    int frame = segment(header, START_OF_FRAME);
    putUint16(header, frame + HEIGHT_IN_FRAME, height);
    putUint16(header, frame + WIDTH_IN_FRAME, width);
  }

  /** Where a marker is, before the scan; negative if it is not there. */
  private static int segment(byte[] file, int marker) {
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
      int length = uint16(file, at + 2);
      if (at + 2 + length > file.length) {
        return -1;
      }
      if ((file[at + 1] & 0xFF) == marker) {
        return at;
      }
      at += 2 + length;
    }
    return -1;
  }

  /** The marker that stands at a place between coded blocks; 0 if none does. */
  static int marker(byte[] file, int at) {
    return (file[at] & 0xFF) == 0xFF ? file[at + 1] & 0xFF : 0;
  }

  private static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private static void putUint16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}
