package org.pupil.similarity;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Ways to make a copy of a photo that is not the same byte for byte. */
enum PlantedCopies {
  /** Half to nine tenths as wide and high, quality 90. */
  RESCALED {
    @Override
    byte[] of(BufferedImage photo, Random random) throws IOException {
      double factor = 0.5 + 0.4 * random.nextDouble();
      return jpeg(stretched(photo, factor, false), 0.9f);
    }
  },
  /** The same size, quality 30 to 80. */
  RECOMPRESSED {
    @Override
    byte[] of(BufferedImage photo, Random random) throws IOException {
      return jpeg(stretched(photo, 1, false), 0.3f + 0.5f * random.nextFloat());
    }
  },
  /** Left and right exchanged, quality 90. */
  MIRRORED {
    @Override
    byte[] of(BufferedImage photo, Random random) throws IOException {
      return jpeg(stretched(photo, 1, true), 0.9f);
    }
  },
  /** 2 to 10 % of the width and height cut off anywhere, quality 90. */
  CROPPED {
    @Override
    byte[] of(BufferedImage photo, Random random) throws IOException {
      double kept = 1 - (0.02 + 0.08 * random.nextDouble());
      int width = (int) (photo.getWidth() * kept);
      int height = (int) (photo.getHeight() * kept);
      int x = (int) (random.nextDouble() * (photo.getWidth() - width));
      int y = (int) (random.nextDouble() * (photo.getHeight() - height));
      return jpeg(drawn(photo, width, height, x, y, x + width, y + height), 0.9f);
    }
  },
  /** Rescaled, recompressed and, each second one, mirrored. */
  MIXED {
    @Override
    byte[] of(BufferedImage photo, Random random) throws IOException {
      double factor = 0.5 + 0.4 * random.nextDouble();
      BufferedImage stretched = stretched(photo, factor, random.nextBoolean());
      return jpeg(stretched, 0.3f + 0.5f * random.nextFloat());
    }
  };

  /** The bytes of a copy of a photo. */
  abstract byte[] of(BufferedImage photo, Random random) throws IOException;

  /** A copy of the photo in a file's bytes; always the same one. */
  byte[] of(byte[] photo, long seed) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(photo));
    return of(image, new Random(31 * seed + name().hashCode()));
  }

  private static BufferedImage stretched(BufferedImage photo, double factor, boolean mirrored) {
    int width = photo.getWidth();
    int height = photo.getHeight();
    return drawn(
        photo,
        (int) Math.max(1, width * factor),
        (int) Math.max(1, height * factor),
        mirrored ? width : 0,
        0,
        mirrored ? 0 : width,
        height);
  }

  private static BufferedImage drawn(
      BufferedImage photo, int width, int height, int x0, int y0, int x1, int y1) {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(photo, 0, 0, width, height, x0, y0, x1, y1, null);
    graphics.dispose();
    return drawn;
  }

  private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam setting = writer.getDefaultWriteParam();
    setting.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    setting.setCompressionQuality(quality);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), setting);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }
}
