package org.pupil.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.SharedFolder;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.engine.MatrixProducts;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;

/** Upper layers of real backbones: read, computed, changed, written, and run by an engine. */
class UpperLayersGraphTest {
  @TempDir private static Path modelDir;

  private static Backbone backbone(String architecture) {
    return new BackboneCatalog(DownloadAddresses.official(), Map.of(), DownloadListener.silent())
        .resolve(BackboneRequest.architecture(architecture, modelDir));
  }

  /** Its weights are those of training: nobody has folded the batch normalisation. */
  @Test
  void theSameWhereBatchNormalisationIsALayerOfItsOwn() throws IOException {
    String name = "mobilenet_v1_0.50_224";
    Path graph = Path.of(name, name + "_frozen.pb");
    Files.createDirectories(modelDir.resolve(name));
    Files.copy(SharedFolder.get("models").resolve(graph), modelDir.resolve(graph));
    TrainablePart part = TrainablePart.of(backbone("mobilenet_0.50_224"));
    assertThat(operations(part.backbone().graph())).anyMatch(each -> each.startsWith("FusedBatch"));
    layersComputeWhatTheBackboneDoesAndWhatIsWrittenOfThemToo("mobilenet_0.50_224");
    GraphDef written = UpperLayersGraph.of(part.backbone(), part.cut(), part.layers(), "features");
    List<String> above = new ArrayList<>(operations(written));
    operations(part.backbone().prunedTo(List.of(part.cut()))).forEach(above::remove);
    assertThat(above).contains("Conv2D", "BiasAdd").noneMatch(each -> each.startsWith("Fused"));
  }

  private static List<String> operations(GraphDef graph) {
    return graph.getNodeList().stream().map(NodeDef::getOp).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_0.25_224", "efficientnet_lite0_224"})
  void layersComputeWhatTheBackboneDoesAndWhatIsWrittenOfThemToo(String architecture) {
    Backbone backbone = backbone(architecture);
    TrainablePart part = TrainablePart.of(backbone);
    float[] pixels = new float[backbone.input().floats()];
    Random random = new Random(3);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(i * 1e-3) + random.nextFloat() * 0.2f;
    }
    NetworkGraph.OfTensorFlow graph =
        new NetworkGraph.OfTensorFlow(
            part.backbone().graph(),
            backbone.inputLayer(),
            Map.of("cut", part.cut(), "features", backbone.bottleneckLayer()));
    NetworkResult known;
    try (Network network = backbone.engine().open(graph, backbone.input(), Purpose.FEW_PHOTOS)) {
      known = network.run(pixels, 1);
    }
    float[] features = features(part.layers(), known.values("cut"));
    assertThat(features).hasSize(backbone.bottleneckSize());
    assertThat(furthest(features, known.values("features"))).isLessThan(1e-4f);

    for (Parameter parameter : part.layers().parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        parameter.values()[i] *= 0.9f + 0.2f * random.nextFloat();
      }
      parameter.publish();
    }
    float[] changed = features(part.layers(), known.values("cut"));
    assertThat(furthest(features, changed)).isGreaterThan(0.01f);
    GraphDef written =
        UpperLayersGraph.of(part.backbone(), part.cut(), part.layers(), backbone.bottleneckLayer());
    NetworkGraph.OfTensorFlow tuned =
        new NetworkGraph.OfTensorFlow(
            written, backbone.inputLayer(), Map.of("features", backbone.bottleneckLayer()));
    try (Network network = backbone.engine().open(tuned, backbone.input(), Purpose.FEW_PHOTOS)) {
      assertThat(furthest(changed, network.run(pixels, 1).values("features"))).isLessThan(1e-4f);
    }
  }

  private static float furthest(float[] some, float[] others) {
    float furthest = 0;
    for (int i = 0; i < some.length; i++) {
      furthest = Math.max(furthest, Math.abs(some[i] - others[i]));
    }
    return furthest;
  }

  private static float[] features(UpperLayers layers, float[] map) {
    try (MatrixProducts products = MatrixProducts.open()) {
      UpperLayersPass pass = new UpperLayersPass(layers, 1, products);
      int channels = layers.input().channels();
      for (int place = 0; place < layers.input().places(); place++) {
        System.arraycopy(map, place * channels, pass.cut()[place], 0, channels);
      }
      float[][] features = new float[1][layers.dimension()];
      pass.forward(1, features);
      return features[0];
    }
  }

  @Test
  void whereABackboneIsCut() {
    assertThat(TrainablePart.of(backbone("efficientnet_lite0_288")))
        .satisfies(
            part -> {
              assertThat(part.cut()).isEqualTo("block_10/residual");
              assertThat(part.layers().input()).isEqualTo(new MapShape(18, 18, 112));
            });
    assertThat(TrainablePart.of(backbone("mobilenet_0.25_224")))
        .satisfies(
            part -> {
              assertThat(part.cut()).isEqualTo("MobilenetV1/MobilenetV1/Conv2d_11_pointwise/Relu6");
              assertThat(part.layers().input()).isEqualTo(new MapShape(14, 14, 128));
            });
    assertThat(TrainablePart.of(backbone("efficientnet_lite0_288"), "block_7/residual").layers())
        .satisfies(layers -> assertThat(layers.input()).isEqualTo(new MapShape(18, 18, 80)));
  }

  @Test
  void aCutThatIsNotOnTheWayNamesThoseThatAre() {
    Backbone backbone = backbone("mobilenet_0.25_224");
    assertThatThrownBy(() -> TrainablePart.of(backbone, "somewhere"))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("cannot be cut there; it can at MobilenetV1/")
        .hasMessageContaining("Conv2d_12_depthwise/Relu6");
  }

  @Test
  void aBlockIsNotCutInsideOfItsResidual() {
    Backbone backbone = backbone("efficientnet_lite0_224");
    List<String> wrong = List.of("block_12/expand/relu6", "block_12/depthwise/relu6");
    for (String layer : wrong) {
      assertThatThrownBy(() -> TrainablePart.of(backbone, layer))
          .isInstanceOf(PupilException.class)
          .hasMessageContaining("block_12/residual");
    }
  }
}
