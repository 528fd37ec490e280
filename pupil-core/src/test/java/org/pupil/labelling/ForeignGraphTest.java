package org.pupil.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.dataset.Labels;
import org.pupil.dataset.PhotoSource;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.images.Alpha;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.VersionDef;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.model.TinyModel;
import org.pupil.network.NetworkEngine;

/** Graphs that Pupil did not make, and what a person says of them. */
class ForeignGraphTest {
  static final Labels THREE = new Labels(List.of("red", "green", "blue"));

  @TempDir Path folder;

  /** Gives the mean of each colour, and says nothing else: three labels. */
  static GraphDef graph(String input, String output, long... shape) {
    return with(TinyModel.placeholder(input, DataType.DT_FLOAT, shape), input, output);
  }

  static GraphDef with(NodeDef input, String inputName, String output) {
    return TinyModel.backboneGraph().toBuilder()
        .clearNode()
        .addNode(input)
        .addNode(TinyModel.ints("axes", 1, 2))
        .addNode(TinyModel.mean(output, inputName, "axes"))
        .build();
  }

  static NodeDef of(String name, String op) {
    return NodeDef.newBuilder().setName(name).setOp(op).build();
  }

  LabellingGraph model(GraphDef graph, Labels labels, Overrides overrides) throws IOException {
    Path file = Files.write(folder.resolve("g.pb"), graph.toByteArray());
    return LabellingGraph.of(Model.read(file), overrides.withLabels(labels));
  }

  LabellingGraph model(GraphDef graph) throws IOException {
    return model(graph, THREE, Overrides.NONE);
  }

  static Overrides layers(String input, String output) {
    return new Overrides(
        Optional.empty(),
        Optional.ofNullable(input),
        Optional.ofNullable(output),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Overrides pixels(int height, int width, float mean, float std) {
    return new Overrides(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.of(height),
        OptionalInt.of(width),
        Optional.of(PerChannel.of(mean)),
        Optional.of(PerChannel.of(std)),
        Optional.empty());
  }

  /** The same holds with other engines. */
  NetworkEngine engine() {
    return Engines.named(EngineName.ONNX);
  }

  List<LabelledPhoto> label(LabellingGraph model, int count) {
    List<LabelledPhoto> answers = new ArrayList<>();
    List<PhotoSource> photos =
        IntStream.range(0, count)
            .mapToObj(
                i -> PhotoSource.of("p" + i, () -> Pictures.png(5, 4, (x, y) -> i * 0x010203)))
            .toList();
    try (Labeller labeller = Labeller.open(model, engine(), 3, count)) {
      labeller.label(photos, answers::add);
    }
    return answers;
  }

  static void assertBadModel(ThrowingCallable action, String message) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .satisfies(e -> assertThat(e.getMessage()).contains(message).doesNotContain("\n"));
  }

  // --- what holds when nothing is said

  @Test
  void theInputLayerIsTheFirstOfTheOriginalsThatTheGraphHas() throws IOException {
    for (String name : List.of("Mul", "Placeholder", "input")) {
      assertThat(model(graph(name, "final_result", -1, 4, 5, 3)).inputLayer()).isEqualTo(name);
    }
    GraphDef all =
        graph("input", "final_result", -1, 4, 5, 3).toBuilder()
            .addNode(TinyModel.placeholder("Mul", DataType.DT_FLOAT, 1, 2, 3, 3))
            .addNode(TinyModel.placeholder("Placeholder", DataType.DT_FLOAT, 1, 2, 3, 3))
            .build();
    assertThat(model(all).inputLayer()).isEqualTo("input");
    assertThat(
            model(all.toBuilder().removeNode(0).removeNode(1).build(), THREE, layers(null, "Mul"))
                .inputLayer())
        .isEqualTo("Placeholder");
  }

  @Test
  void theSizeIsTheInputLayersOwn() throws IOException {
    assertThat(model(graph("input", "final_result", -1, 6, 7, 3)).input())
        .isEqualTo(new InputSpec(6, 7, 128, 128));
    assertThat(model(graph("input", "final_result", 1, 6, 7, 3)).input())
        .isEqualTo(new InputSpec(6, 7, 128, 128));
  }

  @Test
  void theSizeIs224WhereTheGraphLeavesItOpenAnd299ForInception() throws IOException {
    assertThat(model(graph("input", "final_result", -1, -1, -1, 3)).input())
        .isEqualTo(new InputSpec(224, 224, 128, 128));
    assertThat(model(graph("Mul", "final_result", -1, -1, -1, 3)).input())
        .isEqualTo(new InputSpec(299, 299, 128, 128));
    assertThat(model(graph("input", "final_result", -1, -1, 7, 3)).input())
        .isEqualTo(new InputSpec(224, 7, 128, 128));
  }

  @Test
  void theScalingIsToBetweenMinus1And1ButPlaceholderTakes0To1() throws IOException {
    assertThat(model(graph("Placeholder", "final_result", -1, 6, 7, 3)).input())
        .isEqualTo(new InputSpec(6, 7, 0, 255));
    assertThat(model(graph("Mul", "final_result", -1, 6, 7, 3)).input())
        .isEqualTo(new InputSpec(6, 7, 128, 128));
  }

  /** As the Python script did, with whose pixels the graph was taught. */
  @Test
  void aForeignGraphSeesNoTransparency() throws IOException {
    LabellingGraph model =
        model(graph("Placeholder", "scores", -1, -1, -1, 3), THREE, layers(null, "scores"));
    assertThat(model.alpha()).isEqualTo(Alpha.DROP);
  }

  @Test
  void whatAPersonSaysCountsMore() throws IOException {
    GraphDef open = graph("Placeholder", "scores", -1, -1, -1, 3);
    Overrides all =
        new Overrides(
            Optional.empty(),
            Optional.of("Placeholder:0"),
            Optional.of("scores:0"),
            OptionalInt.of(8),
            OptionalInt.of(9),
            Optional.of(PerChannel.of(1.5f)),
            Optional.of(PerChannel.of(2.5f)),
            Optional.of(Alpha.WHITE));
    LabellingGraph model = model(open, THREE, all);

    assertThat(model.inputLayer()).isEqualTo("Placeholder");
    assertThat(model.outputLayer()).isEqualTo("scores");
    assertThat(model.input()).isEqualTo(new InputSpec(8, 9, 1.5f, 2.5f));
    assertThat(model.alpha()).isEqualTo(Alpha.WHITE);
  }

  @Test
  void aModelOfPupilSaysItAllItself() {
    Model own = Model.read(TinyModel.written(folder));
    LabellingGraph model = LabellingGraph.of(own, Overrides.NONE);

    assertThat(model.inputLayer()).isEqualTo("Placeholder");
    assertThat(model.outputLayer()).isEqualTo("final_result");
    assertThat(model.input()).isEqualTo(new InputSpec(4, 5, 0, 255));
    assertThat(model.labels().names()).isEqualTo(TinyModel.LABELS);
    assertThat(Optional.of(model.alpha()))
        .isEqualTo(own.description().map(ModelDescription::alpha));
  }

  @Test
  void aModelOfPupilTakesOtherNamesForItsLabelsButAsMany() {
    Model own = Model.read(TinyModel.written(folder));
    assertThat(LabellingGraph.of(own, Overrides.NONE.withLabels(THREE)).labels()).isEqualTo(THREE);
    Labels two = new Labels(List.of("a", "b"));
    assertBadModel(
        () -> LabellingGraph.of(own, Overrides.NONE.withLabels(two)),
        "labels: there are 2 labels, but " + own.path() + " has 3: leave labels out");
  }

  @ParameterizedTest
  @CsvSource({
    "0,5,1,1,inputHeight must be 1 to 4096",
    "4,4097,1,1,inputWidth must be 1 to 4096",
    "4,5,NaN,1,inputMean must be finite",
    "4,5,1,0,inputStd must be finite and not 0",
    "4,5,1,Infinity,inputStd must be finite and not 0"
  })
  void impossiblePixelsAreWrongUsage(int height, int width, float mean, float std, String message) {
    assertThatThrownBy(() -> pixels(height, width, mean, std))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageStartingWith(message + ", was ");
  }

  // --- what cannot be

  @Test
  void withoutLabelsThereIsNothingToSay() throws IOException {
    Path file = Files.write(folder.resolve("g.pb"), graph("input", "x", -1, 4, 5, 3).toByteArray());
    assertBadModel(
        () -> LabellingGraph.of(Model.read(file), Overrides.NONE),
        file + " was not made by Pupil and carries no labels: give labels");
  }

  @Test
  void wrongLayersAreToldWithThoseThatThereAre() {
    GraphDef graph =
        graph("pixels", "scores", -1, 4, 5, 3).toBuilder()
            .addNode(of("init", "NoOp"))
            .addNode(TinyModel.ints("unused", 1))
            .build();
    assertBadModel(
        () -> model(graph),
        "g.pb has no node input: give inputLayer one of its nodes, such as pixels");
    assertBadModel(
        () -> model(graph, THREE, layers("pixels", "softmax")),
        "g.pb has no node softmax: give outputLayer one of its nodes, such as scores");
    // Only the first output of a node can be asked for.
    assertBadModel(() -> model(graph, THREE, layers("pixels", "scores:1")), "no node scores:1");
  }

  @Test
  void anInputOfImpossibleSizeIsRefusedBeforeMemoryIsTaken() {
    assertBadModel(
        () -> model(graph("input", "final_result", -1, 1L << 40, 5, 3)),
        "its input layer input takes images with a side of 1099511627776 pixels");
  }

  void assertUnusable(GraphDef graph, Overrides overrides, String message) throws IOException {
    LabellingGraph model = model(graph, THREE, overrides);
    assertBadModel(() -> Labeller.open(model, engine(), 1, 1), message);
  }

  @Test
  void layersOfOtherTypesAndShapesAreRefusedBeforeTheFirstPhoto() throws IOException {
    GraphDef good = graph("input", "final_result", -1, 4, 5, 3);
    NodeDef bytes = TinyModel.placeholder("input", DataType.DT_UINT8, -1, 4, 5, 3);
    NodeDef cast =
        of("cast", "Cast").toBuilder()
            .addInput("input")
            .putAttr("SrcT", TinyModel.type(DataType.DT_UINT8))
            .putAttr("DstT", TinyModel.type(DataType.DT_FLOAT))
            .build();
    assertUnusable(
        with(bytes, "cast", "final_result").toBuilder().addNode(1, cast).build(),
        Overrides.NONE,
        "the graph cannot be used: input is of type DT_UINT8, not DT_FLOAT");
    assertUnusable(good, layers(null, "axes"), "axes is of type ");
    assertUnusable(
        good.toBuilder().addNode(of("init", "NoOp")).build(),
        layers(null, "init"),
        "init (NoOp) has no output");
    assertUnusable(
        good.toBuilder()
            .clearNode()
            .addNode(TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 60))
            .addNode(TinyModel.node("final_result", "Relu", "input"))
            .build(),
        Overrides.NONE,
        "input takes values of 2 axes, not [n, height, width, 3]");
    assertUnusable(
        graph("input", "final_result", -1, 4, 5, 1),
        Overrides.NONE,
        "input takes 1 channels, not 3");
    assertUnusable(
        graph("input", "final_result", 7, 4, 5, 3), Overrides.NONE, "input takes 7 images, not 1");
    assertUnusable(good, pixels(4, 6, 0, 1), "input takes 5 columns, not 6");
    assertUnusable(good, pixels(3, 5, 0, 1), "input takes 4 rows, not 3");
  }

  @Test
  void whatIsNoGraphIsSaidInOneLine() throws IOException {
    GraphDef good = graph("input", "final_result", -1, 4, 5, 3);
    assertBadModel(
        () -> model(needing(good, of("x", "NoSuchOperation"))),
        "g.pb: x (NoSuchOperation) is an operation that Pupil does not run");
    assertBadModel(
        () -> model(good.toBuilder().addNode(TinyModel.node("x", "Relu", "missing")).build()),
        "g.pb is damaged: x takes missing, which is missing");
    assertBadModel(
        () -> model(good.toBuilder().addNode(TinyModel.node("input", "Relu", "input")).build()),
        "g.pb is damaged: two of its nodes are called input");
  }

  /** The last node of a graph waits for another. */
  static GraphDef needing(GraphDef graph, NodeDef node) {
    GraphDef.Builder more = graph.toBuilder();
    more.getNodeBuilder(more.getNodeCount() - 1).addInput("^" + node.getName());
    return more.addNode(node).build();
  }

  @Test
  void anotherNumberOfLabelsIsSeenBeforeTheFirstPhotoWhereItCanBe() throws IOException {
    LabellingGraph model =
        model(
            graph("input", "final_result", -1, 4, 5, 3),
            new Labels(List.of("a", "b")),
            Overrides.NONE);
    assertBadModel(
        () -> Labeller.open(model, engine(), 1, 1),
        "the model has 3 outputs, but there are 2 labels: give the labels file that was written"
            + " with the graph");
  }

  /** The shape of this output is known only to who computes it. */
  static GraphDef ofUnknownShape() {
    return graph("input", "means", -1, 4, 5, 3).toBuilder()
        .addNode(TinyModel.placeholder("anything", DataType.DT_INT32, -1))
        .addNode(
            of("shape", "PlaceholderWithDefault").toBuilder()
                .addInput("wanted")
                .putAttr("dtype", TinyModel.type(DataType.DT_INT32))
                .putAttr(
                    "shape",
                    TinyModel.placeholder("", DataType.DT_INT32, -1).getAttrOrThrow("shape"))
                .build())
        .addNode(TinyModel.ints("wanted", -1, 3))
        .addNode(
            TinyModel.node("final_result", "Reshape", "means", "shape").toBuilder()
                .putAttr("Tshape", TinyModel.type(DataType.DT_INT32))
                .build())
        .build();
  }

  @Test
  void anotherNumberOfLabelsIsSeenWhereTheShapeMustBeComputed() throws IOException {
    assertThat(label(model(ofUnknownShape()), 20)).hasSize(20);
    for (List<String> names : List.of(List.of("a", "b"), List.of("a", "b", "c", "d"))) {
      LabellingGraph model = model(ofUnknownShape(), new Labels(names), Overrides.NONE);
      assertBadModel(
          () -> Labeller.open(model, engine(), 2, 20),
          "the model has 3 outputs, but there are " + names.size() + " labels");
    }
  }

  @Test
  void aGraphWithAVariableIsABadModel() throws IOException {
    GraphDef unfrozen =
        graph("input", "means", -1, 4, 5, 3).toBuilder()
            .addNode(
                of("weights", "VariableV2").toBuilder()
                    .putAttr("dtype", TinyModel.type(DataType.DT_FLOAT))
                    .putAttr(
                        "shape",
                        TinyModel.placeholder("", DataType.DT_FLOAT, 3).getAttrOrThrow("shape"))
                    .build())
            .addNode(TinyModel.node("read", "Identity", "weights"))
            .addNode(TinyModel.node("final_result", "Add", "means", "read"))
            .build();
    assertBadModel(
        () -> model(unfrozen),
        "g.pb: weights (VariableV2) is a variable without a value; give a frozen graph");
  }

  @Test
  void whatOnnxRuntimeCannotRunIsNamed() throws IOException {
    GraphDef fed =
        graph("input", "means", -1, 4, 5, 3).toBuilder()
            .addNode(TinyModel.placeholder("more", DataType.DT_FLOAT, 3))
            .addNode(TinyModel.node("final_result", "Add", "means", "more"))
            .build();
    LabellingGraph model = model(fed);
    assertBadModel(
        () -> Labeller.open(model, Engines.named(EngineName.ONNX), 1, 1),
        "more (Placeholder) cannot be converted to ONNX: it is a second input, and only input is fed");
  }

  // --- graphs for one image

  private static double blue(LabelledPhoto answer) {
    return answer.labels().stream()
        .filter(label -> label.label().equals("blue"))
        .findFirst()
        .orElseThrow()
        .probability();
  }

  @Test
  void aGraphForOneImageGetsOneAtATime() throws IOException {
    // As in the originals' Inception: what is behind the pooling is shaped for one image.
    GraphDef one =
        graph("input", "means", 1, 4, 5, 3).toBuilder()
            .addNode(TinyModel.ints("shape", 1, 3))
            .addNode(
                TinyModel.node("final_result", "Reshape", "means", "shape").toBuilder()
                    .putAttr("Tshape", TinyModel.type(DataType.DT_INT32))
                    .build())
            .build();
    GraphDef anyInput =
        one.toBuilder()
            .setNode(0, TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3))
            .build();
    for (GraphDef graph : List.of(one, anyInput)) {
      List<LabelledPhoto> answers = label(model(graph), 21);
      assertThat(answers).hasSize(21);
      for (int i = 0; i < 21; i++) {
        assertThat(blue(answers.get(i))).isCloseTo((3 * i - 128) / 128.0, within(1e-6));
      }
    }
  }

  @Test
  void aGraphThatIsFedInItsMiddleWorksToo() throws IOException {
    GraphDef graph =
        graph("jpeg", "final_result", 1, 4, 5, 3).toBuilder()
            .addNode(1, TinyModel.node("Mul", "Mul", "jpeg", "jpeg"))
            .setNode(3, TinyModel.mean("final_result", "Mul", "axes"))
            .build();
    LabellingGraph model = model(graph, THREE, pixels(4, 5, 128, 128));
    assertThat(model.inputLayer()).isEqualTo("Mul");
    List<LabelledPhoto> answers = label(model, 10);
    assertThat(blue(answers.get(9))).isCloseTo((27 - 128) / 128.0, within(1e-6));
  }

  /**
   * The original's default, Inception of 2015, is full of an op that TensorFlow took back later.
   */
  @Test
  void anOpThatTensorFlowTookBackStillRunsInGraphsOfItsTime() throws IOException {
    GraphDef old =
        graph("Mul", "final_result", 1, 4, 5, 3).toBuilder()
            .addNode(1, floats("m", 0.5f, 0.25f, 0.125f))
            .addNode(2, floats("v", 1, 4, 16))
            .addNode(3, floats("beta", 0, 0, 7))
            .addNode(4, floats("gamma", 1, 2, 3))
            .addNode(
                5,
                TinyModel.node(
                        "norm",
                        "BatchNormWithGlobalNormalization",
                        "Mul",
                        "m",
                        "v",
                        "beta",
                        "gamma")
                    .toBuilder()
                    .putAttr("variance_epsilon", floatAttr(0))
                    .putAttr("scale_after_normalization", AttrValue.newBuilder().setB(true).build())
                    .build())
            .setNode(7, TinyModel.mean("final_result", "norm", "axes"))
            .setVersions(VersionDef.newBuilder().setProducer(8))
            .build();
    double blue = (27 - 128) / 128.0;
    assertThat(blue(label(model(old), 10).get(9)))
        .isCloseTo((blue - 0.125) / 4 * 3 + 7, within(1e-5));
  }

  private static AttrValue floatAttr(float value) {
    return AttrValue.newBuilder().setF(value).build();
  }

  private static NodeDef floats(String name, float... values) {
    NodeDef ints = TinyModel.ints(name, new int[values.length]);
    var tensor =
        ints.getAttrOrThrow("value").getTensor().toBuilder()
            .setDtype(DataType.DT_FLOAT)
            .clearIntVal();
    for (float value : values) {
      tensor.addFloatVal(value);
    }
    return ints.toBuilder()
        .putAttr("dtype", TinyModel.type(DataType.DT_FLOAT))
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }
}
