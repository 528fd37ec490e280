package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.OpDef;

/** Malformed libraries; what is right is shown by SavedModelFreezerTest against TensorFlow. */
class FunctionInlinerTest {

  private static OpDef.ArgDef floats(String name) {
    return OpDef.ArgDef.newBuilder().setName(name).setType(DataType.DT_FLOAT).build();
  }

  private static FunctionDef function(String name, NodeDef body, String result) {
    return FunctionDef.newBuilder()
        .setSignature(
            OpDef.newBuilder().setName(name).addInputArg(floats("x")).addOutputArg(floats("y")))
        .addNodeDef(body)
        .putRet("y", result)
        .build();
  }

  private static NodeDef node(String name, String op, String... inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .addAllInput(List.of(inputs))
        .putAttr("T", Nodes.type(DataType.DT_FLOAT))
        .build();
  }

  private static GraphIndex calling(FunctionDef function, String... inputs) {
    GraphDef.Builder graph =
        new TinyGraph()
                .images("in", -1, 4, 5)
                .add(node("call", function.getSignature().getName(), inputs))
                .build()
                .toBuilder();
    graph.getLibraryBuilder().addFunction(function);
    return new GraphIndex(graph.build(), "m");
  }

  private static void assertRefused(FunctionDef function, String message) {
    assertThatThrownBy(
            () ->
                FunctionInliner.inline(
                    calling(function, "in"), List.of("call"), KnownOperations::find))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aCallBecomesTheBodyAndANodeOfItsOwnName() {
    FunctionDef negative = function("f", node("neg", "Neg", "x"), "neg:y:0");

    GraphDef flat =
        FunctionInliner.inline(calling(negative, "in"), List.of("call"), KnownOperations::find);

    assertThat(flat.getNodeList())
        .extracting(NodeDef::getName)
        .containsExactly("in", "call/neg", "call");
    assertThat(flat.getNode(1).getInput(0)).isEqualTo("in");
    assertThat(flat.getNode(2).getInput(0)).isEqualTo("call/neg");
  }

  @Test
  void anAttributeThatTheCallGivesIsFilledIn() {
    NodeDef body =
        node("neg", "Neg", "x").toBuilder()
            .putAttr("T", AttrValue.newBuilder().setPlaceholder("Kind").build())
            .build();
    GraphIndex index = calling(function("f", body, "neg:y:0"), "in");
    GraphDef.Builder graph = index.graph().toBuilder();
    graph.getNodeBuilder(1).putAttr("Kind", Nodes.type(DataType.DT_FLOAT));

    GraphDef flat =
        FunctionInliner.inline(
            new GraphIndex(graph.build(), "m"), List.of("call"), KnownOperations::find);

    assertThat(flat.getNode(1).getAttrOrThrow("T")).isEqualTo(Nodes.type(DataType.DT_FLOAT));
  }

  @Test
  void endlessRecursionIsRefused() {
    assertRefused(
        function("f", node("again", "f", "x"), "again:y:0"), "call each other without end");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertRefused(function("f", node("n", "Neg", "gone:y:0"), "n:y:0"), "reads gone:y:0");
    assertRefused(function("f", node("n", "Neg", "x"), "n:z:0"), "has no output z");
    assertRefused(function("f", node("n", "Neg", "x"), "n"), "reads n, which is missing");
    assertRefused(
        function("f", node("n", "Neg", "x"), "n:y:0").toBuilder().clearRet().build(),
        "has no result y");
    assertRefused(
        function("f", node("n", "Zauberei", "x"), "n:y:0"),
        "is a Zauberei, which this TensorFlow does not know");
    assertRefused(function("f", node("n", "Neg", "x"), "n:y:many"), "reads n:y:many");
    FunctionDef fine = function("f", node("n", "Neg", "x"), "n:y:0");
    assertThatThrownBy(
            () ->
                FunctionInliner.inline(
                    calling(fine, "in", "in"), List.of("call"), KnownOperations::find))
        .hasMessageContaining("gives 2 inputs and 1 are due");
  }
}
