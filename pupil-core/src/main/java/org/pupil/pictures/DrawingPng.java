package org.pupil.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes drawings as PNG files (W3C, Portable Network Graphics, second edition), without filters.
 *
 * <p>ImageIO's writer tries all five filters on each row, which takes many times as long as the
 * drawing itself. Filters make photos smaller, but hardly anything that has areas of one colour.
 */
final class DrawingPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int HEADER_SIZE = 13;

  /** Behind the signature and the header, each chunk with its length, type and checksum. */
  private static final int TEXT_AT = 8 + 12 + HEADER_SIZE + 8;

  private static final int BITS = 8;
  private static final int RGB = 2;
  private static final int CHANNELS = 3;

  /** Before each row stands the number of its filter. */
  private static final int NO_FILTER = 0;

  /** Effort of the compression, 0 to 9. */
  private static final int FAST = 2;

  private DrawingPng() {}

  /**
   * The file.
   *
   * @param image [height][width] pixels, of {@link BufferedImage#TYPE_INT_RGB}
   */
  static byte[] of(BufferedImage image) {
    return of(image, "", Deflater.DEFAULT_COMPRESSION);
  }

  /**
   * The file of a drawing that has a photo in it, with the name of what made it where such files
   * have it. Photos hardly become smaller when more is tried.
   *
   * @param image as in {@link #of(BufferedImage)}
   * @param software in ASCII, not empty
   */
  static byte[] withPhoto(BufferedImage image, String software) {
    return of(image, software, FAST);
  }

  private static byte[] of(BufferedImage image, String software, int effort) {
    if (image.getType() != BufferedImage.TYPE_INT_RGB) {
      throw new IllegalArgumentException("the drawing is of type " + image.getType());
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(file)) {
      out.write(SIGNATURE);
      chunk(out, "IHDR", header(image.getWidth(), image.getHeight()));
      if (!software.isEmpty()) {
        chunk(out, "tEXt", software(software));
      }
      chunk(out, "IDAT", compressed(image, effort));
      chunk(out, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("an image in memory can always be written to memory", e);
    }
    return file.toByteArray();
  }

  private static byte[] software(String name) {
    return ("Software\0" + name).getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether a file begins as one that {@link #withPhoto} makes. */
  static boolean isOf(InputStream in, String software) throws IOException {
    byte[] text = software(software);
    byte[] beginning = in.readNBytes(TEXT_AT + text.length);
    return beginning.length == TEXT_AT + text.length
        && Arrays.equals(SIGNATURE, Arrays.copyOf(beginning, SIGNATURE.length))
        && Arrays.equals(text, Arrays.copyOfRange(beginning, TEXT_AT, beginning.length));
  }

  private static byte[] header(int width, int height) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER_SIZE);
    DataOutputStream out = new DataOutputStream(header);
    out.writeInt(width);
    out.writeInt(height);
    // Compression, filters and order of the rows have one standard method each, which is 0.
    out.write(new byte[] {BITS, RGB, 0, 0, 0});
    return header.toByteArray();
  }

  private static byte[] compressed(BufferedImage image, int effort) throws IOException {
    int width = image.getWidth();
    int[] pixels = new int[width];
    byte[] row = new byte[1 + CHANNELS * width];
    row[0] = NO_FILTER;
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(effort);
    try (DeflaterOutputStream out = new DeflaterOutputStream(data, deflater)) {
      for (int y = 0; y < image.getHeight(); y++) {
        image.getRaster().getDataElements(0, y, width, 1, pixels);
        int at = 1;
        for (int rgb : pixels) {
          row[at++] = (byte) (rgb >> 16);
          row[at++] = (byte) (rgb >> 8);
          row[at++] = (byte) rgb;
        }
        out.write(row);
      }
    } finally {
      deflater.end();
    }
    return data.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) crc.getValue());
  }
}
