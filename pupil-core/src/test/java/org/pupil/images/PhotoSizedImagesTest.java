package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.SharedFolder;
import org.pupil.dataset.UndecodableImageException;

/**
 * Images of the size of photos, in every format, look as another decoder sees them: a decoder that
 * is right about small pictures can still get a sky wrong.
 */
class PhotoSizedImagesTest {
  /** Of 255, in the mean. Decoders of lossy formats differ by less. */
  private static final double TOLERANCE = 3;

  private static final int BLOCKS = 8;

  /** One line of the table; see photo_sized_images.py. */
  record Line(String file, int height, int width, List<Integer> means, List<Integer> places) {
    static Line parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Line(
          fields[0],
          Integer.parseInt(fields[1]),
          Integer.parseInt(fields[2]),
          levels(fields[3]),
          levels(fields[4]));
    }

    private static List<Integer> levels(String hexadecimal) {
      byte[] bytes = HexFormat.of().parseHex(hexadecimal);
      return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i] & 0xff).toList();
    }

    byte[] content() throws IOException {
      byte[] content = Pictures.read("photosized/" + file);
      if (!file.endsWith(".gz")) {
        return content;
      }
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
        return in.readAllBytes();
      }
    }

    @Override
    public String toString() {
      return file + " of " + width + " x " + height;
    }
  }

  static Stream<Line> lines() {
    return Pictures.lines("photosized/photo_sized_images.tsv").stream().map(Line::parse);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void anImageOfTheSizeOfAPhotoLooksAsPillowSeesIt(Line line) throws IOException {
    float[] pixels = decode(line.content(), line.height(), line.width());
    assertThat(meanErrorOfPlaces(line, pixels)).as("single pixels").isLessThan(TOLERANCE);
    assertThat(meanErrorOfBlocks(line, pixels)).as("blocks").isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rose_q75", "vulture_q80"})
  void aLossyWebpIsThePngBesideIt(String name) throws IOException {
    Path folder = SharedFolder.get("data/cases/webp");
    BufferedImage wanted = ImageIO.read(folder.resolve(name + ".png").toFile());
    float[] pixels =
        decode(
            Files.readAllBytes(folder.resolve(name + ".webp")),
            wanted.getHeight(),
            wanted.getWidth());
    double error = 0;
    for (int i = 0; i < pixels.length; i++) {
      int rgb = wanted.getRGB(i / 3 % wanted.getWidth(), i / 3 / wanted.getWidth());
      error += Math.abs(pixels[i] - (rgb >> (16 - 8 * (i % 3)) & 0xff));
    }
    assertThat(error / pixels.length).isLessThan(TOLERANCE);
  }

  /** In its own size, so that no pixel is stretched. */
  private static float[] decode(byte[] content, int height, int width)
      throws UndecodableImageException {
    ImageDecoder decoder = new ImageDecoder(new InputSpec(height, width, 0, 1));

    return decoder.decode(content);
  }

  private static double meanErrorOfPlaces(Line line, float[] pixels) {
    double error = 0;
    for (int i = 0; i < line.places().size() / 3; i++) {
      int row = (int) ((i * 7919L + 13) % line.height());
      int column = (int) ((i * 104729L + 7) % line.width());
      for (int channel = 0; channel < 3; channel++) {
        int wanted = line.places().get(i * 3 + channel);
        error += Math.abs(pixels[(row * line.width() + column) * 3 + channel] - wanted);
      }
    }
    return error / line.places().size();
  }

  private static double meanErrorOfBlocks(Line line, float[] pixels) {
    double error = 0;
    for (int i = 0; i < line.means().size(); i++) {
      int block = i / 3;
      double mean = mean(line, pixels, block / BLOCKS, block % BLOCKS, i % 3);
      error += Math.abs(mean - line.means().get(i));
    }
    return error / line.means().size();
  }

  private static double mean(Line line, float[] pixels, int down, int across, int channel) {
    double sum = 0;
    int count = 0;
    for (int y = down * line.height() / BLOCKS; y < (down + 1) * line.height() / BLOCKS; y++) {
      for (int x = across * line.width() / BLOCKS; x < (across + 1) * line.width() / BLOCKS; x++) {
        sum += pixels[(y * line.width() + x) * 3 + channel];
        count++;
      }
    }
    return sum / count;
  }
}
