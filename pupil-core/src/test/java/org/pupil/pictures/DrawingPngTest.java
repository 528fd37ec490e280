package org.pupil.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawingPngTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 300", "300, 1", "257, 130"})
  void everyPixelIsReadAsItWasDrawn(int width, int height) throws IOException {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        drawn.setRGB(x, y, random.nextInt());
      }
    }

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(DrawingPng.of(drawn)));

    assertThat(read.getRGB(0, 0, width, height, null, 0, width))
        .isEqualTo(drawn.getRGB(0, 0, width, height, null, 0, width));
  }
}
