package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.chance.Chance;

/** What {@code distortions.py} says of distortions, draw by draw and pixel by pixel. */
class DistortionTableTest {
  private static final byte[] PICTURE =
      org.pupil.labelling.Pictures.png(
          11, 9, (x, y) -> level(x, y, 0) << 16 | level(x, y, 1) << 8 | level(x, y, 2));

  private static int level(int x, int y, int channel) {
    return (y * 37 + x * 11 + channel * 53 + y * x * 5) % 256;
  }

  private static JsonNode table() throws IOException {
    try (InputStream table = DistortionTableTest.class.getResourceAsStream("distortions.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(table));
    }
  }

  static Stream<JsonNode> cases() throws IOException {
    return StreamSupport.stream(table().get("cases").spliterator(), false);
  }

  private static Distortions distortions(JsonNode settings) {
    return new Distortions(
        settings.get("flip").asBoolean(),
        settings.get("crop").asInt(),
        settings.get("scale").asInt(),
        settings.get("brightness").asInt(),
        settings.get("rotation").asInt(),
        settings.get("colour").asInt(),
        settings.get("erase").asInt(),
        0);
  }

  private static void assertDrawn(Distortion drawn, JsonNode expected) {
    JsonNode erased = expected.get("erased");
    assertThat(drawn)
        .isEqualTo(
            new Distortion(
                expected.get("height").asInt(),
                expected.get("width").asInt(),
                expected.get("top").asInt(),
                expected.get("left").asInt(),
                expected.get("mirrored").asBoolean(),
                expected.get("brightness").floatValue(),
                expected.get("rotation").floatValue(),
                new ColourChange(
                    expected.get("hue").floatValue(),
                    expected.get("saturation").floatValue(),
                    expected.get("contrast").floatValue()),
                new Erasure(
                    erased.get(0).asInt(),
                    erased.get(1).asInt(),
                    erased.get(2).asInt(),
                    erased.get(3).asInt())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsAndPixelsAreTheReferences(JsonNode expected) throws IOException {
    InputSpec spec =
        new InputSpec(expected.get("rows").asInt(), expected.get("columns").asInt(), 0, 1);
    Distortions distortions = distortions(expected.get("settings"));
    Chance chance = new Chance(expected.get("seed").asLong(), Chance.Purpose.DISTORTIONS);
    Distortion drawn = distortions.draw(spec, chance);
    assertDrawn(drawn, expected.get("drawn"));

    float[] pixels = new float[spec.floats()];
    new ImageDecoder(spec).decode(PICTURE, drawn, pixels, 0);
    // The originals' arithmetic is theirs to the last bit.
    float tolerance = expected.get("exact").asBoolean() ? 0 : 2e-3f;
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i])
          .as("value %d of %s", i, drawn)
          .isCloseTo(expected.get("pixels").get(i).floatValue(), within(tolerance));
    }
  }

  @Test
  void variantsAreDrawnFromSeedPhotoAndNumber() throws IOException {
    JsonNode table = table();
    Distortions distortions = distortions(table.get("variantsOf"));
    for (JsonNode expected : table.get("variants")) {
      assertDrawn(
          distortions.variant(
              new InputSpec(12, 16, 0, 1),
              expected.get("seed").asLong(),
              Long.parseLong(expected.get("photo").asText()),
              expected.get("variant").asInt()),
          expected.get("drawn"));
    }
  }
}
