package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.SharedFolder;
import org.pupil.backbone.Run.Images;
import org.pupil.images.InputSpec;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** The real backbones beside the checkout; skipped where they are not. */
class SharedBackbonesTest {
  private static final String HALF = "mobilenet_v1_0.50_224";

  @TempDir Path modelDir;

  private void copyHalf() throws IOException {
    Path file = Path.of(HALF, HALF + "_frozen.pb");
    Files.createDirectories(modelDir.resolve(HALF));
    Files.copy(SharedFolder.get("models").resolve(file), modelDir.resolve(file));
  }

  @Test
  void featuresAreThoseOfTheReference() throws IOException {
    copyHalf();
    JsonNode reference =
        new ObjectMapper().readTree(SharedFolder.get("models/reference.json").toFile());
    Map<String, List<JsonNode>> groups = new TreeMap<>();
    for (JsonNode row : reference.get("models")) {
      String name = row.get("backbone").asText() + "_" + row.get("size").asInt();
      groups.computeIfAbsent(name, key -> new ArrayList<>()).add(row);
    }
    for (Map.Entry<String, List<JsonNode>> group : groups.entrySet()) {
      Backbone backbone =
          Catalogs.offline().resolve(BackboneRequest.architecture(group.getKey(), modelDir));
      List<Path> photos =
          group.getValue().stream()
              .map(row -> SharedFolder.get(row.get("photo").asText()))
              .toList();
      Reference.check(backbone, group.getValue(), photos, "features_first_8", "top_3_index_logit");
    }
    assertThat(groups)
        .containsOnlyKeys(
            "efficientnet_lite0_224",
            "efficientnet_lite0_288",
            "mobilenet_0.25_160",
            "mobilenet_0.25_224",
            "mobilenet_0.50_224");
  }

  @Test
  void aGraphInModelDirIsUsedWhereverTheWorkshopPutIt() throws IOException {
    copyHalf();

    Backbone backbone =
        Catalogs.offline().resolve(BackboneRequest.architecture("mobilenet_0.5_224", modelDir));

    assertThat(backbone.name()).isEqualTo("mobilenet_0.50_224");
    assertThat(backbone.sha256())
        .isEqualTo("f06060a27764acd3e7fe6e4e3baf03aceeb91ea8527a97331658aea5b0f65eba");
    assertThat(backbone.bottleneckSize()).isEqualTo(512);
    assertThat(backbone.imageNetScores()).isEmpty();
    assertThat(backbone.convMap()).contains("MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6");
    assertThat(modelDir.resolve(HALF).resolve(HALF + "_frozen.pb.sha256"))
        .hasContent(backbone.sha256() + "  " + HALF + "_frozen.pb\n");
  }

  @Test
  void theHubModuleIsFrozenToWhatItsSavedModelGives() throws IOException {
    Path module = SharedFolder.get("models/hub/mobilenet_v1_050_224_feature_vector");
    Images images = Images.counted(2, 224, 224);

    Backbone backbone =
        Catalogs.offline().resolve(BackboneRequest.hubModule(module.toString(), modelDir));

    assertThat(backbone.input()).isEqualTo(new InputSpec(224, 224, 0, 255));
    assertThat(backbone.bottleneckSize()).isEqualTo(512);
    assertThat(backbone.convMap()).contains("MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6");
    assertThat(Run.backbone(backbone, images))
        .containsExactly(savedModel(module, images), within(1e-4f));
    assertThat(
            Catalogs.offline()
                .resolve(BackboneRequest.hubModule(module.toString(), modelDir))
                .sha256())
        .isEqualTo(backbone.sha256());
  }

  @Test
  void theHubModuleAndTheFrozenGraphOfTheSameWeightsAgree() throws IOException {
    copyHalf();
    Path module = SharedFolder.get("models/hub/mobilenet_v1_050_224_feature_vector");
    Path photo = SharedFolder.get("data/cats-dogs/cat/cat.0.jpg");

    Backbone hub =
        Catalogs.offline().resolve(BackboneRequest.hubModule(module.toString(), modelDir));
    Backbone frozen =
        Catalogs.offline().resolve(BackboneRequest.architecture("mobilenet_0.5_224", modelDir));

    assertThat(Run.backbone(hub, Pixels.of(photo, hub.input())))
        .containsExactly(Run.backbone(frozen, Pixels.of(photo, frozen.input())), within(1e-3f));
  }

  @Test
  void aGraphThatTheOriginalLeftCanBeABackboneItself() {
    Path graph = SharedFolder.get("data/retrain-run/retrained_graph.pb");
    BackboneRequest request =
        BackboneRequest.architecture(graph.toString(), modelDir)
            .withLayers(Optional.empty(), Optional.of("MobilenetV1/Logits/global_pool"))
            .withScaling(127.5f, 127.5f);

    Backbone backbone = Catalogs.offline().resolve(request);

    assertThat(backbone.input()).isEqualTo(new InputSpec(224, 224, 127.5f, 127.5f));
    assertThat(backbone.bottleneckSize()).isEqualTo(256);
    assertThat(modelDir).isEmptyDirectory();
  }

  private static float[] savedModel(Path folder, Images images) {
    try (SavedModelBundle model = SavedModelBundle.loader(folder.toString()).withTags().load();
        TFloat32 tensor =
            TFloat32.tensorOf(
                Shape.of(images.count, images.height, images.width, 3),
                DataBuffers.of(images.values));
        var result = model.function("default").call(Map.of("images", tensor))) {
      TFloat32 output = (TFloat32) result.get("default").orElseThrow();
      float[] flat = new float[Math.toIntExact(output.size())];
      output.copyTo(DataBuffers.of(flat));
      return flat;
    }
  }
}
