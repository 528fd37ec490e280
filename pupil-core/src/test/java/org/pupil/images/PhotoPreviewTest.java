package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.dataset.UndecodableImageException;

class PhotoPreviewTest {
  private static final int SIDE = PhotoPreview.SIDE;
  private static final Offset<Integer> TOLERANCE = Offset.offset(30);

  private static BufferedImage picture(byte[] encoded) throws IOException {
    BufferedImage picture =
        ImageIO.read(new ByteArrayInputStream(PhotoPreview.of(encoded, Alpha.WHITE)));
    assertThat(picture.getWidth()).isEqualTo(SIDE);
    assertThat(picture.getHeight()).isEqualTo(SIDE);
    return picture;
  }

  /** The images are so small that each of their pixels is a patch of the picture. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "exif1.jpg",
        "exif2.jpg",
        "exif3.jpg",
        "exif4.jpg",
        "exif5.jpg",
        "exif6.jpg",
        "exif7.jpg",
        "exif8.jpg",
        "exif3.webp",
        "exif6.png",
        "exif8.tif",
        "progressive.jpg",
        "rgb444.jpg",
        "grey.jpg",
        "grey16.png",
        "palette.png",
        "rgba.png",
        "grey_alpha.png",
        "palette_alpha.png",
        "see_through.gif",
        "lossless_alpha.webp",
        "lossy_alpha.webp",
        "deflate_rgba.tif",
        "rgb16.png",
        "rgb24.bmp",
        "first_frame_smaller.gif",
        "still.gif",
        "animated.webp",
        "grey16.tif",
        "cmyk.tif",
        "cmyk.jpg",
        "ycck.jpg"
      })
  void aPictureShowsWhatTheDecoderSees(String name) throws IOException {
    byte[] encoded = Pictures.read(name);
    ImageHeader header = ImageHeader.read(encoded);
    boolean lies = header.orientation().transposed;
    int height = lies ? header.width() : header.height();
    int width = lies ? header.height() : header.width();
    float[] seen;
    ImageDecoder decoder = new ImageDecoder(new InputSpec(height, width, 0, 1));

    seen = decoder.decode(encoded);

    BufferedImage picture = picture(encoded);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb =
            picture.getRGB((2 * x + 1) * SIDE / (2 * width), (2 * y + 1) * SIDE / (2 * height));
        int at = (y * width + x) * 3;
        assertNear(rgb, seen[at], seen[at + 1], seen[at + 2]);
      }
    }
  }

  private static void assertNear(int rgb, float red, float green, float blue) {
    assertThat(rgb >> 16 & 0xFF).isCloseTo((int) red, TOLERANCE);
    assertThat(rgb >> 8 & 0xFF).isCloseTo((int) green, TOLERANCE);
    assertThat(rgb & 0xFF).isCloseTo((int) blue, TOLERANCE);
  }

  @Test
  void aLargePhotoIsSeenWhole() throws IOException {
    BufferedImage quarters = new BufferedImage(2500, 1700, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 1700; y++) {
      for (int x = 0; x < 2500; x++) {
        quarters.setRGB(x, y, (x < 1250 ? 0xC81E28 : 0x1450A0) ^ (y < 850 ? 0 : 0x00FF00));
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(quarters, "jpeg", file);
    BufferedImage picture = picture(file.toByteArray());
    assertNear(picture.getRGB(8, 8), 0xC8, 0x1E, 0x28);
    assertNear(picture.getRGB(88, 88), 0xC8, 0x1E, 0x28);
    assertNear(picture.getRGB(104, 88), 0x14, 0x50, 0xA0);
    assertNear(picture.getRGB(184, 8), 0x14, 0x50, 0xA0);
    assertNear(picture.getRGB(8, 104), 0xC8, 0xE1, 0x28);
    assertNear(picture.getRGB(184, 184), 0x14, 0xAF, 0xA0);
  }

  @Test
  void whatCannotBeReadIsRefused() {
    byte[] half = Arrays.copyOf(Pictures.read("rgb8.png"), 100);
    assertThatThrownBy(() -> PhotoPreview.of(half, Alpha.WHITE))
        .isInstanceOf(UndecodableImageException.class);
    assertThatThrownBy(() -> PhotoPreview.of(new byte[0], Alpha.WHITE))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("the file is empty");
  }
}
