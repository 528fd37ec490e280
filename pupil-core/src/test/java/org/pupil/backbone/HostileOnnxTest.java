package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.FunctionProto;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.OperatorSetIdProto;
import org.pupil.onnx.proto.StringStringEntryProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorProto.DataType;
import org.pupil.onnx.proto.TensorShapeProto;
import org.pupil.onnx.proto.TypeProto;
import org.pupil.onnx.proto.ValueInfoProto;

/** {@code .onnx} files that nobody should have made: each is refused in one line. */
class HostileOnnxTest {
  @TempDir Path folder;

  /** The mean over each colour: [1,3,8,8] to [1,3,1,1]. */
  private static ModelProto.Builder good() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(
            GraphProto.newBuilder()
                .setName("g")
                .addInput(value("image", DataType.FLOAT, 1, 3, 8, 8))
                .addNode(node("GlobalAveragePool", "pooled", "image"))
                .addOutput(value("pooled", DataType.FLOAT, 1, 3, 1, 1)));
  }

  private static ValueInfoProto value(String name, DataType type, long... lengths) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long length : lengths) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private static NodeProto node(String operation, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operation)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto.Builder weights(String name, DataType type, int bytes, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(new byte[bytes]));
    Arrays.stream(dims).forEach(tensor::addDims);
    return tensor;
  }

  private static TensorProto numbers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return tensor.build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static NodeProto whole(String output, String input) {
    return node("Cast", output, input).toBuilder()
        .addAttribute(integer("to", DataType.INT64_VALUE))
        .build();
  }

  /** Whole numbers {@code n}, which the photo decides, and another node of them. */
  private static ModelProto ofWhole(NodeProto last, Consumer<GraphProto.Builder> more) {
    return with(last, graph -> more.accept(graph.addNode(1, whole("n", "pooled"))));
  }

  /** Behind the mean comes another node, whose output is the only one. */
  private static ModelProto with(NodeProto last, Consumer<GraphProto.Builder> more) {
    ModelProto.Builder model = good();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addNode(last);
    graph.setOutput(0, value(last.getOutput(0), DataType.FLOAT, 1, 3));
    more.accept(graph);
    return model.build();
  }

  private static ModelProto with(NodeProto last) {
    return with(last, graph -> {});
  }

  private static Arguments refused(String what, ModelProto model, String message) {
    return Arguments.of(what, model, message);
  }

  static Stream<Arguments> files() {
    AttributeProto branch =
        AttributeProto.newBuilder()
            .setName("then_branch")
            .setG(GraphProto.newBuilder().addNode(node("Relu", "y", "x")))
            .build();
    TensorProto external =
        weights("w", DataType.FLOAT, 0, 3)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("../../etc/passwd"))
            .build();
    return Stream.of(
        refused(
            "empty graph", good().clearGraph().build(), "is not an ONNX model: it has no nodes"),
        refused("no operator set", good().clearOpsetImport().build(), "names no operator set"),
        refused("old operator set", opset(6), "is of ONNX operator set 6; supported are 7 to "),
        refused("future operator set", opset(99), "is of ONNX operator set 99; supported are 7 to"),
        refused("future format", good().setIrVersion(99).build(), "is of ONNX IR version 99"),
        refused(
            "external data",
            with(node("Add", "y", "pooled", "w"), graph -> graph.addInitializer(external)),
            "keeps its weights in another file: make it one file"),
        refused(
            "external data in a constant",
            with(
                node("Constant", "y").toBuilder()
                    .addAttribute(AttributeProto.newBuilder().setName("value").setT(external))
                    .build()),
            "keeps its weights in another file"),
        refused(
            "float16",
            with(
                node("Add", "y", "pooled", "w"),
                graph -> graph.addInitializer(weights("w", DataType.FLOAT16, 6, 3))),
            "has weights of type float16 (w): export the network in float32"),
        refused(
            "int8",
            with(
                node("DequantizeLinear", "y", "w", "s"),
                graph -> graph.addInitializer(weights("w", DataType.INT8, 3, 3))),
            "has weights of type int8 (w): give the network as it was before it was quantized"),
        refused(
            "unknown type",
            with(
                node("Add", "y", "pooled", "w"),
                graph -> graph.addInitializer(weights("w", DataType.FLOAT, 6, 3).setDataType(77))),
            "has weights of type undefined"),
        refused(
            "weights that are cut",
            with(
                node("Add", "y", "pooled", "w"),
                graph -> graph.addInitializer(weights("w", DataType.FLOAT, 8, 3))),
            "its weights w: a constant has 2 numbers for the shape [3]"),
        refused(
            "a huge shape with no numbers",
            with(
                node("Add", "y", "pooled", "w"),
                graph -> graph.addInitializer(weights("w", DataType.FLOAT, 0, 1L << 40, 1L << 40))),
            "elements"),
        refused("unknown operation", with(node("Fly", "y", "pooled")), "y (Fly) is an operation"),
        refused("random", with(node("RandomNormalLike", "y", "pooled")), "that Pupil does not run"),
        refused(
            "strange domain",
            with(node("Gelu", "y", "pooled").toBuilder().setDomain("com.microsoft").build()),
            "y (Gelu) is of the domain com.microsoft: export"),
        refused(
            "local function",
            good()
                .setGraph(
                    with(node("F", "y", "pooled").toBuilder().setDomain("mine").build()).getGraph())
                .addFunctions(FunctionProto.newBuilder().setName("F").setDomain("mine"))
                .build(),
            "a function of the file itself"),
        refused(
            "branch",
            with(node("If", "y", "pooled").toBuilder().addAttribute(branch).build()),
            "y (If) has branches or loops"),
        refused("loop", with(node("Loop", "y", "pooled")), "y (Loop) has branches or loops"),
        refused("scan", with(node("Scan", "y", "pooled")), "y (Scan) has branches or loops"),
        refused(
            "hidden graph",
            with(node("Relu", "y", "pooled").toBuilder().addAttribute(branch).build()),
            "y (Relu) has a graph inside"),
        refused(
            "a second input that is used",
            with(
                node("Add", "y", "pooled", "text"),
                graph -> graph.addInput(value("text", DataType.FLOAT, 1, 3, 1, 1))),
            "has 2 inputs: say which takes photos with inputLayer"),
        refused("float16 input", input(DataType.FLOAT16, 1, 3, 8, 8), "image takes float16"),
        refused("bytes as input", input(DataType.UINT8, 1, 3, 8, 8), "image takes uint8"),
        refused("grey images", input(DataType.FLOAT, 1, 1, 8, 8), "without 3 channels"),
        refused("texts", input(DataType.FLOAT, 1, 77), "takes values of [1,77], not images"),
        refused("a batch", input(DataType.FLOAT, 16, 3, 8, 8), "takes 16 images at a time"),
        refused(
            "a huge image", input(DataType.FLOAT, 1, 3, 100_000, 8), "the largest possible side"),
        refused(
            "a cycle",
            with(node("Add", "y", "pooled", "z"), graph -> graph.addNode(node("Relu", "z", "y"))),
            "y (Add) cannot be run: it takes z, which nothing before it gives"),
        refused(
            "two tensors of one name",
            with(node("Relu", "pooled", "pooled")),
            "pooled does not depend on the input image"),
        refused(
            "nothing of the photo",
            with(
                node("Relu", "y", "w"),
                graph -> graph.addInitializer(weights("w", DataType.FLOAT, 12, 1, 3))),
            "y does not depend on the input image"),
        refused(
            "a size that the photo decides",
            with(
                node("Reshape", "y", "pooled", "n"),
                graph ->
                    graph.addNode(
                        1,
                        node("Cast", "n", "pooled").toBuilder()
                            .addAttribute(
                                AttributeProto.newBuilder()
                                    .setName("to")
                                    .setType(AttributeProto.AttributeType.INT)
                                    .setI(DataType.INT64.getNumber()))
                            .build())),
            "y (Reshape) cannot be run: a size depends on what is on the photo"),
        refused(
            "a million pixels out of one",
            with(
                node("Expand", "y", "pooled", "n"),
                graph -> graph.addInitializer(numbers("n", 1, 3, 1 << 20, 1 << 20))),
            "y (Expand) cannot be run: its result"),
        refused(
            "negative sizes",
            with(
                node("Expand", "y", "pooled", "n"),
                graph -> graph.addInitializer(numbers("n", 1, 3, -5, Long.MIN_VALUE))),
            "y (Expand) cannot be run"),
        refused(
            "repeats that overflow",
            with(
                node("Tile", "y", "pooled", "n"),
                graph -> graph.addInitializer(numbers("n", 1, Long.MAX_VALUE, 1, 1))),
            "y (Tile) cannot be run: its numbers cannot be"),
        refused(
            "forty axes",
            with(
                node("Reshape", "y", "pooled", "n"),
                graph -> {
                  long[] lengths = new long[40];
                  Arrays.fill(lengths, 1);
                  lengths[1] = 3;
                  graph.addInitializer(numbers("n", lengths));
                }),
            "y (Reshape) cannot be run: its result has 40 axes; 32 are the most"),
        refused(
            "two weights of one name",
            with(
                node("Mul", "y", "pooled", "w"),
                graph ->
                    graph
                        .addInitializer(weights("w", DataType.FLOAT, 12, 3, 1, 1))
                        .addInitializer(weights("w", DataType.FLOAT, 4, 1))),
            "its weights w: there are two tensors of that name"),
        refused(
            "what only ONNX Runtime refuses",
            with(node("Gelu", "y", "pooled")),
            "ONNX Runtime does not accept the graph: export the network anew, or take another; ONNX"
                + " Runtime says: "),
        refused(
            "what only ONNX Runtime refuses when it runs",
            with(
                node("Gather", "y", "pooled", "far"),
                graph -> graph.addInitializer(numbers("far", 99))),
            "ONNX Runtime cannot run the graph: export the network anew, or take another; "),
        refused(
            "more outputs than anybody looks at",
            with(
                node("Relu", "y", "pooled"),
                graph -> {
                  for (int i = 0; i < 64; i++) {
                    graph.addOutput(value("y", DataType.FLOAT, 1, 3));
                  }
                }),
            "has several outputs: choose one with "),
        refused("a tensor that doubles", doubling(), "cannot be run: its result"),
        refused("many large tensors at once", hoarding(), "million numbers at a time"),
        refused(
            "not a number",
            with(node("Log", "a", "pooled"), HostileOnnxTest::minusOne),
            "no finite number"),
        refused(
            "whole numbers divided by 0",
            ofWhole(
                node("Div", "y", "n", "w"), graph -> graph.addInitializer(numbers("w", 2, 0, 3))),
            "y (Div) cannot be run: it divides a size by 0"),
        refused(
            "whole numbers divided by what the photo decides",
            ofWhole(node("Mod", "y", "n", "n"), graph -> {}),
            "y (Mod) cannot be run: it divides whole numbers by some that are not known"),
        refused(
            "the smallest number divided by -1",
            ofWhole(node("Div", "y", "n", "w"), graph -> graph.addInitializer(numbers("w", -1))),
            "y (Div) cannot be run: it divides whole numbers that are not known by -1"),
        refused(
            "a product that is 0 in 64 bits",
            ofWhole(
                node("Div", "y", "n", "product"),
                graph ->
                    graph
                        .addInitializer(numbers("w", 1L << 32))
                        .addNode(1, node("Mul", "product", "w", "w"))),
            "y (Div) cannot be run: it divides whole numbers by some that are not known"),
        refused(
            "a half that is 0 as a whole number",
            ofWhole(
                node("Div", "y", "n", "half"),
                graph ->
                    graph
                        .addInitializer(numbers("two", 2))
                        .addInitializer(numbers("less", -1))
                        .addNode(1, node("Pow", "half", "two", "less"))),
            "y (Div) cannot be run: it divides whole numbers by some that are not known"),
        refused(
            "a sum that is smaller in 32 bits",
            ofWhole(
                node("Div", "y", "n", "one"),
                graph ->
                    graph
                        .addInitializer(floats("large", 1 << 24))
                        .addInitializer(floats("little", 1))
                        .addNode(1, node("Add", "sum", "large", "little"))
                        .addNode(2, node("Sub", "rest", "sum", "large"))
                        .addNode(3, whole("one", "rest"))),
            "y (Div) cannot be run: it divides a size by 0"),
        refused(
            "an input that is left out",
            with(node("Max", "y", "pooled", "", "pooled"), graph -> {}),
            "y (Max) cannot be run: it lacks its input 2"),
        refused(
            "a sum along no axis",
            with(
                node("CumSum", "y", "pooled", "none"),
                graph -> graph.addInitializer(numbers("none"))),
            "y (CumSum) cannot be run: its axis is not one number, but [0]"),
        refused(
            "a diagonal far outside",
            with(
                node("Trilu", "y", "pooled", "k"),
                graph -> graph.addInitializer(numbers("k", Long.MIN_VALUE))),
            "y (Trilu) cannot be run: its diagonal does not fit values of [1,3,1,1]"),
        refused(
            "no groups",
            with(
                node("GroupNormalization", "y", "pooled", "w", "w").toBuilder()
                    .addAttribute(integer("num_groups", 0))
                    .build(),
                graph -> graph.addInitializer(weights("w", DataType.FLOAT, 12, 3))),
            "y (GroupNormalization) cannot be run: its num_groups 0 does not fit"),
        refused(
            "more axes of a batch than there are",
            with(
                node("GatherND", "y", "pooled", "w").toBuilder()
                    .addAttribute(integer("batch_dims", 2))
                    .build(),
                graph -> graph.addInitializer(numbers("w", 1, 3))),
            "y (GatherND) cannot be run: it has no axis 2"),
        refused(
            "slopes that make the result larger",
            with(
                node("PRelu", "y", "pooled", "w"),
                graph -> graph.addInitializer(weights("w", DataType.FLOAT, 16, 4))),
            "y (PRelu) cannot be run: its slopes of [4] do not fit values of [1,3,1,1]"),
        refused(
            "a switch that is neither on nor off",
            with(
                node("ReduceMax", "y", "pooled").toBuilder()
                    .addAttribute(integer("noop_with_empty_axes", 3))
                    .build()),
            "y (ReduceMax) cannot be run: its noop_with_empty_axes must be 0 or 1, was 3"),
        refused(
            "an attribute of another type",
            with(
                node("Concat", "y", "pooled", "pooled").toBuilder()
                    .addAttribute(integer("axis", 1).toBuilder().clearType())
                    .build()),
            "y (Concat) cannot be run: its attribute axis is of type UNDEFINED, not INT"),
        refused(
            "an attribute twice",
            with(
                node("Concat", "y", "pooled", "pooled").toBuilder()
                    .addAttribute(integer("axis", 1))
                    .addAttribute(integer("axis", 2))
                    .build()),
            "y (Concat) cannot be run: it has two attributes axis"),
        refused(
            "more inputs than anybody joins",
            with(
                node("Max", "y", "pooled").toBuilder()
                    .addAllInput(Collections.nCopies(10_000, "pooled"))
                    .build()),
            "y (Max) cannot be run: it has 10001 inputs; 10000 are the most"),
        refused(
            "nothing of images",
            with(
                node("Expand", "y", "pooled", "n"),
                graph -> graph.addInitializer(numbers("n", 1, 3, 0, 1))),
            "y (Expand) cannot be run: its result [1,3,0,1] has no numbers"),
        refused(
            "too many nodes",
            with(
                node("Relu", "y", "pooled"),
                graph -> {
                  for (int i = 0; i < 50_001; i++) {
                    graph.addNode(node("Relu", "r" + i, "pooled"));
                  }
                }),
            "nodes; a network for photos has 50000 at most"),
        refused(
            "a name that breaks the line",
            with(node("Relu", "y\n\u001b[31m", "pooled")),
            "has a tensor whose name cannot be printed: y??[31m"),
        refused(
            "an endless name",
            with(node("Relu", "y".repeat(100_000), "pooled")),
            "has a tensor whose name cannot be printed: yyyy"),
        refused(
            "endless numbers",
            with(
                node("Reshape", "y", "pooled", "n"),
                graph -> graph.addInitializer(numbers("n", new long[4000]))),
            "y (Reshape) cannot be run: "));
  }

  private static TensorProto floats(String name, float value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataType.FLOAT_VALUE)
        .addDims(1)
        .addFloatData(value)
        .build();
  }

  /** Log of -1. */
  private static void minusOne(GraphProto.Builder graph) {
    graph.addInitializer(weights("w", DataType.FLOAT, 0, 1).clearRawData().addFloatData(-1));
    graph.setNode(1, node("Mul", "minus", "pooled", "w"));
    graph.addNode(node("Sub", "less", "minus", "one"));
    graph.addInitializer(weights("one", DataType.FLOAT, 0, 1).clearRawData().addFloatData(1000));
    graph.addNode(node("Log", "a", "less"));
  }

  private static ModelProto opset(long version) {
    return good()
        .clearOpsetImport()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version))
        .build();
  }

  private static ModelProto input(DataType type, long... lengths) {
    ModelProto.Builder model = good();
    model.getGraphBuilder().setInput(0, value("image", type, lengths));
    return model.build();
  }

  private static ModelProto doubling() {
    ModelProto.Builder model = good();
    GraphProto.Builder graph = model.getGraphBuilder();
    AttributeProto axis = integer("axis", 1);
    String last = "pooled";
    for (int i = 0; i < 60; i++) {
      graph.addNode(node("Concat", "c" + i, last, last).toBuilder().addAttribute(axis));
      last = "c" + i;
    }
    graph.setOutput(0, value(last, DataType.FLOAT, 1, 3));
    return model.build();
  }

  /** Each is as large as may be, and all are needed at the end. */
  private static ModelProto hoarding() {
    ModelProto.Builder model = good();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addInitializer(numbers("n", 1, 3, 8000, 8000));
    NodeProto.Builder sum = NodeProto.newBuilder().setOpType("Sum").addOutput("y");
    for (int i = 0; i < 20; i++) {
      graph.addNode(node("Expand", "e" + i, "pooled", "n"));
      sum.addInput("e" + i);
    }
    graph.addNode(sum);
    graph.setOutput(0, value("y", DataType.FLOAT, 1, 3));
    return model.build();
  }

  private Backbone resolve(Path file) {
    return Catalogs.offline()
        .resolve(
            BackboneRequest.architecture(file.toString(), folder)
                .withLayers(Optional.empty(), Optional.empty())
                .withScaling(0, 255));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isRefusedInOneLine(String what, ModelProto model, String message) throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), model.toByteArray());

    assertThatThrownBy(() -> resolve(file))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(600));
  }

  @Test
  void theGoodOneThatTheyAreMadeOfIsTaken() throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), good().build().toByteArray());

    assertThat(resolve(file).bottleneckSize()).isEqualTo(3);
  }

  /** ONNX Runtime itself would end the process. */
  @Test
  void aNameOfAnInputThatIsLeftOutAtTheEndIsNoMatter() throws IOException {
    ModelProto model =
        with(
            node("LayerNormalization", "y", "pooled", "w", "").toBuilder()
                .addAttribute(integer("axis", 1))
                .build(),
            graph -> graph.addInitializer(weights("w", DataType.FLOAT, 12, 3, 1, 1)));

    assertThat(resolve(Files.write(folder.resolve("m.onnx"), model.toByteArray())).bottleneckSize())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 9, 11, 13, 15, 18, 20, 21, 22, 23})
  void everySupportedOperatorSetIsRun(long version) throws IOException {
    ModelProto model = opset(version).toBuilder().setIrVersion(version > 22 ? 11 : 8).build();

    assertThat(resolve(Files.write(folder.resolve("m.onnx"), model.toByteArray())).bottleneckSize())
        .isEqualTo(3);
  }

  @Test
  void whatIsNoOnnxAtAllIsSaidPlainly() throws IOException {
    for (byte[] content :
        new byte[][] {
          "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8),
          new byte[1000],
          {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
          {}
        }) {
      Path file = Files.write(folder.resolve("m.onnx"), content);
      assertThatThrownBy(() -> resolve(file))
          .isInstanceOf(PupilException.class)
          .satisfies(
              e -> assertThat(e.getMessage()).containsAnyOf("not an ONNX model", "is empty"));
    }
    Path nowhere = folder.resolve("none.onnx");
    assertThatThrownBy(() -> resolve(nowhere)).hasMessageEndingWith(nowhere + " does not exist");
  }

  /** A cut or a flipped bit is refused, or leaves a network; nothing else is thrown. */
  @Test
  void damageIsRefusedOrHarmless() throws IOException {
    byte[] whole =
        with(
                node("Conv", "y", "image", "w"),
                graph -> graph.addInitializer(weights("w", DataType.FLOAT, 4 * 27, 1, 3, 3, 3)))
            .toByteArray();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] damaged = whole.clone();
      if (i < whole.length) {
        damaged = Arrays.copyOf(whole, i);
      } else {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        resolve(Files.write(folder.resolve("m.onnx"), damaged));
      } catch (PupilException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }
}
