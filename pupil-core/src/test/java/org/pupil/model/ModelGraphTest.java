package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.Run;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.FunctionDefLibrary;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NameAttrList;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.OpDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.VersionDef;
import org.pupil.training.FinalLayer;

class ModelGraphTest {
  @TempDir Path folder;

  private GraphDef make() {
    return make(TinyModel.backbone(folder), TinyModel.layer(), TinyModel.description());
  }

  private static GraphDef make(Backbone backbone, FinalLayer layer, ModelDescription description) {
    return TinyModel.graphOf(Model.of(backbone, layer, description));
  }

  private static NodeDef node(GraphDef graph, String name) {
    return graph.getNodeList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static float[] run(GraphDef graph, String output, float[] pixels, InputSpec spec) {
    int count = pixels.length / spec.floats();
    return Run.graph(
        graph, "Placeholder", new Run.Images(count, spec.height(), spec.width(), pixels), output);
  }

  @Test
  void theNodesHaveTheNamesOfTheOriginalAndTheBackboneIsInAScopeOfItsOwn() {
    Map<String, String> ops = new LinkedHashMap<>();
    make().getNodeList().forEach(node -> ops.put(node.getName(), node.getOp()));

    assertThat(ops)
        .containsExactly(
            Map.entry("pupil/model", "Const"),
            Map.entry("Placeholder", "Placeholder"),
            Map.entry("input/mean", "Const"),
            Map.entry("input/scale", "Const"),
            Map.entry("input/centred", "Sub"),
            Map.entry("input/scaled", "Mul"),
            Map.entry("backbone/axes", "Const"),
            Map.entry("backbone/pooled", "Mean"),
            Map.entry("final_retrain_ops/weights/final_weights", "Const"),
            Map.entry("final_retrain_ops/biases/final_biases", "Const"),
            Map.entry("final_retrain_ops/Wx_plus_b/MatMul", "MatMul"),
            Map.entry("final_retrain_ops/Wx_plus_b/add", "Add"),
            Map.entry("final_result", "Softmax"));
  }

  @Test
  void theFirstNodeIsTheDescriptionAsAStringConstant() throws Exception {
    NodeDef first = make().getNode(0);
    TensorProto text = first.getAttrOrThrow("value").getTensor();

    assertThat(first.getOp()).isEqualTo("Const");
    assertThat(first.getAttrOrThrow("dtype").getType()).isEqualTo(DataType.DT_STRING);
    assertThat(text.getDtype()).isEqualTo(DataType.DT_STRING);
    assertThat(text.getTensorShape().getDimCount()).isZero();
    JsonNode json = new JsonMapper().readTree(text.getStringVal(0).toStringUtf8());
    assertThat(json.path("format").asInt()).isEqualTo(1);
    assertThat(json.path("labels").path(2).asText()).isEqualTo("wasp 2");
    assertThat(json.path("input_height").asInt()).isEqualTo(4);
    assertThat(json.path("provenance").path("test").path("cross_entropy").asDouble())
        .isEqualTo(0.25);
    assertThat(json.path("provenance").path("options").path("image_dir").asText())
        .isEqualTo("insects");
  }

  @Test
  void itGivesTheSoftmaxOfTheScaledPixelsForEveryImageOfABatch() {
    float[] pixels = TinyModel.images(3);
    float[] answers = run(make(), "final_result", pixels, TinyModel.INPUT);

    assertThat(answers).hasSize(9);
    for (int image = 0; image < 3; image++) {
      int floats = TinyModel.INPUT.floats();
      double[] expected =
          TinyModel.probabilities(Arrays.copyOfRange(pixels, image * floats, (image + 1) * floats));
      for (int label = 0; label < 3; label++) {
        assertThat((double) answers[image * 3 + label]).isCloseTo(expected[label], within(1e-6));
      }
    }
  }

  /** (x - mean) / std of 0 to 255, from [0, 1]: within what float32 can tell. */
  @Test
  void theBackboneSeesWhatItWouldSeeOfPhotos() {
    GraphDef graph = make();
    float[] pixels = TinyModel.images(1);
    float[] scaled = run(graph, "input/scaled", pixels, TinyModel.INPUT);

    for (int i = 0; i < pixels.length; i++) {
      double expected = (pixels[i] * 255.0 - 120) / 64;
      assertThat((double) scaled[i]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void aBackboneThatCallsAFunctionHasItsBodyInsteadAndKeepsItsVersions() {
    FunctionDef twice =
        FunctionDef.newBuilder()
            .setSignature(
                OpDef.newBuilder()
                    .setName("twice")
                    .addInputArg(OpDef.ArgDef.newBuilder().setName("x").setType(DataType.DT_FLOAT))
                    .addOutputArg(
                        OpDef.ArgDef.newBuilder().setName("y").setType(DataType.DT_FLOAT)))
            .addNodeDef(TinyModel.node("sum", "Add", "x", "x"))
            .putRet("y", "sum:z:0")
            .build();
    GraphDef.Builder calling = TinyModel.backboneGraph().toBuilder().clearNode();
    calling
        .setVersions(VersionDef.newBuilder().setProducer(1234))
        .setLibrary(FunctionDefLibrary.newBuilder().addFunction(twice))
        .addNode(TinyModel.placeholder("photos", DataType.DT_FLOAT, -1, -1, -1, 3))
        .addNode(TinyModel.ints("axes", 1, 2))
        .addNode(TinyModel.mean("once", "photos", "axes"))
        .addNode(
            NodeDef.newBuilder()
                .setName("pooled")
                .setOp("PartitionedCall")
                .addInput("once")
                .putAttr("Tin", types())
                .putAttr("Tout", types())
                .putAttr(
                    "f",
                    AttrValue.newBuilder()
                        .setFunc(NameAttrList.newBuilder().setName("twice"))
                        .build()));
    Backbone backbone = TinyModel.backbone(folder, calling.build());
    float[] pixels = TinyModel.images(1);
    GraphDef graph = make(backbone, TinyModel.layer(), TinyModel.description());

    assertThat(graph.getVersions().getProducer()).isEqualTo(1234);
    assertThat(graph.getLibrary().getFunctionList()).isEmpty();
    assertThat(graph.getNodeList()).extracting(NodeDef::getOp).doesNotContain("PartitionedCall");
    float[] bottleneck = run(graph, "backbone/pooled", pixels, TinyModel.INPUT);
    double red = IntStream.range(0, 20).mapToDouble(i -> pixels[3 * i]).average().orElseThrow();
    assertThat((double) bottleneck[0]).isCloseTo(2 * (red * 255 - 120) / 64, within(1e-6));
  }

  private static AttrValue types() {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_FLOAT))
        .build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "final result",
        "_final",
        "/final",
        "-final",
        "final:0",
        "^final",
        "final\\result",
        "final>result",
        "final,result",
        "fünf",
        "final\n",
        "Placeholder",
        "pupil/model",
        "input/mean",
        "input/other",
        "backbone/pooled",
        "backbone/",
        "final_retrain_ops/Wx_plus_b/add",
        "final_retrain_ops/x"
      })
  void anOutputsNameThatIsTakenOrImpossibleIsWrongUsage(String name) {
    assertThatThrownBy(() -> ModelGraph.checkFinalTensorName(name))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageStartingWith("finalTensorName must be ");
  }

  @Test
  void theDrawingHasAllNodesAndEdgesButNoLargeConstant() {
    int labels = 400;
    FinalLayer wide = new FinalLayer(3, new float[3 * labels], new float[labels]);
    ModelDescription d = TinyModel.description();
    List<String> names = IntStream.range(0, labels).mapToObj(i -> "label " + i).toList();
    Model model =
        Model.of(
            TinyModel.backbone(folder),
            wide,
            new ModelDescription(
                1, names, d.inputLayer(), d.outputLayer(), 4, 5, d.alpha(), d.provenance()));
    GraphDef drawing = model.drawing();
    Path file = folder.resolve("wide.pb");
    model.writeGraph(file);
    GraphDef whole = TinyModel.graphOf(Model.read(file));

    assertThat(drawing.getSerializedSize()).isLessThan(4096);
    assertThat(whole.getSerializedSize()).isGreaterThan(4096);
    assertThat(drawing.getNodeList().stream().map(NodeDef::getName))
        .containsExactlyElementsOf(whole.getNodeList().stream().map(NodeDef::getName).toList());
    assertThat(drawing.getNodeList().stream().map(NodeDef::getInputList))
        .containsExactlyElementsOf(
            whole.getNodeList().stream().map(NodeDef::getInputList).toList());
    NodeDef mean = node(drawing, "input/mean");
    assertThat(mean.toBuilder().removeAttr("_output_shapes").build())
        .isEqualTo(node(whole, "input/mean"));
    assertThat(node(drawing, "final_result").getAttrOrThrow("_output_shapes").getList())
        .isEqualTo(GraphShapes.attribute(new long[] {-1, labels}).getList());
  }

  @Test
  void theLabelsFileHasALabelALineInTheOrderOfTheOutputs() throws Exception {
    Path file = folder.resolve("new/labels.txt");
    TinyModel.model(folder).writeLabels(file);
    assertThat(Files.readString(file)).isEqualTo("ant\nbee\nwasp 2\n");
  }
}
