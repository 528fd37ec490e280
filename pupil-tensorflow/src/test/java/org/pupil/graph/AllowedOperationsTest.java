package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.SharedFolder;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.FunctionDefLibrary;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NameAttrList;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.OpDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.tensorflow.Feed;
import org.pupil.tensorflow.GraphRunException;
import org.pupil.tensorflow.GraphSession;
import org.pupil.tensorflow.GraphSession.Preparation;
import org.pupil.tensorflow.NativeLibrary;
import org.tensorflow.TensorFlow;

class AllowedOperationsTest {
  @TempDir Path folder;

  /** {@code y = x * weights}, and what else is spliced in. */
  private static GraphDef.Builder product() {
    return GraphDef.newBuilder()
        .addNode(Nodes.placeholder("x", -1, 2))
        .addNode(Nodes.constant("weights", new float[] {1, 2, 3, 4}, 2, 2))
        .addNode(Nodes.operation("y", "MatMul", "x", "weights"));
  }

  /** The product, whose result waits for a node. */
  private static GraphDef with(NodeDef node, NodeDef... itsInputs) {
    GraphDef.Builder graph = product();
    graph.getNodeBuilder(2).addInput("^" + node.getName());
    return graph.addAllNode(List.of(itsInputs)).addNode(node).build();
  }

  private static void assertRefused(GraphDef graph, String message) {
    for (Preparation preparation : Preparation.values()) {
      assertThatThrownBy(() -> GraphSession.open(graph, preparation))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message)
          .hasMessageNotContaining("\n");
    }
  }

  private static float[] run(GraphDef graph) {
    try (GraphSession session = GraphSession.open(graph, Preparation.FOR_QUICK_START)) {
      return session.run("y", Feed.floats("x", new float[] {1, 1}, 1, 2)).values();
    }
  }

  private static List<NodeDef> whatIsWritten(Path file) {
    return List.of(
        Nodes.constant("path", file.toString()), Nodes.constant("content", "was here\n"));
  }

  @Test
  void aNodeThatWritesAFileIsRefusedWithItsNameAndWritesNothing() {
    Path victim = folder.resolve("victim");
    NodeDef[] inputs = whatIsWritten(victim).toArray(NodeDef[]::new);
    assertRefused(
        with(Nodes.node("evil", "WriteFile", Map.of(), "path", "content"), inputs),
        "evil (WriteFile) is an operation that Pupil does not run");
    assertThat(victim).doesNotExist();
  }

  /** All that this TensorFlow knows, one after the other, behind a good network. */
  @Test
  void everyOperationOutsideTheListIsRefusedWhereverItStands() {
    NativeLibrary.load();
    Random random = new Random(8);
    int refused = 0;
    TreeSet<String> let = new TreeSet<>();
    for (org.tensorflow.proto.OpDef op : TensorFlow.registeredOpList().getOpList()) {
      NodeDef node = NodeDef.newBuilder().setName("spliced").setOp(op.getName()).build();
      GraphDef.Builder graph = product();
      graph.addNode(random.nextInt(graph.getNodeCount() + 1), node);
      graph.getNodeBuilderList().stream()
          .filter(other -> other.getName().equals("y"))
          .forEach(y -> y.addInput("^spliced"));
      if (AllowedOperations.OF_NETWORKS.trouble(graph.build()).isEmpty()) {
        let.add(op.getName());
        assertThat(op.getIsStateful())
            .as(op.getName())
            .isEqualTo(List.of("Assert", "CheckNumerics").contains(op.getName()));
      } else {
        refused++;
        if (refused % 20 == 0) {
          assertRefused(graph.build(), "spliced (" + op.getName() + ")");
        }
      }
    }
    assertThat(refused).isGreaterThan(1000);
    assertThat(let)
        .hasSizeLessThan(150)
        .contains("Conv2D", "Softmax")
        .doesNotContain(
            "WriteFile",
            "ReadFile",
            "PrintV2",
            "Print",
            "Abort",
            "While",
            "StatelessWhile",
            "If",
            "StatelessIf",
            "Enter",
            "Exit",
            "NextIteration",
            "LoopCond",
            "PartitionedCall",
            "StatefulPartitionedCall",
            "RestoreV2",
            "SaveV2",
            "PyFunc",
            "MatchingFiles",
            "Fill",
            "Range",
            "Tile",
            "BroadcastTo",
            "RandomUniform",
            "SymbolicGradient",
            "DecodeJpeg");
  }

  @Test
  void everyOperationOnTheListIsOneOfThisTensorFlow() {
    NativeLibrary.load();
    TreeSet<String> known = new TreeSet<>();
    TensorFlow.registeredOpList().getOpList().forEach(op -> known.add(op.getName()));
    for (AllowedOperations list :
        List.of(AllowedOperations.OF_NETWORKS, AllowedOperations.OF_DECODING)) {
      assertThat(known).containsAll(list.names());
    }
  }

  @Test
  void aFunctionIsNeverLoadedNotEvenUnderTheNameOfAnAllowedOperation() {
    Path victim = folder.resolve("victim");
    for (String name : List.of("Relu", "Evil")) {
      FunctionDef function =
          FunctionDef.newBuilder()
              .setSignature(
                  OpDef.newBuilder()
                      .setName(name)
                      .addInputArg(
                          OpDef.ArgDef.newBuilder().setName("in").setType(DataType.DT_FLOAT))
                      .addOutputArg(
                          OpDef.ArgDef.newBuilder().setName("out").setType(DataType.DT_FLOAT)))
              .addAllNodeDef(whatIsWritten(victim))
              .addNodeDef(
                  Nodes.node("evil", "WriteFile", Map.of(), "path:output:0", "content:output:0"))
              .putRet("out", "in")
              .putControlRet("evil", "evil")
              .build();
      GraphDef graph =
          with(Nodes.operation("called", name, "x")).toBuilder()
              .setLibrary(FunctionDefLibrary.newBuilder().addFunction(function))
              .build();
      if (name.equals("Relu")) {
        assertThat(run(graph)).containsExactly(4, 6);
      } else {
        assertRefused(graph, "called (Evil)");
      }
      assertThat(victim).doesNotExist();
    }
  }

  @Test
  void anAttributeThatNamesAFunctionOrAHandleIsRefused() {
    AttrValue function =
        AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName("f")).build();
    AttrValue functions =
        AttrValue.newBuilder()
            .setList(
                AttrValue.ListValue.newBuilder().addFunc(NameAttrList.newBuilder().setName("f")))
            .build();
    for (AttrValue value :
        List.of(
            function,
            functions,
            Nodes.type(DataType.DT_RESOURCE),
            Nodes.type(DataType.DT_VARIANT),
            Nodes.integer(Long.MIN_VALUE),
            Nodes.integer(1 << 20))) {
      NodeDef node =
          Nodes.operation("odd", "Relu", "x").toBuilder().putAttr("strange", value).build();
      assertRefused(with(node), "odd (Relu) has an attribute that no network for photos has");
    }
  }

  @Test
  void placesAndHintsOfTheTrainingAreLeftOut() {
    NodeDef placed =
        Nodes.operation("placed", "Relu", "x").toBuilder()
            .setDevice("/job:worker/task:7/device:GPU:3")
            .putAttr(
                "_class", AttrValue.newBuilder().setS(ByteString.copyFromUtf8("loc:@z")).build())
            .build();
    assertThat(run(with(placed))).containsExactly(4, 6);
  }

  private static NodeDef compact(String name, DataType type, long... shape) {
    TensorShapeProto.Builder lengths = TensorShapeProto.newBuilder();
    for (long length : shape) {
      lengths.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    TensorProto tensor =
        TensorProto.newBuilder().setDtype(type).setTensorShape(lengths).addFloatVal(1).build();
    return Nodes.node(
        name,
        "Const",
        Map.of(
            "dtype", Nodes.type(type), "value", AttrValue.newBuilder().setTensor(tensor).build()));
  }

  @Test
  void aConstantOfABillionOnesThatTakesTenBytesIsRefused() {
    for (long[] shape : new long[][] {{1 << 30}, {1 << 20, 1 << 20, 1 << 30, 1 << 30}, {-1}}) {
      assertRefused(
          with(compact("big", DataType.DT_FLOAT, shape)),
          "big (Const) makes a constant larger than any network needs");
    }
    GraphDef.Builder many = product();
    for (int i = 0; i < 100; i++) {
      many.addNode(compact("big" + i, DataType.DT_FLOAT, 1 << 20));
    }
    assertRefused(many.build(), "(Const) makes a constant larger");
    assertThat(run(with(compact("zeros", DataType.DT_FLOAT, 1000, 1000)))).containsExactly(4, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pad", "MirrorPad", "ResizeBilinear", "SpaceToBatchND"})
  void whatGrowsByANumberMustHaveASmallConstantOne(String op) {
    NodeDef big = Nodes.constant("by", new int[] {0, 1 << 20}, 2);
    NodeDef packed = packed("by", 1 << 20);
    NodeDef small = Nodes.constant("by", new int[] {0, 1}, 2);
    NodeDef grown = Nodes.node("grown", op, Map.of(), "x", "by", "by");
    for (NodeDef by : List.of(big, packed, Nodes.operation("by", "Identity", "x"))) {
      assertRefused(with(grown, by), "grown (" + op + ") grows its input by");
    }
    assertThat(AllowedOperations.OF_NETWORKS.trouble(with(grown, small))).isEmpty();
  }

  private static NodeDef packed(String name, int value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
            .setTensorContent(
                ByteString.copyFrom(
                    new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), 0}))
            .build();
    return Nodes.node(
        name,
        "Const",
        Map.of(
            "dtype",
            Nodes.type(DataType.DT_INT32),
            "value",
            AttrValue.newBuilder().setTensor(tensor).build()));
  }

  @Test
  void aNameThatWouldDisturbATerminalIsShownWithoutThat() {
    NodeDef node = NodeDef.newBuilder().setName("a\u001b[31m\nb").setOp("x".repeat(999)).build();
    assertThat(AllowedOperations.OF_NETWORKS.trouble(product().addNode(node).build()))
        .get()
        .asString()
        .startsWith("a?[31m?b (" + "x".repeat(200) + "...) is an operation");
  }

  /** Wholes are divided by nothing and by -1, which a processor answers with an interrupt. */
  @Test
  void wholeNumbersCanBeDividedByAnything() {
    for (String op : List.of("FloorDiv", "FloorMod", "Div", "RealDiv")) {
      for (int by : new int[] {0, -1}) {
        GraphDef graph =
            product()
                .addNode(Nodes.constant("least", new int[] {Integer.MIN_VALUE, 7}, 2))
                .addNode(Nodes.constant("by", new int[] {by, by}, 2))
                .addNode(Nodes.operation("divided", op, DataType.DT_INT32, "least", "by"))
                .addNode(
                    Nodes.node(
                        "out",
                        "Cast",
                        Map.of(
                            "SrcT",
                            Nodes.type(DataType.DT_INT32),
                            "DstT",
                            Nodes.type(DataType.DT_FLOAT)),
                        "divided"))
                .build();
        try (GraphSession session = GraphSession.open(graph, Preparation.FOR_QUICK_START)) {
          assertThat(session.run("out").values()).hasSize(2);
        } catch (GraphRunException | IllegalArgumentException e) {
          assertThat(e).hasMessageNotContaining("SIGFPE");
        }
      }
    }
  }

  @Test
  void theNetworksOfOthersThatAreAtHandHaveNoOperationOutsideTheList() throws IOException {
    Map<String, String> refused = new TreeMap<>();
    int graphs = 0;
    for (String part : List.of("models", "data/retrain-run")) {
      try (Stream<Path> files = Files.walk(SharedFolder.get(part))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".pb")).toList()) {
          if (file.toString().contains("hub/")) {
            continue; // is not frozen; SharedBackbonesTest freezes and runs it
          }
          graphs++;
          AllowedOperations.OF_NETWORKS
              .trouble(GraphDef.parseFrom(Files.readAllBytes(file)))
              .ifPresent(trouble -> refused.put(file.toString(), trouble));
        }
      }
    }
    assertThat(graphs).isGreaterThanOrEqualTo(4);
    assertThat(refused).isEmpty();
  }
}
