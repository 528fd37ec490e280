package org.pupil.run;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures that have nothing in common, in a folder for each label: coloured discs and stripes at
 * random, of random sizes and JPEG qualities. Tests make them differ by label in one thing.
 */
public final class PaintedPhotos {
  private final Path folder;
  private final Random random;

  public PaintedPhotos(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  /** What one picture is. */
  public final class Picture {
    int width = 120 + random.nextInt(80);
    int height = 120 + random.nextInt(80);
    int quality = 60 + random.nextInt(36);
    boolean png;
    int border;

    public Picture size(int newWidth, int newHeight) {
      width = newWidth;
      height = newHeight;
      return this;
    }

    public byte[] bytes() {
      return encoded(image(), png ? "png" : "jpeg", quality);
    }

    /** The pixels, other ones each time. */
    public BufferedImage image() {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(colour());
      graphics.fillRect(0, 0, width, height);
      for (int i = 0; i < 25; i++) {
        graphics.setColor(colour());
        int size = 10 + random.nextInt(60);
        int x = random.nextInt(width + size) - size;
        int y = random.nextInt(height + size) - size;
        if (random.nextBoolean()) {
          graphics.fillOval(x, y, size, size);
        } else {
          graphics.fillRect(x, y, size, 1 + size / 3);
        }
      }
      graphics.setColor(Color.GRAY);
      graphics.fillRect(0, 0, width, border);
      graphics.fillRect(0, height - border, width, border);
      graphics.fillRect(0, 0, border, height);
      graphics.fillRect(width - border, 0, border, height);
      graphics.dispose();
      return image;
    }
  }

  private Color colour() {
    return new Color(random.nextInt(1 << 24));
  }

  public Picture picture() {
    return new Picture();
  }

  public PaintedPhotos add(String name, Picture picture) {
    return add(name, picture.bytes());
  }

  public PaintedPhotos add(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] encoded(BufferedImage image, String format, int quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    if (format.equals("jpeg")) {
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality / 100f);
    }
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
