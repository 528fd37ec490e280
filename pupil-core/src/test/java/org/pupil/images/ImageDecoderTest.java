package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

class ImageDecoderTest {
  // The first column is what a 12-megapixel photo becomes.
  @ParameterizedTest
  @CsvSource({
    "3024, 4032, UPRIGHT, 224, 224, 4", // 756 rows left, 448 wanted; 378 at 1/8
    "3024, 4032, UPRIGHT, 288, 288, 4",
    "3024, 4032, UPRIGHT, 128, 128, 8",
    "3024, 4032, UPRIGHT, 380, 380, 2",
    "3024, 4032, UPRIGHT, 800, 800, 1",
    "448, 448, UPRIGHT, 224, 224, 1",
    "896, 896, UPRIGHT, 224, 224, 2",
    "895, 5000, UPRIGHT, 224, 224, 1",
    "5000, 895, UPRIGHT, 224, 224, 1",
    "3584, 3584, UPRIGHT, 224, 224, 8",
    "3583, 3584, UPRIGHT, 224, 224, 4",
    // Upright it has 4000 rows and 1000 columns.
    "1000, 4000, TURN_RIGHT, 500, 125, 4",
    "1000, 4000, UPRIGHT, 500, 125, 1",
    "65500, 3000, UPRIGHT, 2147483647, 1, 1",
  })
  void aJpegIsDecodedAtThePartOfItsSizeThatLeavesTwiceWhatIsWanted(
      int rows,
      int columns,
      Orientation orientation,
      int wantedHeight,
      int wantedWidth,
      int ratio) {
    ImageHeader header = new ImageHeader(PhotoFormat.JPEG, columns, rows, orientation);
    assertThat(ImageDecoder.jpegRatio(header, wantedHeight, wantedWidth)).isEqualTo(ratio);
  }

  /** Smooth enough that a quarter of its pixels says the same. */
  private static int smooth(double y, double x, int channel) {
    return (int) Math.round(128 + 100 * Math.sin(3 * y + 2 * x + channel) * Math.cos(4 * x - y));
  }

  private static byte[] jpeg(int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double v = (double) y / height;
        double u = (double) x / width;
        image.setRGB(x, y, smooth(v, u, 0) << 16 | smooth(v, u, 1) << 8 | smooth(v, u, 2));
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(0.95f);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"100, 150, 1", "200, 160, 2", "480, 400, 4", "900, 640, 8"})
  void aLargeJpegLooksAsItWouldAtItsFullSize(int height, int width, int ratio) throws IOException {
    InputSpec spec = new InputSpec(50, 40, 0, 1);
    ImageHeader header = new ImageHeader(PhotoFormat.JPEG, width, height, Orientation.UPRIGHT);
    assertThat(ImageDecoder.jpegRatio(header, 50, 40)).isEqualTo(ratio);
    float[] pixels;
    ImageDecoder decoder = new ImageDecoder(spec);

    pixels = decoder.decode(jpeg(height, width));

    double squares = 0;
    for (int i = 0; i < pixels.length; i++) {
      int y = i / 3 / 40;
      int x = i / 3 % 40;
      double error = pixels[i] - smooth(y / 50.0, x / 40.0, i % 3);
      squares += error * error;
    }
    // A decoded pixel is the mean over ratio pixels, so it stands half a pixel further on.
    assertThat(Math.sqrt(squares / pixels.length)).isLessThan(3);
  }

  @Test
  void decodingIntoAPartOfAnArrayLeavesTheRestAlone() throws IOException {
    InputSpec spec = new InputSpec(3, 4, 127.5f, 127.5f);
    byte[] picture = Pictures.read("rgb8.png");
    ImageDecoder decoder = new ImageDecoder(spec);

    float[] alone = decoder.decode(picture);
    float[] target = new float[7 + alone.length + 5];
    Arrays.fill(target, 99);
    decoder.decode(picture, target, 7);
    assertThat(Arrays.copyOfRange(target, 7, 7 + alone.length)).containsExactly(alone);
    assertThat(Arrays.copyOf(target, 7)).containsOnly(99);
    assertThat(Arrays.copyOfRange(target, 7 + alone.length, target.length)).containsOnly(99);
  }

  @Test
  void manyThreadsGetTheSamePixels() throws Exception {
    ImageDecoder decoder = new ImageDecoder(new InputSpec(20, 30, 0, 255));

    Map<String, float[]> expected = new HashMap<>();
    for (String name : Pictures.OF_EACH_KIND) {
      expected.put(name, decoder.decode(Pictures.read(name)));
    }
    Pictures.OF_EACH_KIND.stream()
        .flatMap(name -> Stream.generate(() -> name).limit(20))
        .parallel()
        .forEach(
            name -> {
              try {
                assertThat(decoder.decode(Pictures.read(name)))
                    .as(name)
                    .containsExactly(expected.get(name));
              } catch (UndecodableImageException e) {
                throw new AssertionError(name, e);
              }
            });
  }

  @Test
  void valuesAreScaledByMeanAndStd() throws IOException {
    byte[] picture = Pictures.read("rgb8.png");
    ImageDecoder plain = new ImageDecoder(new InputSpec(4, 5, 0, 1));
    ImageDecoder scaled = new ImageDecoder(new InputSpec(4, 5, 127, 128));

    float[] values = plain.decode(picture);
    float[] wanted = new float[values.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (values[i] - 127) / 128;
    }
    assertThat(scaled.decode(picture)).containsExactly(wanted, within(1e-6f));
  }
}
