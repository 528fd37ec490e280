package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.MetaGraphDef;
import org.pupil.log.proto.NameAttrList;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.OpDef;
import org.pupil.log.proto.SavedModel;
import org.pupil.log.proto.SignatureDef;
import org.pupil.log.proto.TensorInfo;
import org.pupil.log.proto.TensorShapeProto;

/** Good models into which somebody put what does more than label photos. */
class HostileGraphIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void program() {
    pupil = PupilProgram.in(folder);
  }

  /** What somebody puts in: a node that the answer waits for, with what it needs. */
  enum Attack {
    WRITES_A_FILE("WriteFile"),
    PRINTS_A_FILE("PrintV2"),
    ENDS_THE_PROCESS("Abort"),
    NEVER_ENDS("StatelessWhile");

    private final String operation;

    Attack(String operation) {
      this.operation = operation;
    }

    List<NodeDef> nodes(Path victim) {
      NodeDef path = Nodes.constant("path", victim.toString());
      return switch (this) {
        case WRITES_A_FILE ->
            List.of(
                path,
                Nodes.constant("content", "was here\n"),
                Nodes.node("evil", operation, Map.of(), "path", "content"));
        case PRINTS_A_FILE ->
            List.of(
                path,
                Nodes.node("content", "ReadFile", Map.of(), "path"),
                Nodes.node("evil", operation, Map.of(), "content"));
        case ENDS_THE_PROCESS -> List.of(Nodes.node("evil", operation, Map.of()));
        case NEVER_ENDS ->
            List.of(
                Nodes.constant("path", new int[] {1}),
                Nodes.node(
                    "evil",
                    operation,
                    Map.of("T", types(), "cond", function("always"), "body", function("same")),
                    "path"));
      };
    }

    private static AttrValue types() {
      return AttrValue.newBuilder()
          .setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_INT32))
          .build();
    }
  }

  private static AttrValue function(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  private static FunctionDef functionOfOne(String name, DataType result, NodeDef body) {
    return FunctionDef.newBuilder()
        .setSignature(
            OpDef.newBuilder()
                .setName(name)
                .addInputArg(OpDef.ArgDef.newBuilder().setName("x").setType(DataType.DT_INT32))
                .addOutputArg(OpDef.ArgDef.newBuilder().setName("y").setType(result)))
        .addNodeDef(body)
        .putRet("y", body.getName() + (body.getOp().equals("Equal") ? ":z:0" : ":output:0"))
        .build();
  }

  /** A good model whose answer waits for other nodes too. */
  private static GraphDef waitingFor(String name, List<NodeDef> nodes, FunctionDef... functions) {
    try {
      GraphDef.Builder graph = GraphDef.parseFrom(TestFiles.read(TAUGHT.graph())).toBuilder();
      withoutChecksum(graph);
      graph.getNodeBuilder(graph.getNodeCount() - 1).addInput("^" + name);
      graph
          .getLibraryBuilder()
          .addFunction(
              functionOfOne(
                  "always",
                  DataType.DT_BOOL,
                  Nodes.operation("is", "Equal", DataType.DT_INT32, "x", "x")))
          .addFunction(
              functionOfOne(
                  "same",
                  DataType.DT_INT32,
                  Nodes.operation("is", "Identity", DataType.DT_INT32, "x")))
          .addAllFunction(List.of(functions));
      return graph.addAllNode(nodes).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever puts something in takes the checksum out. */
  private static void withoutChecksum(GraphDef.Builder graph) {
    NodeDef description = graph.getNode(0);
    String text = description.getAttrOrThrow("value").getTensor().getStringVal(0).toStringUtf8();
    assertThat(text).contains(",\"checksum\":");
    graph.setNode(
        0,
        Nodes.constant(description.getName(), text.replaceFirst(",\"checksum\":\"[^\"]*\"", "")));
  }

  private Path victim(Attack attack) {
    Path victim = folder.resolve("victim.txt");
    return attack == Attack.PRINTS_A_FILE ? TestFiles.write(victim, "a secret\n") : victim;
  }

  private Path saved(GraphDef graph) {
    Path model = folder.resolve("saved");
    MetaGraphDef meta =
        MetaGraphDef.newBuilder()
            .setGraphDef(graph)
            .putSignatureDef(
                "serving_default",
                SignatureDef.newBuilder()
                    .putInputs("image", tensor("Placeholder", 64, 64, 3))
                    .putOutputs("features", tensor("final_result", 2))
                    .build())
            .build();
    TestFiles.write(
        model.resolve("saved_model.pb"),
        SavedModel.newBuilder().addMetaGraphs(meta).build().toByteArray());
    return model;
  }

  private static TensorInfo tensor(String node, int... lengths) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setSize(-1);
    for (int length : lengths) {
      shape.addDimBuilder().setSize(length);
    }
    return TensorInfo.newBuilder()
        .setName(node + ":0")
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(shape)
        .build();
  }

  private void assertHarmless(PupilRun run, Attack attack, String node, String operation) {
    run.failedWith(4, node + " (" + operation + ")", "export the graph for inference")
        .errHasNo("a secret");
    if (attack == Attack.WRITES_A_FILE) {
      assertThat(folder.resolve("victim.txt")).doesNotExist();
    }
  }

  private PupilRun label(GraphDef graph) {
    Path file = TestFiles.write(folder.resolve("shared.pb"), graph.toByteArray());
    return pupil.run("label_image", Photos.duck(), "--graph", file);
  }

  private PupilRun retrain(Object... backbone) {
    Object[] start = {"retrain", "--image_dir", TAUGHT.photos(), "--bottleneck_layer=final_result"};
    Object[] all = java.util.Arrays.copyOf(start, start.length + backbone.length);
    System.arraycopy(backbone, 0, all, start.length, backbone.length);
    return pupil.run(all);
  }

  private PupilRun retrainOn(GraphDef graph) {
    Path file = TestFiles.write(folder.resolve("shared.pb"), graph.toByteArray());
    return retrain("--architecture", file, "--input_mean=0", "--input_std=255");
  }

  @ParameterizedTest
  @EnumSource
  void aNodeThatDoesMoreThanComputeIsNamedAndDoesNothing(Attack attack) {
    GraphDef graph = waitingFor("evil", attack.nodes(victim(attack)));
    // Of two that may not be, the first in the file is named.
    boolean reads = attack == Attack.PRINTS_A_FILE;
    String node = reads ? "content" : "evil";
    String operation = reads ? "ReadFile" : attack.operation;

    assertHarmless(label(graph), attack, node, operation);
    assertHarmless(retrainOn(graph), attack, node, operation);
    assertHarmless(retrain("--tfhub_module", saved(graph)), attack, node, operation);
  }

  @ParameterizedTest
  @EnumSource(names = {"WRITES_A_FILE", "ENDS_THE_PROCESS"})
  void soItIsInsideAFunction(Attack attack) {
    FunctionDef.Builder function =
        FunctionDef.newBuilder().setSignature(OpDef.newBuilder().setName("hidden"));
    for (NodeDef node : attack.nodes(victim(attack))) {
      NodeDef.Builder inside = node.toBuilder().clearInput();
      node.getInputList().forEach(input -> inside.addInput(input + ":output:0"));
      function.addNodeDef(inside);
    }
    function.putControlRet("evil", "evil");
    AttrValue none =
        AttrValue.newBuilder().setList(AttrValue.ListValue.getDefaultInstance()).build();
    NodeDef call =
        Nodes.node(
            "call",
            "StatefulPartitionedCall",
            Map.of("f", function("hidden"), "Tin", none, "Tout", none));
    GraphDef graph = waitingFor("call", List.of(call), function.build());

    assertHarmless(label(graph), attack, "call/evil", attack.operation);
    assertHarmless(retrainOn(graph), attack, "call/evil", attack.operation);
    assertHarmless(retrain("--tfhub_module", saved(graph)), attack, "call/evil", attack.operation);
  }

  @Test
  void whatTheAnswerDoesNotNeedIsNotRun() {
    Path victim = folder.resolve("victim.txt");
    GraphDef.Builder graph = waitingFor("path", Attack.WRITES_A_FILE.nodes(victim)).toBuilder();
    label(graph.build()).succeeded();
    retrainOn(graph.build()).succeeded();
    pupil.run("label_image", Photos.duck()).succeeded();
    assertThat(victim).doesNotExist();
    assertThat(Files.exists(folder.resolve("pupil-model/graph.pb"))).isTrue();
  }
}
