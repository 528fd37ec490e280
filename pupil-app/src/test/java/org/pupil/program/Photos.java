package org.pupil.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Folders of photos for tests, taken from the example photos, and files that only look like one.
 */
final class Photos {
  /** The quickest backbone there is. */
  static final String QUICK = "--architecture=mobilenet_0.25_64";

  private static final byte[] JPEG_FRAME_MARKER = {(byte) 0xff, (byte) 0xc0};

  private Photos() {}

  /** Makes the labels bird and fruit in a folder, with so many photos each. */
  static Path birdsAndFruit(Path folder, int birds, int fruit) {
    copy("bird", birds, folder);
    copy("fruit", fruit, folder);
    return folder;
  }

  /** Copies the first photos of an example label into a folder of that name. */
  static void copy(String label, int photos, Path folder) {
    try {
      Path to = Files.createDirectories(folder.resolve(label));
      for (Path photo : examples(label).subList(0, photos)) {
        Files.copy(photo, to.resolve(photo.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The example photos of a label, by name. */
  static List<Path> examples(String label) {
    try (Stream<Path> files = Files.list(Checkout.examplePhotos().resolve(label))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A photo that every test may label; it is upright and small. */
  static Path duck() {
    return Checkout.examplePhotos().resolve("bird/duck.jpg");
  }

  static byte[] duckBytes() {
    try {
      return Files.readAllBytes(duck());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The duck with another height and width in its header. */
  static byte[] jpegThatClaims(int height, int width) {
    byte[] jpeg = duckBytes();
    int marker = 0;
    while (jpeg[marker] != JPEG_FRAME_MARKER[0] || jpeg[marker + 1] != JPEG_FRAME_MARKER[1]) {
      marker++;
    }
    // Marker, length of the segment, bits a sample, then the height.
    ByteBuffer.wrap(jpeg).putShort(marker + 5, (short) height).putShort(marker + 7, (short) width);
    return jpeg;
  }

  /** The duck with every byte of its compressed data turned round. */
  static byte[] jpegWithNonsense() {
    byte[] jpeg = duckBytes();
    for (int i = jpeg.length / 3; i < jpeg.length - 2; i++) {
      jpeg[i] = (byte) ~jpeg[i];
    }
    return jpeg;
  }

  /** The first half of the duck. */
  static byte[] halfAJpeg() {
    byte[] jpeg = duckBytes();
    return Arrays.copyOf(jpeg, jpeg.length / 2);
  }

  /** A PNG whose header has this height and width, and which has no pixels. */
  static byte[] pngThatClaims(int height, int width) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) 2);
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", deflated());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static byte[] deflated() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
    byte[] typed = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(typed);
    crc.update(content);
    png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    png.writeBytes(typed);
    png.writeBytes(content);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
