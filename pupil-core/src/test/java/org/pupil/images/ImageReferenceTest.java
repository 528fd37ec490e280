package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pixels of real photos, as TensorFlow for Python decodes and resizes them. */
class ImageReferenceTest {
  @Test
  void photosHaveTheirReferencePixels() throws IOException {
    Path above = Path.of("").toAbsolutePath();
    while (above != null && !Files.exists(above.resolve("shared/models/reference_accurate.json"))) {
      above = above.getParent();
    }
    assumeTrue(
        above != null, "reference pixels are not here: no shared/models/reference_accurate.json");
    Path shared = above.resolve("shared");
    JsonNode pictures =
        new ObjectMapper()
            .readTree(shared.resolve("models/reference_accurate.json").toFile())
            .get("pixels");
    assertThat(pictures).hasSizeGreaterThan(3);
    ImageDecoder decoder = new ImageDecoder(new InputSpec(224, 224, 0, 1));

    for (JsonNode picture : pictures) {
      String photo = picture.get("photo").asText();
      float[] pixels = decoder.decode(Files.readAllBytes(shared.resolve(photo)));
      checkPlaces(photo, pixels, picture.get("resized_224_rgb_at_y_x"));
      double sum = 0;
      for (float pixel : pixels) {
        sum += pixel;
      }
      assertThat(sum / pixels.length)
          .as(photo)
          .isCloseTo(picture.get("mean").asDouble(), within(0.01));
    }
  }

  private static void checkPlaces(String photo, float[] pixels, JsonNode places) {
    for (Map.Entry<String, JsonNode> place : places.properties()) {
      String[] yx = place.getKey().split(",", -1);
      int at = (Integer.parseInt(yx[0]) * 224 + Integer.parseInt(yx[1])) * 3;
      for (int channel = 0; channel < 3; channel++) {
        assertThat(pixels[at + channel])
            .as("%s at %s, channel %d", photo, place.getKey(), channel)
            .isCloseTo(place.getValue().get(channel).floatValue(), within(0.001f));
      }
    }
  }
}
