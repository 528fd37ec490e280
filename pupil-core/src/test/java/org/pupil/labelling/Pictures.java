package org.pupil.labelling;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Makes photos, so that what is on them is known to the last pixel. */
public final class Pictures {
  private Pictures() {}

  /** Gives the colour 0xRRGGBB of a pixel. */
  @FunctionalInterface
  public interface Painter {
    int colour(int x, int y);
  }

  /** A PNG file, which keeps every pixel. */
  public static byte[] png(int width, int height, Painter painter) {
    return encoded("png", width, height, painter);
  }

  public static byte[] jpeg(int width, int height, Painter painter) {
    return encoded("jpg", width, height, painter);
  }

  private static byte[] encoded(String format, int width, int height, Painter painter) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, painter.colour(x, y));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
