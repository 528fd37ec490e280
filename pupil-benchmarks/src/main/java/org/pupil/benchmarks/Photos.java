package org.pupil.benchmarks;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** The photos that are measured with. */
final class Photos {
  /** Where the cats and dogs are if somebody has put them beside the checkout. */
  private static final String CATS_AND_DOGS = "../shared/data/cats-dogs";

  private static final int COUNT = 1399;
  private static final int LABELS = 2;

  private Photos() {}

  /** The folder of the cats and dogs, or of as many photos that are made here. */
  static Path catsAndDogs(Path checkout, Path scratch) throws IOException {
    Path given = checkout.resolve(CATS_AND_DOGS).normalize();
    if (Files.isDirectory(given)) {
      return given;
    }
    return drawn(scratch.resolve("photos"), COUNT, LABELS);
  }

  /** Photos that are made here, the same number of each label. */
  static Path drawn(Path folder, int count, int labels) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("label" + i % labels).resolve(i + ".jpg");
      Files.createDirectories(file.getParent());
      write(picture(320 + i % 180, 240 + i % 130, i), file);
    }
    return folder;
  }

  /** Photos of 4000 x 3000 pixels, as phones make them. */
  static List<Path> twelveMegapixels(Path scratch, int count) throws IOException {
    Files.createDirectories(scratch);
    for (int i = 0; i < count; i++) {
      write(picture(4000, 3000, i), scratch.resolve("large" + i + ".jpg"));
    }
    return IntStream.range(0, count).mapToObj(i -> scratch.resolve("large" + i + ".jpg")).toList();
  }

  /** Shapes and grain: about as hard to decode as a photo. */
  private static BufferedImage picture(int width, int height, int seed) {
    Random random = new Random(seed);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int i = 0; i < 60; i++) {
      graphics.setColor(new Color(random.nextInt(0x1000000)));
      graphics.fillOval(
          random.nextInt(width), random.nextInt(height), random.nextInt(width / 2), height / 3);
    }
    graphics.dispose();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, picture.getRGB(x, y) ^ (random.nextInt() & 0x070707));
      }
    }
    return picture;
  }

  private static void write(BufferedImage picture, Path file) throws IOException {
    ImageIO.write(picture, "jpg", file.toFile());
  }
}
