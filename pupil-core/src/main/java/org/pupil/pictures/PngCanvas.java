package org.pupil.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pixels of at most 256 colours, to be drawn on and written as a PNG (ISO/IEC 15948). */
final class PngCanvas {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int INDEXED = 3;

  private final int width;
  private final int height;
  private final int[] palette;
  private final byte[] rows;

  /**
   * All of it in the first colour.
   *
   * @param palette 0xRRGGBB, at most 256
   */
  PngCanvas(int width, int height, int[] palette) {
    this.width = width;
    this.height = height;
    this.palette = palette;
    // Each row begins with its filter: none.
    this.rows = new byte[Math.multiplyExact(height, width + 1)];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** What lies outside is left away. */
  void fill(int left, int top, int columns, int lines, int colour) {
    for (int y = Math.max(0, top); y < Math.min(height, top + lines); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, left + columns); x++) {
        rows[y * (width + 1) + 1 + x] = (byte) colour;
      }
    }
  }

  /** Writes from left to right. */
  void text(PixelFont font, String text, int left, int top, int scale, int colour) {
    for (int y = 0; y < PixelFont.HEIGHT; y++) {
      for (int x = 0; x < PixelFont.width(text); x++) {
        if (font.isInk(text, x, y)) {
          fill(left + x * scale, top + y * scale, scale, scale, colour);
        }
      }
    }
  }

  /** Writes from bottom to top, beginning at the bottom. */
  void upwards(PixelFont font, String text, int left, int bottom, int scale, int colour) {
    for (int y = 0; y < PixelFont.HEIGHT; y++) {
      for (int x = 0; x < PixelFont.width(text); x++) {
        if (font.isInk(text, x, y)) {
          fill(left + y * scale, bottom - (x + 1) * scale, scale, scale, colour);
        }
      }
    }
  }

  /** The whole file. */
  byte[] png() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    chunk(
        file,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) 8)
            .put((byte) INDEXED)
            .array());
    ByteBuffer colours = ByteBuffer.allocate(3 * palette.length);
    for (int colour : palette) {
      colours.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
    }
    chunk(file, "PLTE", colours.array());
    chunk(file, "IDAT", deflated(rows));
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 13];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(name);
    file.writeBytes(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
