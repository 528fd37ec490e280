package org.pupil.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * An image in a format that TensorFlow does not decode, or not in all its variants: read through
 * {@link ImageIO} and the readers that are plugged into it.
 */
final class ImageIoImage implements AutoCloseable {
  private final ImageReader reader;
  private final ImageInputStream input;
  private final int width;
  private final int height;

  private ImageIoImage(ImageReader reader, ImageInputStream input)
      throws UndecodableImageException {
    this.reader = reader;
    this.input = input;
    try {
      reader.setInput(input, false, true);
      this.width = reader.getWidth(0);
      this.height = reader.getHeight(0);
    } catch (IOException | RuntimeException e) {
      reader.dispose();
      throw damaged(e);
    }
  }

  /** Reads the header only. */
  static ImageIoImage open(ImageFormat format, byte[] bytes) throws UndecodableImageException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    if (!readers.hasNext()) {
      throw new IllegalStateException("no reader for " + format + " is on the class path");
    }
    return new ImageIoImage(
        readers.next(), new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Decodes to sRGB bytes, [height, width, 3] row-major; an alpha channel is dropped. */
  byte[] rgb() throws UndecodableImageException {
    BufferedImage image;
    try {
      image = reader.read(0);
    } catch (IOException | RuntimeException e) {
      // Readers of hostile bytes throw whatever their arrays and numbers throw.
      throw damaged(e);
    }
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        rgb[at++] = (byte) (argb >> 16);
        rgb[at++] = (byte) (argb >> 8);
        rgb[at++] = (byte) argb;
      }
    }
    return rgb;
  }

  private static UndecodableImageException damaged(Exception cause) {
    return new UndecodableImageException("the image is damaged or cut off", cause);
  }

  @Override
  public void close() {
    reader.dispose();
    try {
      input.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing an array in memory failed", e);
    }
  }
}
