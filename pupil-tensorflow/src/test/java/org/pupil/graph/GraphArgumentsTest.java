package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.tensorflow.GraphSession;
import org.pupil.tensorflow.GraphSession.Preparation;

/** Each of these graphs ended the whole process, with Java in it, when it was loaded or run. */
class GraphArgumentsTest {
  private static final Map<String, AttrValue> FLOATS = Map.of("T", Nodes.type(DataType.DT_FLOAT));

  private static NodeDef floats(String name, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Nodes.constant(name, new float[size], shape);
  }

  private static NodeDef ints(String name, int value, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    int[] values = new int[size];
    Arrays.fill(values, value);
    return Nodes.constant(name, values, shape);
  }

  /** What a constant is, without its shape. */
  private static NodeDef hidden(String name, String source, DataType type) {
    AttrValue any =
        AttrValue.newBuilder().setShape(TensorShapeProto.newBuilder().setUnknownRank(true)).build();
    return Nodes.node(
        name, "PlaceholderWithDefault", Map.of("dtype", Nodes.type(type), "shape", any), source);
  }

  private static NodeDef splitV(String sizes, String axis) {
    return Nodes.node(
        "out",
        "SplitV",
        Map.of(
            "T", Nodes.type(DataType.DT_FLOAT),
            "Tlen", Nodes.type(DataType.DT_INT32),
            "num_split", Nodes.integer(1)),
        "x",
        sizes,
        axis);
  }

  private static NodeDef gather(int batchDimensions, String axis) {
    return Nodes.node(
        "out",
        "GatherV2",
        Map.of(
            "Tparams", Nodes.type(DataType.DT_FLOAT),
            "Tindices", Nodes.type(DataType.DT_INT32),
            "Taxis", Nodes.type(DataType.DT_INT32),
            "batch_dims", Nodes.integer(batchDimensions)),
        "x",
        "zero",
        axis);
  }

  private static NodeDef transpose(String x, String order) {
    return Nodes.node(
        "out",
        "Transpose",
        Map.of("T", Nodes.type(DataType.DT_FLOAT), "Tperm", Nodes.type(DataType.DT_INT32)),
        x,
        order);
  }

  private static NodeDef einsum(String equation) {
    return Nodes.node(
        "out",
        "Einsum",
        Map.of(
            "T", Nodes.type(DataType.DT_FLOAT),
            "N", Nodes.integer(2),
            "equation", AttrValue.newBuilder().setS(ByteString.copyFromUtf8(equation)).build()),
        "x",
        "x");
  }

  private static NodeDef fakeQuant(String x, String least, String most) {
    return Nodes.node("out", "FakeQuantWithMinMaxVarsPerChannel", Map.of(), x, least, most);
  }

  private static GraphDef graph(NodeDef out) {
    return GraphDef.newBuilder()
        .addNode(floats("x", 2, 3))
        .addNode(floats("number"))
        .addNode(floats("list", 3))
        .addNode(floats("block", 2, 1, 2, 1))
        .addNode(hidden("hiddenNumber", "number", DataType.DT_FLOAT))
        .addNode(hidden("hiddenBlock", "block", DataType.DT_FLOAT))
        .addNode(ints("zero", 0))
        .addNode(ints("far", 1 << 20))
        .addNode(ints("three", 3, 1))
        .addNode(ints("square", 1, 2, 2))
        .addNode(Nodes.constant("turned", new int[] {1, 0}, 2))
        .addNode(Nodes.constant("fromTheEnd", new int[] {-1, -2}, 2))
        .addNode(hidden("hiddenFar", "far", DataType.DT_INT32))
        .addNode(hidden("hiddenSquare", "square", DataType.DT_INT32))
        .addNode(Nodes.identity("sameZero", "zero", DataType.DT_INT32))
        .addNode(out)
        .build();
  }

  private static void assertRefused(NodeDef out) {
    for (Preparation preparation : Preparation.values()) {
      assertThatThrownBy(() -> GraphSession.open(graph(out), preparation).close())
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("\\w+ \\(\\w+\\) [^\n]+");
    }
  }

  private static void assertRuns(NodeDef out, int values) {
    try (GraphSession session = GraphSession.open(graph(out), Preparation.FOR_SPEED)) {
      assertThat(session.run("out").values()).hasSize(values);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hiddenFar", "far", "square", "hiddenSquare", "three"})
  void anAxisThatIsNoSmallNumberIsRefused(String axis) {
    assertRefused(splitV("three", axis));
    assertRefused(gather(0, axis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"square", "hiddenSquare", "zero", "far"})
  void sizesAndOrdersThatAreNoListsAreRefused(String list) {
    assertRefused(splitV(list, "zero"));
    assertRefused(transpose("x", list));
    assertRefused(transpose("hiddenNumber", list));
  }

  /** The order's length is compared with the number of dimensions only where that is known. */
  @Test
  void anOrderForAnyNumberOfDimensionsIsRefused() {
    assertRefused(transpose("hiddenBlock", "turned"));
  }

  /** TensorFlow's shapes know orders that count from the end; its rewriting of graphs does not. */
  @Test
  void anOrderThatCountsFromTheEndIsRefused() {
    assertRefused(transpose("x", "fromTheEnd"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16, 1000, -1})
  void gatheringInBatchesIsRefused(int batchDimensions) {
    assertRefused(gather(batchDimensions, "zero"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"...,...->...a", "ij,ij->ijk", "ij,ij->ii", "", "ij,jk->i k"})
  void anEquationThatMakesLettersOfNothingIsRefused(String equation) {
    assertRefused(einsum(equation));
  }

  @Test
  void theChannelsOfANumberAreNotQuantized() {
    assertRefused(fakeQuant("hiddenNumber", "list", "list"));
    assertRefused(fakeQuant("x", "list", "hiddenBlock"));
    assertRefused(fakeQuant("x", "hiddenBlock", "list"));
  }

  @Test
  void reversingIsNotOnTheList() {
    assertRefused(
        Nodes.node(
            "out",
            "ReverseV2",
            Map.of("T", Nodes.type(DataType.DT_FLOAT), "Tidx", Nodes.type(DataType.DT_INT32)),
            "hiddenNumber",
            "three"));
  }

  /** A placeholder's word for a shape counts only where TensorFlow can compare it. */
  @Test
  void aPlaceholderThatHidesWhatHasNoShapeIsRefused() {
    NodeDef lie =
        Nodes.node(
            "lie",
            "PlaceholderWithDefault",
            Map.of("dtype", Nodes.type(DataType.DT_FLOAT), "shape", Nodes.shape(3)),
            "hiddenNumber");
    GraphDef graph = graph(fakeQuant("lie", "list", "list")).toBuilder().addNode(lie).build();
    assertThatThrownBy(() -> GraphSession.open(graph, Preparation.FOR_QUICK_START))
        .hasMessageStartingWith("lie (PlaceholderWithDefault) takes a tensor whose number of");
  }

  @Test
  void whatNetworksHaveThereRuns() {
    assertRuns(gather(0, "zero"), 3);
    assertRuns(gather(0, "sameZero"), 3);
    assertRuns(transpose("x", "turned"), 6);
    assertRuns(einsum("ij,ij->j"), 3);
    assertRuns(fakeQuant("x", "list", "list"), 6);
    assertRuns(Nodes.node("out", "Relu", FLOATS, "hiddenBlock"), 4);
  }
}
