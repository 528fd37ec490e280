package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.Run.Images;
import org.pupil.backbone.fetch.TarFile;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.files.Sha256;
import org.pupil.graph.Nodes;
import org.pupil.graph.TinyGraph;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.NetworkEngine;

class CustomBackboneTest {
  @TempDir Path folder;

  private Path write(GraphDef graph) throws IOException {
    return Files.write(folder.resolve("own.pb"), graph.toByteArray());
  }

  private BackboneRequest request(Path graph) {
    return BackboneRequest.architecture(graph.toString(), folder);
  }

  BackboneRequest complete(GraphDef graph, String bottleneck) throws IOException {
    return request(write(graph))
        .withLayers(Optional.empty(), Optional.of(bottleneck))
        .withSize(4, 5)
        .withScaling(1, 2);
  }

  /** The same holds with other engines. */
  NetworkEngine engine() {
    return Engines.named(EngineName.ONNX);
  }

  Backbone resolve(BackboneRequest request) {
    return Catalogs.offline(engine()).resolve(request);
  }

  void assertBadModel(BackboneRequest request, String message) {
    assertThatThrownBy(() -> resolve(request))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aGraphOfTwoNodesIsABackbone() throws IOException {
    Path file = write(TinyGraph.pool("photos", "pooled"));
    Backbone backbone =
        resolve(
            request(file)
                .withLayers(Optional.of("photos"), Optional.of("pooled"))
                .withSize(4, 5)
                .withScaling(127.5f, 64));
    Images images = Images.counted(3, 4, 5);

    assertThat(backbone.name()).isEqualTo(file.toString());
    assertThat(backbone.input()).isEqualTo(new InputSpec(4, 5, 127.5f, 64));
    assertThat(backbone.inputLayer()).isEqualTo("photos");
    assertThat(backbone.bottleneckLayer()).isEqualTo("pooled");
    assertThat(backbone.bottleneckSize()).isEqualTo(3);
    assertThat(backbone.sha256()).isEqualTo(Sha256.of(file));
    assertThat(backbone.convMap()).contains("photos");
    assertThat(Run.backbone(backbone, images)).containsExactly(images.means(), within(1e-5f));
  }

  @Test
  void aMapOfOnePixelIsSqueezedAndAnyOtherIsRefusedWithCandidates() throws IOException {
    GraphDef graph =
        new TinyGraph()
            .images("in", -1, 1, 1)
            .node("Relu", "map", "in")
            .ints("axes", 1, 2)
            .mean("pooled", "map", "axes", false)
            .build();
    BackboneRequest request =
        request(write(graph)).withLayers(Optional.empty(), Optional.of("map")).withScaling(0, 1);

    Backbone onePixel = resolve(request.withSize(1, 1));

    assertThat(onePixel.bottleneckSize()).isEqualTo(3);
    assertThat(onePixel.bottleneckLayer()).isEqualTo("map/bottleneck");
    Images images = Images.counted(2, 1, 1);
    assertThat(Run.backbone(onePixel, images)).containsExactly(images.values);
    assertBadModel(
        request.withSize(1, 2),
        "bottleneckLayer map of "
            + folder.resolve("own.pb")
            + " gives [n,1,2,3] for images of 1 x 2; a bottleneck is [n,d]; pooled layers: pooled");
  }

  @Test
  void sizesAreTakenFromTheGraphWhereItHasThem() throws IOException {
    GraphDef graph =
        new TinyGraph()
            .images("in", -1, 6, 7)
            .ints("axes", 1, 2)
            .mean("out", "in", "axes", false)
            .build();
    BackboneRequest request =
        request(write(graph)).withLayers(Optional.empty(), Optional.of("out")).withScaling(0, 1);

    assertThat(resolve(request).input()).isEqualTo(new InputSpec(6, 7, 0, 1));
  }

  @Test
  void whatIsMissingIsAskedForByTheNameOfItsFlag() throws IOException {
    BackboneRequest plain = request(write(TinyGraph.pool("photos", "pooled")));

    assertThatThrownBy(() -> resolve(plain))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageEndingWith("needs bottleneckLayer; likely layers: pooled");
    BackboneRequest layered = plain.withLayers(Optional.empty(), Optional.of("pooled"));
    assertThatThrownBy(() -> resolve(layered)).hasMessageContaining("needs inputMean and inputStd");
    assertThatThrownBy(() -> resolve(layered.withScaling(0, 1)))
        .hasMessageEndingWith("takes images of any size: say which with inputHeight");

    GraphDef two = new TinyGraph().images("a", -1, 4, 4).images("b", -1, 8, 4).build();
    assertThatThrownBy(() -> resolve(request(write(two))))
        .hasMessageEndingWith(
            "needs inputLayer; inputs in it: a (float, [?,4,4,3]), b (float, [?,8,4,3])");
  }

  @Test
  void wrongNamesAreAnsweredWithTheRightOnes() throws IOException {
    BackboneRequest right = complete(TinyGraph.pool("photos", "pooled"), "pooled");
    Path file = folder.resolve("own.pb");

    assertBadModel(
        right.withLayers(Optional.of("input"), Optional.of("pooled")),
        "inputLayer input is not in " + file + "; inputs in it: photos (float, [?,?,?,3])");
    assertBadModel(
        right.withLayers(Optional.of("photos"), Optional.of("features")),
        "bottleneckLayer features is not in " + file + "; likely layers in it: pooled");
    assertBadModel(
        right.withLayers(Optional.of("photos"), Optional.of("^pooled")), "likely layers in it");
  }

  @Test
  void anInputThatTakesNoImagesIsRefused() throws IOException {
    GraphDef bytes = new TinyGraph().placeholder("in", DataType.DT_UINT8, -1, 4, 4, 3).build();
    GraphDef grey = new TinyGraph().placeholder("in", DataType.DT_FLOAT, -1, 4, 4, 1).build();

    assertBadModel(
        complete(bytes, "in").withLayers(Optional.of("in"), Optional.of("in")),
        "takes uint8, [?,4,4,3]; a backbone takes float, [n,height,width,3]");
    assertBadModel(
        complete(grey, "in").withLayers(Optional.of("in"), Optional.of("in")),
        "takes float, [?,4,4,1]");
  }

  @Test
  void aGraphThatIsNotFrozenOrNotFixedIsRefused() throws IOException {
    NodeDef variable =
        NodeDef.newBuilder()
            .setName("weights")
            .setOp("VariableV2")
            .putAttr("dtype", Nodes.type(DataType.DT_FLOAT))
            .putAttr("shape", Nodes.shape(3))
            .build();
    GraphDef unfrozen =
        new TinyGraph()
            .images("in", -1, 4, 5)
            .add(variable)
            .node("Mul", "out", "in", "weights")
            .build();
    NodeDef random =
        NodeDef.newBuilder()
            .setName("noise")
            .setOp("RandomUniform")
            .addInput("shape")
            .putAttr("T", Nodes.type(DataType.DT_INT32))
            .putAttr("dtype", Nodes.type(DataType.DT_FLOAT))
            .build();
    GraphDef noisy =
        new TinyGraph()
            .images("in", -1, 4, 5)
            .ints("shape", 3)
            .add(random)
            .node("Mul", "out", "in", "noise")
            .build();

    assertBadModel(
        complete(unfrozen, "out"), "own.pb: weights (VariableV2) is a variable without a value");
    assertBadModel(
        complete(noisy, "out"),
        "own.pb: noise (RandomUniform) is an operation that Pupil does not run");
  }

  @Test
  void anOperationThatNobodyKnowsIsRefusedInOneLine() throws IOException {
    GraphDef unknown = new TinyGraph().images("in", -1, 4, 5).node("Zauberei", "out", "in").build();

    assertBadModel(complete(unknown, "out"), "Zauberei");
  }

  @Test
  void theEngineThatRunsItIsKnown() throws IOException {
    assertThat(resolve(complete(TinyGraph.pool("in", "pooled"), "pooled")).engine().name())
        .isEqualTo(engine().name());
  }

  @Test
  void anInceptionOf2015TakesManyImagesFromModelDir() throws IOException {
    GraphDef graph =
        new TinyGraph()
            .producer(8)
            .add(
                NodeDef.newBuilder()
                    .setName("DecodeJpeg/contents")
                    .setOp("Placeholder")
                    .putAttr("dtype", Nodes.type(DataType.DT_STRING))
                    .build())
            .add(
                NodeDef.newBuilder()
                    .setName("DecodeJpeg")
                    .setOp("DecodeJpeg")
                    .addInput("DecodeJpeg/contents")
                    .build())
            .add(
                NodeDef.newBuilder()
                    .setName("Cast")
                    .setOp("Cast")
                    .addInput("DecodeJpeg")
                    .putAttr("SrcT", Nodes.type(DataType.DT_UINT8))
                    .putAttr("DstT", Nodes.type(DataType.DT_FLOAT))
                    .build())
            .floats("half", 0.5f)
            .node("Mul", "Mul", "Cast", "half")
            .add(
                NodeDef.newBuilder()
                    .setName("pool_3")
                    .setOp("AvgPool")
                    .addInput("Mul")
                    .putAttr("T", Nodes.type(DataType.DT_FLOAT))
                    .putAttr("ksize", Nodes.integers(1, 299, 299, 1))
                    .putAttr("strides", Nodes.integers(1, 1, 1, 1))
                    .putAttr(
                        "padding",
                        AttrValue.newBuilder()
                            .setS(com.google.protobuf.ByteString.copyFromUtf8("VALID"))
                            .build())
                    .build())
            .ints("pool_3/_reshape/shape", 1, 3)
            .add(
                NodeDef.newBuilder()
                    .setName("pool_3/_reshape")
                    .setOp("Reshape")
                    .addInput("pool_3")
                    .addInput("pool_3/_reshape/shape")
                    .putAttr("T", Nodes.type(DataType.DT_FLOAT))
                    .build())
            .build();
    new TarFile()
        .file("classify_image_graph_def.pb", graph.toByteArray())
        .file("cropped_panda.jpg", new byte[] {1})
        .writeTo(folder.resolve("inception-2015-12-05.tgz"));
    BackboneRequest request = BackboneRequest.architecture("inception_v3", folder);
    Images images = Images.counted(2, 299, 299);

    Backbone pooled = resolve(request);
    Backbone reshaped =
        resolve(request.withLayers(Optional.empty(), Optional.of("pool_3/_reshape:0")));

    assertThat(pooled.input()).isEqualTo(new InputSpec(299, 299, 128, 128));
    assertThat(pooled.inputLayer()).isEqualTo("Mul");
    assertThat(Run.backbone(pooled, images)).containsExactly(images.means(), within(1e-3f));
    assertThat(Run.backbone(reshaped, images)).containsExactly(images.means(), within(1e-3f));
  }

  @Test
  void aFileThatIsNoGraphIsRefusedInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.pb"), "I am not a graph\nat all\n");
    Path empty = Files.createFile(folder.resolve("empty.pb"));
    Path zeros = Files.write(folder.resolve("zeros.pb"), new byte[100]);

    assertBadModel(request(text), text + " is not a TensorFlow graph");
    assertBadModel(request(empty), empty + " is empty");
    assertBadModel(request(zeros), zeros + " is not a TensorFlow graph");
    assertThatThrownBy(() -> resolve(request(folder.resolve("none.pb"))))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
        .hasMessage("architecture " + folder.resolve("none.pb") + " does not exist");
    assertThatThrownBy(() -> resolve(BackboneRequest.architecture("no_such_architecture", folder)))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContaining("is not known");
  }

  @Test
  void aGraphCutOrFlippedAnywhereEndsInABackboneOrInOneLine() throws IOException {
    byte[] whole = TinyGraph.mobileNet(2).toByteArray();
    Random random = new Random(3);
    for (int i = 0; i < whole.length; i++) {
      byte[] bytes = i % 2 == 0 ? Arrays.copyOf(whole, i) : whole.clone();
      if (i % 2 == 1) {
        bytes[i] ^= (byte) (1 << random.nextInt(8));
      }
      Path file = Files.write(folder.resolve("own.pb"), bytes);
      try {
        Backbone backbone =
            resolve(
                request(file)
                    .withLayers(
                        Optional.empty(), Optional.of("MobilenetV1/Logits/AvgPool_1a/AvgPool"))
                    .withSize(4, 5)
                    .withScaling(0, 1));
        assertThat(backbone.bottleneckSize()).isPositive();
      } catch (PupilException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
  }
}
