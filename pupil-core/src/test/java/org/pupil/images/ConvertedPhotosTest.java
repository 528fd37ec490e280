package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.dataset.InstalledConverters;
import org.pupil.dataset.PhotoFormat;

/**
 * Photos in HEIC, AVIF and JPEG XL, as this system's converters read them; skipped where it has
 * none. Each shows four quarters: red, green, blue and nearly white. They were made by {@code
 * heif-enc}, {@code avifenc} and {@code cjxl}; those called turned are stored lying on their side.
 */
class ConvertedPhotosTest {
  private static final int SIDE = 8;

  /** Lossy coding moves levels by so much within an even quarter. */
  private static final float LOSS = 12;

  private static final List<float[]> QUARTERS =
      List.of(
          new float[] {220, 20, 20},
          new float[] {20, 200, 20},
          new float[] {20, 20, 220},
          new float[] {240, 240, 240});

  private static byte[] photo(String name) {
    return Pictures.read("converted/" + name);
  }

  private static void assumeConverterFor(byte[] photo) {
    PhotoFormat format = PhotoFormat.of(photo).orElseThrow();
    assumeTrue(
        InstalledConverters.ofProcess().canRead(format),
        () -> "no converter for " + format.inWords() + " on this system");
  }

  @ParameterizedTest
  @CsvSource({
    "quarters.heic, HEIF",
    "quarters-turned.heic, HEIF",
    "quarters.avif, AVIF",
    "quarters-turned.avif, AVIF",
    "quarters.jxl, JPEG_XL",
    "quarters-turned.jxl, JPEG_XL",
    "half-clear.heic, HEIF",
    "half-clear.avif, AVIF"
  })
  void theHeaderTellsTheUprightSizeWithoutAConverter(String name, PhotoFormat format)
      throws IOException {
    PhotoFacts facts = PhotoFacts.of(photo(name));

    assertThat(facts.format()).isEqualTo(format);
    assertThat(facts.width()).isEqualTo(96);
    assertThat(facts.height()).isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarters.heic",
        "quarters-turned.heic",
        "quarters.avif",
        "quarters-turned.avif",
        "quarters.jxl",
        "quarters-turned.jxl"
      })
  void coloursAndPlacesAreThoseOfTheUprightPhoto(String name) throws IOException {
    byte[] photo = photo(name);
    assumeConverterFor(photo);

    float[] pixels = new ImageDecoder(new InputSpec(SIDE, SIDE, 0, 1)).decode(photo);

    assertPixel(pixels, 1, 1, QUARTERS.get(0));
    assertPixel(pixels, 1, 6, QUARTERS.get(1));
    assertPixel(pixels, 6, 1, QUARTERS.get(2));
    assertPixel(pixels, 6, 6, QUARTERS.get(3));
    assertThat(new ImageDecoder(new InputSpec(SIDE, SIDE, 0, 1)).decode(photo))
        .as("the same once more")
        .isEqualTo(pixels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarters-turned.heic", "quarters-turned.avif", "quarters-turned.jxl"})
  void previewsAreUpright(String name) throws IOException {
    byte[] photo = photo(name);
    assumeConverterFor(photo);

    BufferedImage preview = PhotoPreview.upright(photo, Alpha.WHITE, 48);

    assertThat(preview.getWidth()).isEqualTo(48);
    assertThat(preview.getHeight()).isEqualTo(32);
    assertThat(preview.getRGB(40, 4) >> 8 & 0xff).as("green").isCloseTo(200, within(12));
    assertThat(PhotoPreview.square(photo, Alpha.WHITE)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"half-clear.heic", "half-clear.avif"})
  void transparentPixelsBecomeWhite(String name) throws IOException {
    byte[] photo = photo(name);
    assumeConverterFor(photo);
    InputSpec spec = new InputSpec(SIDE, SIDE, 0, 1);

    float[] white = new ImageDecoder(spec).decode(photo);
    float[] dropped = new ImageDecoder(spec, Alpha.DROP).decode(photo);

    assertPixel(white, 4, 1, new float[] {220, 20, 20});
    assertPixel(white, 4, 6, new float[] {255, 255, 255});
    assertPixel(dropped, 4, 1, new float[] {220, 20, 20});
  }

  private static void assertPixel(float[] pixels, int row, int column, float[] rgb) {
    int at = (row * SIDE + column) * 3;
    assertThat(List.of(pixels[at], pixels[at + 1], pixels[at + 2]))
        .as("row %d, column %d", row, column)
        .zipSatisfy(
            List.of(rgb[0], rgb[1], rgb[2]),
            (level, expected) -> assertThat(level).isCloseTo(expected, within(LOSS)));
  }
}
