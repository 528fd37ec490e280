package org.pupil.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailsTest {
  private static final int SIDE = ThumbnailMaker.SIDE;
  private static final InputSpec SPEC = new InputSpec(224, 160, 127, 128);

  /** Pixels of a gradient with noise, scaled as the decoder scales them. */
  private static float[] pixels(int seed) {
    Random random = new Random(seed);
    int base = random.nextInt(128);
    float[] pixels = new float[SPEC.floats()];
    for (int y = 0, i = 0; y < SPEC.height(); y++) {
      for (int x = 0; x < SPEC.width(); x++) {
        int[] rgb = {base + 100 * y / SPEC.height(), 200 * x / SPEC.width(), 90 + base / 2};
        for (int channel : rgb) {
          pixels[i++] = (channel + random.nextInt(9) - SPEC.mean().red()) / SPEC.std().red();
        }
      }
    }
    return pixels;
  }

  private static byte[] thumbnail(int seed) {
    return coded(SPEC, pixels(seed), 0);
  }

  private static byte[] coded(InputSpec spec, float[] pixels, int from) {
    ThumbnailMaker maker = new ThumbnailMaker(spec);
    return maker.code(List.of(maker.shrink(pixels, from))).get(0);
  }

  private static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  private static int[] rgb(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    return new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF};
  }

  @ParameterizedTest
  @CsvSource({"224,160,127.5,127.5", "48,48,0,255", "32,40,127,128", "299,331,0,1"})
  void aThumbnailHasTheColoursOfTheImage(int height, int width, float mean, float std)
      throws IOException {
    InputSpec spec = new InputSpec(height, width, mean, std);
    float[] pixels = new float[2 * spec.floats()];
    for (int y = 0, i = spec.floats(); y < height; y++) {
      for (int x = 0; x < width; x++) {
        // The upper left quarter is orange, the rest blue.
        boolean orange = 2 * y < height && 2 * x < width;
        for (int channel : orange ? new int[] {250, 140, 20} : new int[] {10, 40, 200}) {
          pixels[i++] = (channel - mean) / std;
        }
      }
    }
    BufferedImage image = read(coded(spec, pixels, spec.floats()));

    assertThat(image.getWidth()).isEqualTo(SIDE);
    assertThat(image.getHeight()).isEqualTo(SIDE);
    assertNear(rgb(image, 10, 15), 250, 140, 20);
    assertNear(rgb(image, 38, 10), 10, 40, 200);
    assertNear(rgb(image, 10, 38), 10, 40, 200);
  }

  private static void assertNear(int[] rgb, int... wanted) {
    for (int channel = 0; channel < 3; channel++) {
      assertThat(Math.abs(rgb[channel] - wanted[channel])).as(Arrays.toString(rgb)).isLessThan(6);
    }
  }

  @Test
  void aSheetShowsExactlyWhatItsThumbnailsShow() throws IOException {
    List<byte[]> thumbnails = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      thumbnails.add(thumbnail(i));
    }
    byte[] file = ThumbnailSheet.of(thumbnails, 4, "a comment").orElseThrow();
    BufferedImage sheet = read(file);

    assertThat(sheet.getWidth()).isEqualTo(4 * SIDE);
    assertThat(sheet.getHeight()).isEqualTo(3 * SIDE);
    assertThat(new String(file, ISO_8859_1))
        .startsWith("\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF")
        .contains("a comment");
    for (int i = 0; i < 11; i++) {
      int[] alone = read(thumbnails.get(i)).getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
      int[] inSheet = sheet.getRGB(i % 4 * SIDE, i / 4 * SIDE, SIDE, SIDE, null, 0, SIDE);
      // At its edge the decoder smooths colours with the neighbour's.
      for (int y = 1; y < SIDE - 1; y++) {
        assertThat(Arrays.copyOfRange(inSheet, y * SIDE + 1, (y + 1) * SIDE - 1))
            .isEqualTo(Arrays.copyOfRange(alone, y * SIDE + 1, (y + 1) * SIDE - 1));
      }
    }
    assertThat(rgb(sheet, 3 * SIDE + 30, 2 * SIDE + 30)).containsExactly(128, 128, 128);
  }

  @Test
  void severalAtATimeAreAsEachAlone() {
    ThumbnailMaker maker = new ThumbnailMaker(SPEC);
    List<byte[]> together =
        maker.code(IntStream.range(0, 3).mapToObj(i -> maker.shrink(pixels(i), 0)).toList());
    for (int i = 0; i < 3; i++) {
      assertThat(together.get(i)).isEqualTo(thumbnail(i));
    }
  }

  @Test
  void whatIsNoThumbnailIsAGreySquare() throws IOException {
    byte[] good = thumbnail(1);
    byte[] half = Arrays.copyOf(good, good.length / 2);
    byte[] marker = good.clone();
    marker[good.length - 20] = (byte) 0xFF;
    marker[good.length - 19] = (byte) 0xC4;
    List<byte[]> thumbnails = List.of(new byte[0], half, good, marker, new byte[] {-1, -40, -1});
    BufferedImage sheet = read(ThumbnailSheet.of(thumbnails, 5, "").orElseThrow());

    for (int grey : new int[] {0, 1, 3, 4}) {
      assertThat(rgb(sheet, grey * SIDE + 30, 30)).containsExactly(128, 128, 128);
    }
    assertThat(rgb(sheet, 2 * SIDE + 30, 30)).isEqualTo(rgb(read(good), 30, 30));
    assertThat(ThumbnailSheet.of(List.of(new byte[0], half), 2, "")).isEmpty();
  }

  @Test
  void theLargestSheetFits() {
    List<byte[]> most = Collections.nCopies(ThumbnailSheet.MOST_THUMBNAILS, thumbnail(0));
    assertThat(ThumbnailSheet.MOST_THUMBNAILS).isEqualTo(28_900);
    assertThat(ThumbnailSheet.of(most, 170, "")).isPresent();
    assertThatThrownBy(() -> ThumbnailSheet.of(most, 171, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("28900 thumbnails in 171 columns");
  }
}
