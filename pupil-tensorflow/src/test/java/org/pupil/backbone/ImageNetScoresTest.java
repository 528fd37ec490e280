package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.SharedFolder;

/** What the embedded backbones say of real photos, decoded as Python's TensorFlow decodes them. */
class ImageNetScoresTest {
  @TempDir Path modelDir;

  /** The table was made by Python's TensorFlow; see src/test/reference/imagenet_scores.py. */
  @ParameterizedTest
  @ValueSource(strings = {"efficientnet_lite0_224", "efficientnet_lite0_288", "mobilenet_0.25_224"})
  void theScoresOfRealPhotosAreThoseOfAnotherImplementationAndMakeSense(String name)
      throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode row :
        new ObjectMapper()
            .readTree(ImageNetScoresTest.class.getResourceAsStream("imagenet_scores.json"))
            .get("rows")) {
      if (row.get("backbone").asText().equals(name)) {
        rows.add(row);
      }
    }
    Path photos = SharedFolder.checkout().resolve("examples/photos");

    List<List<Integer>> orders =
        Reference.check(
            Catalogs.offline().resolve(BackboneRequest.architecture(name, modelDir)),
            rows,
            rows.stream().map(row -> photos.resolve(row.get("photo").asText())).toList(),
            "features_first_4",
            "top_3");

    assertThat(orders).hasSize(9);
    for (int i = 0; i < orders.size(); i++) {
      int index = rows.get(i).get("imagenet_index").asInt();
      if (name.startsWith("efficientnet")) {
        assertThat(orders.get(i).subList(0, 3)).as("%s", rows.get(i)).contains(index);
      } else if (rows.get(i).get("photo").asText().startsWith("mammal")) {
        assertThat(orders.get(i).get(0)).as("%s", rows.get(i)).isEqualTo(index + 1);
      }
    }
  }
}
