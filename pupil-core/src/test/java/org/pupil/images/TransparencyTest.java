package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.pupil.dataset.UndecodableImageException;

/** A black ring on nothing, as src/test/reference/transparent_images.py makes it. */
class TransparencyTest {
  private static final int SIDE = 48;
  private static final int WHITE = 255;

  /** Black of which 128 of 255 are seen, on white: 255 * 127 / 255. */
  private static final int HALF = 127;

  static final List<String> ALL =
      List.of(
          "rgba.png",
          "grey_alpha.png",
          "rgba16.png",
          "grey_alpha16.png",
          "palette.png",
          "palette2_hard.png",
          "grey_colour_hard.png",
          "grey16_colour_hard.png",
          "grey1_colour_hard.png",
          "rgb_colour_hard.png",
          "hard.gif",
          "lossy.webp",
          "lossy_raw_alpha.webp",
          "lossless.webp",
          "animated_lossy.webp",
          "animated_lossless.webp",
          "rgba_premultiplied.tif",
          "rgba_straight.tif",
          "grey_premultiplied.tif",
          "grey_straight.tif",
          "rgba16_premultiplied.tif",
          "rgba16_straight.tif",
          "v3.bmp",
          "v5.bmp",
          "alpha_masks.bmp");

  /** Those whose invisible pixels are black too; with one bit they can only be white. */
  static final List<String> ALL_BLACK =
      ALL.stream().filter(name -> !name.equals("grey1_colour_hard.png")).toList();

  static final List<String> OPAQUE = List.of("opaque_unspecified.tif", "opaque_no_masks.bmp");

  private static byte[] read(String name) {
    return Pictures.read("transparent/" + name);
  }

  private static float[] decode(byte[] content, Alpha alpha) throws UndecodableImageException {
    ImageDecoder decoder = new ImageDecoder(new InputSpec(SIDE, SIDE, 0, 1), alpha);

    return decoder.decode(content);
  }

  private static int wanted(String name, int row, int column) {
    int distance = (row - 24) * (row - 24) + (column - 24) * (column - 24);
    if (distance >= 100 && distance <= 300) {
      return 0;
    }
    return distance > 300 && distance <= 360 && !name.contains("hard") ? HALF : WHITE;
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void aBlackRingOnNothingIsABlackRingOnWhite(String name) throws IOException {
    float[] pixels = decode(read(name), Alpha.WHITE);
    for (int i = 0; i < pixels.length; i++) {
      int row = i / 3 / SIDE;
      int column = i / 3 % SIDE;
      assertThat(pixels[i])
          .as("row %d, column %d", row, column)
          .isCloseTo(wanted(name, row, column), within(1f));
    }
  }

  /** As the Python scripts see it. */
  @ParameterizedTest
  @FieldSource("ALL_BLACK")
  void whereAlphaIsDroppedItIsAllBlack(String name) throws IOException {
    for (float level : decode(read(name), Alpha.DROP)) {
      assertThat(level).isCloseTo(0, within(1f));
    }
  }

  @ParameterizedTest
  @FieldSource("OPAQUE")
  void aFourthChannelThatIsNoAlphaHidesNothing(String name) throws IOException {
    assertThat(decode(read(name), Alpha.WHITE)).containsOnly(0);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void aPictureForPeopleShowsTheSame(String name) throws IOException {
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(PhotoPreview.square(read(name), Alpha.WHITE)));
    int scale = PhotoPreview.SIDE / SIDE;
    for (int column = 0; column < SIDE; column++) {
      int wanted = wanted(name, 24, column);
      boolean isEdge =
          wanted == HALF
              || wanted != wanted(name, 24, Math.max(0, column - 1))
              || wanted != wanted(name, 24, Math.min(SIDE - 1, column + 1));
      if (!isEdge) { // where a JPEG is not sharp
        int rgb = picture.getRGB(column * scale + 2, 24 * scale + 2);
        assertThat(rgb & 0xFF).as("column %d", column).isCloseTo(wanted, within(40));
      }
    }
  }

  @Test
  void coloursAreBlendedToTheNearestLevel() {
    assertThat(Alpha.WHITE.seen(100, 255)).isEqualTo(100);
    assertThat(Alpha.WHITE.seen(100, 0)).isEqualTo(255);
    assertThat(Alpha.WHITE.seen(100, 51)).isEqualTo(224); // 20 + 204
    assertThat(Alpha.WHITE.seen(0, 254)).isEqualTo(1);
    assertThat(Alpha.WHITE.seen(10, 100)).isEqualTo(159); // 158.9
    assertThat(Alpha.DROP.seen(10, 100)).isEqualTo(10);
  }
}
