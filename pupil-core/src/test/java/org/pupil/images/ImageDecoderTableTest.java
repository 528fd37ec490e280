package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.dataset.UndecodableImageException;

/**
 * Every pixel, alpha left aside, against a table that TensorFlow for Python, Pillow and NumPy made.
 */
class ImageDecoderTableTest {
  private static final Map<InputSpec, ImageDecoder> DECODERS = new HashMap<>();

  /** One line of the table; see decode_images.py. */
  record Line(
      String file,
      InputSpec spec,
      @Nullable Distortion distortion,
      float tolerance,
      String values) {
    static Line parse(String line) {
      String[] fields = line.split("\t", -1);
      InputSpec spec =
          new InputSpec(
              Integer.parseInt(fields[1]),
              Integer.parseInt(fields[2]),
              Float.parseFloat(fields[3]),
              Float.parseFloat(fields[4]));
      return new Line(
          fields[0], spec, distortion(fields[5]), Float.parseFloat(fields[6]), fields[7]);
    }

    private static @Nullable Distortion distortion(String text) {
      if (text.equals("-")) {
        return null;
      }
      String[] parts = text.split(",", -1);
      return new Distortion(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          Integer.parseInt(parts[3]),
          parts[4].equals("True"),
          Float.parseFloat(parts[5]));
    }

    @Override
    public String toString() {
      return file + " to " + spec.height() + "x" + spec.width() + " " + distortion;
    }
  }

  static Stream<Line> lines() {
    return Pictures.lines("decode_images.tsv").stream()
        .filter(line -> !line.startsWith("#"))
        .map(Line::parse);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void pixelsAreThoseOfTheTable(Line line) throws UndecodableImageException {
    float[] pixels = new float[line.spec().floats()];
    ImageDecoder decoder =
        DECODERS.computeIfAbsent(line.spec(), spec -> new ImageDecoder(spec, Alpha.DROP));
    if (line.distortion() == null) {
      decoder.decode(Pictures.read(line.file()), pixels, 0);
    } else {
      decoder.decode(Pictures.read(line.file()), line.distortion(), pixels, 0);
    }
    String[] wanted = line.values().split(" ", -1);
    assertThat(pixels).hasSameSizeAs(wanted);
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i])
          .as("value %d", i)
          .isCloseTo(
              Float.parseFloat(wanted[i]), within(line.tolerance() / line.spec().std().red()));
    }
  }
}
