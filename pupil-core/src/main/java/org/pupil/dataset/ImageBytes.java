package org.pupil.dataset;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** An image in memory as the bytes of a photo, without loss. */
final class ImageBytes {
  private ImageBytes() {}

  static byte[] of(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      // A colour model that is multiplied by alpha has no place in a PNG.
      if (image.isAlphaPremultiplied() || !ImageIO.write(image, "png", png)) {
        png.reset();
        ImageIO.write(plain(image), "png", png);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return png.toByteArray();
  }

  private static BufferedImage plain(BufferedImage image) {
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = plain.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return plain;
  }
}
