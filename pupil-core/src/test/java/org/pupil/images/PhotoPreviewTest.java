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
  private static final Offset<Integer> TOLERANCE = Offset.offset(40);

  private static BufferedImage square(byte[] encoded) throws IOException {
    BufferedImage picture = read(PhotoPreview.square(encoded, Alpha.WHITE));
    assertThat(picture.getWidth()).isEqualTo(SIDE);
    assertThat(picture.getHeight()).isEqualTo(SIDE);
    return picture;
  }

  private static BufferedImage read(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
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

    BufferedImage picture = square(encoded);
    double scale = (double) SIDE / Math.max(width, height);
    int left = (SIDE - (int) Math.round(scale * width)) / 2;
    int top = (SIDE - (int) Math.round(scale * height)) / 2;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = picture.getRGB(left + (int) (scale * (x + 0.5)), top + (int) (scale * (y + 0.5)));
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

  /** Quarters of four colours. */
  private static byte[] quarters(int width, int height) throws IOException {
    BufferedImage quarters = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        quarters.setRGB(
            x, y, (x < width / 2 ? 0xC81E28 : 0x1450A0) ^ (y < height / 2 ? 0 : 0x00FF00));
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(quarters, "jpeg", file);
    return file.toByteArray();
  }

  @Test
  void aLargePhotoIsSeenWholeInItsOwnShape() throws IOException {
    BufferedImage picture = square(quarters(2400, 1600)); // 192 x 128 of the square
    assertNear(picture.getRGB(8, 40), 0xC8, 0x1E, 0x28);
    assertNear(picture.getRGB(88, 88), 0xC8, 0x1E, 0x28);
    assertNear(picture.getRGB(104, 88), 0x14, 0x50, 0xA0);
    assertNear(picture.getRGB(184, 40), 0x14, 0x50, 0xA0);
    assertNear(picture.getRGB(8, 104), 0xC8, 0xE1, 0x28);
    assertNear(picture.getRGB(184, 152), 0x14, 0xAF, 0xA0);
    assertNear(picture.getRGB(96, 12), 0x80, 0x80, 0x80);
    assertNear(picture.getRGB(96, 180), 0x80, 0x80, 0x80);
  }

  @Test
  void aPictureOfItsOwnShapeHasNothingBesideIt() throws IOException {
    BufferedImage wide = read(PhotoPreview.jpeg(quarters(2400, 1600), Alpha.WHITE));
    assertThat(wide.getWidth()).isEqualTo(SIDE);
    assertThat(wide.getHeight()).isEqualTo(128);
    assertNear(wide.getRGB(8, 8), 0xC8, 0x1E, 0x28);
    assertNear(wide.getRGB(184, 120), 0x14, 0xAF, 0xA0);
    BufferedImage tall = read(PhotoPreview.jpeg(quarters(40, 4000), Alpha.WHITE));
    assertThat(tall.getWidth()).isEqualTo(2);
    assertThat(tall.getHeight()).isEqualTo(SIDE);
    BufferedImage small = read(PhotoPreview.jpeg(quarters(40, 20), Alpha.WHITE));
    assertThat(small.getWidth()).isEqualTo(40);
    assertThat(small.getHeight()).isEqualTo(20);
  }

  @Test
  void whatCannotBeReadIsRefused() {
    byte[] half = Arrays.copyOf(Pictures.read("rgb8.png"), 100);
    assertThatThrownBy(() -> PhotoPreview.jpeg(half, Alpha.WHITE))
        .isInstanceOf(UndecodableImageException.class);
    assertThatThrownBy(() -> PhotoPreview.jpeg(new byte[0], Alpha.WHITE))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("the file is empty");
  }
}
