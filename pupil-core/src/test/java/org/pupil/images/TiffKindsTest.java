package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.SharedFolder;
import org.pupil.dataset.UndecodableImageException;

/** Every kind of sample of a TIFF file becomes 0 to 255 linearly, or is named. */
class TiffKindsTest {
  private static final int HEIGHT = 21;
  private static final int WIDTH = 37;
  private static final int UNSIGNED = 1;
  private static final int SIGNED = 2;
  private static final int FLOAT = 3;

  record Kind(ByteOrder order, int channels, int bits, int format) {
    /** A share of 0 to 1 of what can be written. */
    long sample(double share) {
      if (format == FLOAT) {
        return switch (bits) {
          case 16 -> half((float) share);
          case 32 -> Float.floatToIntBits((float) share);
          default -> Double.doubleToLongBits(share);
        };
      }
      double most = Math.pow(2, bits) - 1;
      return Math.round(share * most) - (format == SIGNED ? 1L << (bits - 1) : 0);
    }

    /** binary16 of a number of 0 to 1, cut off. */
    private static long half(float number) {
      if (number == 0) {
        return 0;
      }
      int exponent = Math.getExponent(number);
      return exponent < -14
          ? (long) (number * 0x1p24f)
          : (long) (exponent + 15) << 10 | (Float.floatToIntBits(number) >> 13 & 0x3ff);
    }
  }

  static Stream<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      for (int bits : new int[] {1, 2, 4}) {
        kinds.add(new Kind(order, 1, bits, UNSIGNED));
      }
      for (int channels : new int[] {1, 3}) {
        for (int bits : new int[] {8, 10, 12, 14, 16, 32}) {
          kinds.add(new Kind(order, channels, bits, UNSIGNED));
        }
        for (int bits : new int[] {8, 16, 32}) {
          kinds.add(new Kind(order, channels, bits, SIGNED));
        }
        for (int bits : new int[] {16, 32, 64}) {
          kinds.add(new Kind(order, channels, bits, FLOAT));
        }
      }
    }
    return kinds.stream();
  }

  /** A ramp to the right in the first channel, downwards in the second, both in the third. */
  private static double share(int row, int column, int channel) {
    double x = (double) column / (WIDTH - 1);
    double y = (double) row / (HEIGHT - 1);
    return channel == 0 ? x : channel == 1 ? y : (x + y) / 2;
  }

  private static TiffFile ramp(Kind kind) {
    TiffFile file =
        new TiffFile(kind.order(), HEIGHT, WIDTH, kind.channels())
            .bits(kind.bits())
            .format(kind.format());
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        for (int channel = 0; channel < kind.channels(); channel++) {
          file.add(kind.sample(share(row, column, channel)));
        }
      }
    }
    return file;
  }

  private static float[] decode(byte[] file) throws UndecodableImageException {
    return decode(file, HEIGHT, WIDTH);
  }

  private static float[] decode(byte[] file, int height, int width)
      throws UndecodableImageException {
    ImageDecoder decoder = new ImageDecoder(new InputSpec(height, width, 0, 1));

    return decoder.decode(file);
  }

  private static void assertRamp(float[] pixels, Kind kind, boolean inverted) {
    // Of few bits a level may be half a step away, of many the low bits are cut off.
    float tolerance = kind.bits() < 8 ? 127.5f / ((1 << kind.bits()) - 1) + 0.5f : 1;
    for (int i = 0; i < pixels.length; i++) {
      int channel = kind.channels() == 1 ? 0 : i % 3;
      double share = share(i / 3 / WIDTH, i / 3 % WIDTH, channel);
      assertThat(pixels[i])
          .as("value %d", i)
          .isCloseTo((float) (255 * (inverted ? 1 - share : share)), within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aRampGoesFromBlackToWhiteEvenly(Kind kind) throws UndecodableImageException {
    assertRamp(decode(ramp(kind).bytes()), kind, false);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whereWhiteIsZeroItGoesFromWhiteToBlack(Kind kind) throws UndecodableImageException {
    if (kind.channels() == 1) {
      assertRamp(decode(ramp(kind).photometric(0).bytes()), kind, true);
    }
  }

  /** The same picture, of levels 3 to 255, in 12 bits and in floating-point numbers. */
  @Test
  void thePicturesOfTheCasesAreTheSame() throws IOException {
    Path folder = SharedFolder.get("data/cases/tiff");
    float[] twelve = decode(Files.readAllBytes(folder.resolve("grey12.tif")), 220, 300);
    float[] floats = decode(Files.readAllBytes(folder.resolve("float32_0to1.tif")), 220, 300);
    assertThat(twelve).contains(3, 255).doesNotContain(0, 1, 2);
    assertThat(floats).containsExactly(twelve, within(1f));
  }

  // --- what is not supported is named ------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "1, 64, 1, 1 channel of 64-bit integers",
    "1, 24, 1, 1 channel of 24-bit integers",
    "3, 4, 1, 3 channels of 4-bit integers",
    "3, 2, 1, 3 channels of 2-bit integers",
    "1, 6, 1, 1 channel of 6-bit integers",
    "1, 64, 2, 1 channel of 64-bit signed integers",
    "1, 24, 3, 1 channel of 24-bit floating-point numbers",
    "1, 64, 6, 1 channel of 64-bit complex numbers or others",
  })
  void aKindOfSampleThatIsNotSupportedIsNamed(int channels, int bits, int format, String named) {
    byte[] file = ramp(new Kind(ByteOrder.LITTLE_ENDIAN, channels, bits, format)).bytes();
    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("TIFF with " + named + " is not supported: save it with 8 bits a channel");
  }

  @ParameterizedTest
  @CsvSource({
    "50000, Zstandard",
    "34926, Zstandard",
    "34925, LZMA",
    "34887, LERC",
    "34712, JPEG 2000",
    "50001, WebP",
    "50002, JPEG XL",
    "12345, an unknown (12345)",
  })
  void aCompressionThatIsNotSupportedIsNamed(int compression, String named) {
    byte[] file =
        ramp(new Kind(ByteOrder.BIG_ENDIAN, 3, 8, UNSIGNED)).compression(compression).bytes();
    assertThatThrownBy(() -> decode(file))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "TIFF with %s compression is not supported: save it with Deflate or LZW", named);
  }

  private static byte[] flat(int bits, int format, long first, long others) {
    TiffFile file =
        new TiffFile(ByteOrder.LITTLE_ENDIAN, HEIGHT, WIDTH, 1).bits(bits).format(format);
    file.add(first);
    for (int i = 1; i < HEIGHT * WIDTH; i++) {
      file.add(others);
    }
    return file.bytes();
  }

  /** 0 to 255 in 32 bits would be black. */
  @Test
  void integersThatAreAllSmallAreNamed() {
    assertThatThrownBy(() -> decode(flat(32, UNSIGNED, 255, 3)))
        .hasMessage(
            "TIFF with 32-bit integers that all lie from 3 to 255 is not supported:"
                + " save it with 8 bits a channel");
    assertThatThrownBy(() -> decode(flat(16, SIGNED, 0, 200)))
        .hasMessageContaining("16-bit integers that all lie from 0 to 200");
  }

  @Test
  void floatsBeyondZeroToOneAreNamed() {
    assertThatThrownBy(
            () -> decode(flat(32, FLOAT, Float.floatToIntBits(-1), Float.floatToIntBits(255))))
        .hasMessage(
            "TIFF with floating-point numbers from -1.0 to 255.0 (only 0 to 1 are) is not"
                + " supported: save it with 8 bits a channel");
    assertThatThrownBy(() -> decode(flat(32, FLOAT, Float.floatToIntBits(Float.NaN), 0)))
        .hasMessageContaining("floating-point values that are no numbers");
  }

  // --- alpha -------------------------------------------------------------------------------------

  /** The least a colour can be is not lost where it is multiplied by alpha. */
  @Test
  void premultipliedColoursAreThoseThatWereMultiplied() throws UndecodableImageException {
    TiffFile file = new TiffFile(ByteOrder.LITTLE_ENDIAN, 1, 2, 4).bits(8).extraSample(1);
    for (int level : new int[] {100, 50, 0, 128, 20, 40, 60, 255}) {
      file.add(level);
    }
    ImageDecoder drop = new ImageDecoder(new InputSpec(1, 2, 0, 1), Alpha.DROP);

    assertThat(drop.decode(file.bytes())).containsExactly(199, 100, 0, 20, 40, 60);

    // On white: the premultiplied level and the rest of the light.
    assertThat(decode(file.bytes(), 1, 2)).containsExactly(227, 177, 127, 20, 40, 60);
  }
}
