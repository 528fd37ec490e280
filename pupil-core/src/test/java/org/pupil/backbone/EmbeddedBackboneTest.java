package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.backbone.Run.Images;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.files.Sha256;
import org.pupil.graph.GraphIndex;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.NodeDef;

class EmbeddedBackboneTest {
  private static final String MOBILENET_POOL = "MobilenetV1/Logits/AvgPool_1a/AvgPool";

  @TempDir Path modelDir;

  private Backbone resolve(String name) {
    return Catalogs.offline().resolve(BackboneRequest.architecture(name, modelDir));
  }

  @ParameterizedTest
  @EnumSource(EmbeddedGraph.class)
  void theRecordedHashIsThatOfTheGraph(EmbeddedGraph graph) {
    assertThat(graph.sha256()).isEqualTo(Sha256.of(graph.bytes())).matches("[0-9a-f]{64}");
  }

  @Test
  void theDefaultIsEfficientNetAt288() {
    Backbone backbone = resolve(BackboneCatalog.defaultArchitecture());

    assertThat(backbone.name()).isEqualTo("efficientnet_lite0_288");
    assertThat(backbone.input()).isEqualTo(new InputSpec(288, 288, 127, 128));
    assertThat(backbone.inputLayer()).isEqualTo("input");
    assertThat(backbone.bottleneckLayer()).isEqualTo("features");
    assertThat(backbone.bottleneckSize()).isEqualTo(1280);
    assertThat(backbone.convMap()).contains("head/relu6");
    assertThat(backbone.imageNetScores()).contains("logits");
    assertThat(backbone.sha256()).isEqualTo(EmbeddedGraph.EFFICIENTNET_LITE0.sha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"efficientnet_lite0_224", "mobilenet_0.25_224", "mobilenet_0.25_160"})
  void whatIsSaidWithoutReadingTheGraphIsWhatTheEngineFindsInIt(String name) {
    Backbone unread = resolve(name);
    Architecture architecture = ArchitectureNames.find(name).orElseThrow();
    EmbeddedGraph graph = architecture.embedded().orElseThrow();

    Backbone read =
        BackboneBuilder.build(
            new GraphIndex(graph.graph(), name),
            new BackboneBuilder.Plan(
                name,
                graph.sha256(),
                architecture.layers().input(),
                architecture.layers().features(),
                architecture.input(),
                Optional.empty(),
                Optional.of(architecture.layers().scores()),
                Engines.auto()));

    assertThat(unread.bottleneckSize()).isEqualTo(read.bottleneckSize());
    assertThat(unread.bottleneckLayer()).isEqualTo(read.bottleneckLayer());
    assertThat(unread.convMap()).isEqualTo(read.convMap());
    assertThat(unread.imageNetScores()).isEqualTo(read.imageNetScores());
    assertThat(unread.fingerprint()).isEqualTo(read.fingerprint());
    assertThat(Run.definition(unread)).isEqualTo(Run.definition(read));
  }

  @Test
  void theGraphHoldsOnlyWhatTheBottleneckNeeds() {
    List<NodeDef> nodes = Run.definition(resolve("efficientnet_lite0_224")).getNodeList();

    assertThat(nodes).extracting(NodeDef::getName).contains("input", "features");
    assertThat(nodes).extracting(NodeDef::getName).doesNotContain("logits", "logits/weights");
  }

  @Test
  void theFingerprintTellsApartWhatGivesOtherBottlenecks() {
    BackboneRequest plain = BackboneRequest.architecture("mobilenet_0.25_224", modelDir);
    BackboneCatalog catalog = Catalogs.offline();

    assertThat(
            List.of(
                catalog.resolve(plain).fingerprint(),
                catalog.resolve(plain.withSize(224, 225)).fingerprint(),
                catalog.resolve(plain.withSize(225, 224)).fingerprint(),
                catalog.resolve(plain.withScaling(127, 127.5f)).fingerprint(),
                catalog.resolve(plain.withScaling(127.5f, 127)).fingerprint(),
                catalog
                    .resolve(plain.withLayers(Optional.empty(), Optional.of("logits")))
                    .fingerprint(),
                resolve("mobilenet_0.25_192").fingerprint(),
                resolve("efficientnet_lite0_224").fingerprint()))
        .doesNotHaveDuplicates();
    assertThat(resolve("MOBILENET_0.25_224").fingerprint())
        .isEqualTo(catalog.resolve(plain).fingerprint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"logits", "MobilenetV1/Predictions/Reshape", "MobilenetV1/Predictions/Reshape:0"})
  void theOriginals1001ScoresCanBeTheBottleneck(String layer) {
    Backbone backbone =
        Catalogs.offline()
            .resolve(
                BackboneRequest.architecture("mobilenet_0.25_224", modelDir)
                    .withLayers(Optional.empty(), Optional.of(layer)));

    assertThat(backbone.bottleneckSize()).isEqualTo(1001);
    assertThat(backbone.bottleneckLayer()).isEqualTo("MobilenetV1/Predictions/Reshape");
    assertThat(Run.backbone(backbone, Images.counted(2, 224, 224))).hasSize(2002);
  }

  @Test
  void anEmbeddedBackboneTakesOtherSizesAndSides() {
    Backbone backbone =
        Catalogs.offline()
            .resolve(
                BackboneRequest.architecture("mobilenet_0.25_224", modelDir).withSize(96, 100));

    assertThat(backbone.input()).isEqualTo(new InputSpec(96, 100, 127.5f, 127.5f));
    assertThat(Run.backbone(backbone, Images.counted(3, 96, 100))).hasSize(3 * 256);
    assertThatThrownBy(
            () ->
                Catalogs.offline()
                    .resolve(
                        BackboneRequest.architecture("mobilenet_0.25_224", modelDir)
                            .withSize(96, 31)))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("must be at least 32");
  }

  @Test
  void aWrongLayerNamesTheLikelyOnes() {
    BackboneRequest request = BackboneRequest.architecture("mobilenet_0.25_224", modelDir);

    assertThatThrownBy(
            () ->
                Catalogs.offline()
                    .resolve(request.withLayers(Optional.empty(), Optional.of("pool"))))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL))
        .hasMessage(
            "bottleneckLayer pool is not in mobilenet_0.25_224; likely layers in it: "
                + MOBILENET_POOL
                + ", MobilenetV1/Predictions/Reshape_1");
    assertThatThrownBy(
            () ->
                Catalogs.offline()
                    .resolve(request.withLayers(Optional.of("Mul"), Optional.empty())))
        .hasMessage(
            "inputLayer Mul is not in mobilenet_0.25_224; inputs in it: input (float, [?,?,?,3])");
    assertThatThrownBy(
            () ->
                Catalogs.offline()
                    .resolve(
                        request.withLayers(
                            Optional.empty(),
                            Optional.of("MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6"))))
        .hasMessageContaining("gives [n,7,7,256] for images of 224 x 224; a bottleneck is [n,d]")
        .hasMessageContaining(MOBILENET_POOL);
  }
}
