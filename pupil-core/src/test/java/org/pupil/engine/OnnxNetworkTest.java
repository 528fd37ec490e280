package org.pupil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pupil.backbone.Backbone.Output.FEATURES;
import static org.pupil.backbone.Backbone.Output.IMAGENET_SCORES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.SharedFolder;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.Backbone.Output;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.images.ImageDecoder;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkResult;

/** Whole networks on real photos against real TensorFlow: reference_accurate.json says how. */
class OnnxNetworkTest {
  private static final String HALF = "mobilenet_v1_0.50_224";

  @TempDir Path modelDir;

  static List<JsonNode> rows() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    new ObjectMapper()
        .readTree(SharedFolder.get("models/reference_accurate.json").toFile())
        .get("models")
        .forEach(rows::add);
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void featuresAndScoresAreThoseOfTensorFlow(JsonNode row) throws IOException {
    Backbone backbone = backbone(row.get("backbone").asText() + "_" + row.get("size").asInt());
    Output[] outputs =
        backbone.imageNetScores().isPresent()
            ? new Output[] {FEATURES, IMAGENET_SCORES}
            : new Output[] {FEATURES};
    ImageDecoder decoder = new ImageDecoder(backbone.input());
    float[] pixels =
        decoder.decode(Files.readAllBytes(SharedFolder.get(row.get("photo").asText())));
    try (Network network =
        new OnnxEngine().open(backbone.network(outputs), backbone.input(), Purpose.MANY_PHOTOS)) {
      NetworkResult result = network.run(pixels, 1);
      checkFeatures(result.values("features"), row);
      if (outputs.length > 1) {
        checkScores(result.values("imagenet_scores"), row.get("top_3_index_logit"));
      }
    }
  }

  private Backbone backbone(String architecture) throws IOException {
    Path file = Path.of(HALF, HALF + "_frozen.pb");
    Files.createDirectories(modelDir.resolve(HALF));
    Files.copy(SharedFolder.get("models").resolve(file), modelDir.resolve(file));
    return new BackboneCatalog(DownloadAddresses.official(), Map.of(), DownloadListener.silent())
        .resolve(BackboneRequest.architecture(architecture, modelDir));
  }

  private static void checkFeatures(float[] features, JsonNode row) {
    double sum = 0;
    double squares = 0;
    for (float feature : features) {
      sum += feature;
      squares += (double) feature * feature;
    }
    double expected = row.get("features_sum").asDouble();
    assertThat(sum).isCloseTo(expected, within(1e-4 * expected));
    assertThat(Math.sqrt(squares)).isCloseTo(row.get("features_l2").asDouble(), within(1e-3));
    JsonNode first = row.get("features_first_8");
    for (int i = 0; i < first.size(); i++) {
      assertThat(features[i]).isCloseTo((float) first.get(i).asDouble(), within(1e-4f));
    }
  }

  private static void checkScores(float[] scores, JsonNode best) {
    for (JsonNode score : best) {
      assertThat(scores[score.get(0).asInt()])
          .isCloseTo((float) score.get(1).asDouble(), within(1e-3f));
    }
  }
}
