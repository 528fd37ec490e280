package org.pupil.board.plugins.graphs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogBuilder;
import org.pupil.board.LogValues;
import org.pupil.board.TestBoard;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.OpDef;
import org.pupil.log.proto.RunMetadata;
import org.pupil.log.proto.StepStats;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TaggedRunMetadata;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.log.proto.VersionDef;

class GraphsApiTest {
  private static final String GRAPH = "/data/plugin/graphs/graph";
  private static final String COMPACT = "/data/plugin/pupil/graph";

  @TempDir Path logdir;

  private LogBuilder run(String name) {
    return new LogBuilder(logdir.resolve(name));
  }

  private static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  private static AttrValue outputs(TensorShapeProto... shapes) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllShape(List.of(shapes)))
        .build();
  }

  /** Of all kinds of values, with bytes that a text form must escape. */
  private static GraphDef graph() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    TensorProto weights =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape(8, 8))
            .setTensorContent(ByteString.copyFrom(all))
            .build();
    return GraphDef.newBuilder()
        .addNode(
            NodeDef.newBuilder()
                .setName("a/weights")
                .setOp("Const")
                .setDevice("/cpu:0")
                .putAttr("value", AttrValue.newBuilder().setTensor(weights).build())
                .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
                .putAttr("_output_shapes", outputs(shape(8, 8))))
        .addNode(
            NodeDef.newBuilder()
                .setName("a/é\"'\\\n")
                .setOp("Split")
                .addInput("a/weights")
                .addInput("other:1")
                .addInput("^last")
                .putAttr("f", AttrValue.newBuilder().setF(1e-5f).build())
                .putAttr("nan", AttrValue.newBuilder().setF(Float.NaN).build())
                .putAttr("inf", AttrValue.newBuilder().setF(Float.NEGATIVE_INFINITY).build())
                .putAttr("i", AttrValue.newBuilder().setI(-7).build())
                .putAttr("b", AttrValue.newBuilder().setB(false).build())
                .putAttr(
                    "_output_shapes",
                    outputs(
                        shape(-1, 3),
                        TensorShapeProto.newBuilder().setUnknownRank(true).build(),
                        shape())))
        .setLibrary(
            org.pupil.log.proto.FunctionDefLibrary.newBuilder()
                .addFunction(
                    FunctionDef.newBuilder()
                        .setSignature(OpDef.newBuilder().setName("twice"))
                        .addNodeDef(
                            NodeDef.newBuilder()
                                .setName("mul")
                                .setOp("Mul")
                                .addInput("x:output:0"))))
        .setVersions(VersionDef.newBuilder().setProducer(1882))
        .build();
  }

  private static GraphDef parsed(HttpResponse<byte[]> answer) throws TextFormat.ParseException {
    assertThat(answer.statusCode()).as(TestBoard.text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/x-protobuf");
    return TextFormat.parse(TestBoard.text(answer), GraphDef.class);
  }

  @Test
  void theTextIsReadBackAsTheSameGraph() throws Exception {
    try (LogBuilder log = run("r")) {
      log.graph(graph());
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      HttpResponse<byte[]> answer = board.get(GRAPH, "run", "r");
      assertThat(parsed(answer)).isEqualTo(graph());
      assertThat(TestBoard.text(answer).lines())
          .allMatch(line -> line.endsWith(" {") || line.endsWith("}") || line.contains(": "));
      assertThat(answer.body()).asString().matches("\\p{ASCII}*");
    }
  }

  @Test
  void largeAttributesAreLeftOutAndListed() throws Exception {
    try (LogBuilder log = run("r")) {
      log.graph(graph());
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      GraphDef limited =
          parsed(
              board.get(GRAPH, "run", "r", "limit_attr_size", "250", "large_attrs_key", "_large"));
      NodeDef weights = limited.getNode(0);
      assertThat(weights.getAttrMap()).containsOnlyKeys("dtype", "_output_shapes", "_large");
      assertThat(weights.getAttrOrThrow("_large").getList().getSList())
          .containsExactly(ByteString.copyFromUtf8("value"));
      assertThat(limited.getNode(1)).isEqualTo(graph().getNode(1));
    }
  }

  @Test
  void theNewestOfSeveralGraphsCounts() throws Exception {
    GraphDef newer = GraphDef.newBuilder().addNode(NodeDef.newBuilder().setName("newer")).build();
    try (LogBuilder log = run("r")) {
      log.graph(graph());
      log.event(
          Event.newBuilder()
              .setWallTime(LogBuilder.BEGIN)
              .setStep(5)
              .setGraphDef(newer.toByteString())
              .build());
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(parsed(board.get(GRAPH, "run", "r"))).isEqualTo(newer);
    }
  }

  @Test
  void theCompactFormHasWhatAPageDraws() {
    GraphDef.Builder graph = graph().toBuilder();
    AttrValue unknown = AttrValue.newBuilder().setTypeValue(9999).build();
    graph.getNodeBuilder(1).putAttr("unknown", unknown);
    try (LogBuilder log = run("r")) {
      log.graph(graph.build());
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      JsonNode json = board.json(COMPACT, "run", "r");
      JsonNode weights = json.at("/nodes/0");
      assertThat(weights.get("device").asText()).isEqualTo("/cpu:0");
      assertThat(weights.at("/shapes/0").toString()).isEqualTo("[8,8]");
      assertThat(weights.at("/attributes/value").asText()).isEqualTo("DT_FLOAT [8×8]");
      JsonNode split = json.at("/nodes/1");
      assertThat(split.get("inputs").toString())
          .isEqualTo(
              """
              [{"name":"a/weights","output":0,"control":false},\
              {"name":"other","output":1,"control":false},\
              {"name":"last","output":0,"control":true}]""");
      assertThat(split.get("shapes").toString()).isEqualTo("[[-1,3],null,[]]");
      assertThat(split.at("/attributes/unknown").asText()).isEqualTo("9999");
      assertThat(json.at("/functions/0/name").asText()).isEqualTo("twice");
      assertThat(json.at("/functions/0/nodes/0/inputs/0/name").asText()).isEqualTo("x");
      assertThat(json.get("written").asInt()).isEqualTo(3);
      assertThat(json.get("total").asInt()).isEqualTo(3);
    }
  }

  private static Summary.Value.Builder blob(String tag, String plugin, ByteString bytes) {
    Summary.Value.Builder value =
        LogValues.tensor(tag, plugin, "", LogValues.strings(List.of(bytes)));
    value.getMetadataBuilder().getPluginDataBuilder().setContent(ByteString.copyFromUtf8("1"));
    return value;
  }

  @Test
  void tracesModelsAndCostsAreListedAndAnswered() throws Exception {
    GraphDef one = GraphDef.newBuilder().addNode(NodeDef.newBuilder().setName("n")).build();
    GraphDef two =
        GraphDef.newBuilder()
            .addNode(NodeDef.newBuilder().setName("n").addInput("m").addInput("^c"))
            .build();
    RunMetadata trace =
        RunMetadata.newBuilder()
            .addFunctionGraphs(RunMetadata.FunctionGraphs.newBuilder().setPreOptimizationGraph(one))
            .addFunctionGraphs(RunMetadata.FunctionGraphs.newBuilder().setPreOptimizationGraph(two))
            .build();
    RunMetadata cost =
        RunMetadata.newBuilder()
            .setStepStats(
                StepStats.newBuilder()
                    .addDevStats(org.pupil.log.proto.DeviceStepStats.newBuilder().setDevice("cpu")))
            .build();
    String model =
        """
        {"class_name": "Sequential", "config": {"name": "seq", "layers": [
          {"class_name": "InputLayer", "config": {"name": "in", "dtype": "float32"}},
          {"class_name": "Dense", "config": {"name": "d", "dtype": "float32"}}]}}""";
    try (LogBuilder log = run("r")) {
      log.write(0, blob("trace", "graph_run_metadata_graph", trace.toByteString()))
          .write(0, blob("both", "graph_run_metadata", trace.toByteString()))
          .write(0, blob("keras", "graph_keras_model", ByteString.copyFromUtf8(model)));
      log.event(
          Event.newBuilder()
              .setWallTime(LogBuilder.BEGIN)
              .setTaggedRunMetadata(
                  TaggedRunMetadata.newBuilder()
                      .setTag("step1")
                      .setRunMetadata(cost.toByteString()))
              .build());
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      JsonNode tags = board.json("/data/plugin/graphs/info").at("/r/tags");
      assertThat(tags.properties().stream().map(tag -> tag.getKey() + flags(tag.getValue())))
          .containsExactlyInAnyOrder("trace-O-", "both-OP", "kerasC--", "step1--P");

      GraphDef merged = parsed(board.get(GRAPH, "run", "r", "tag", "trace"));
      assertThat(merged.getNodeList().stream().map(NodeDef::getName))
          .containsExactly("graph_1/n", "graph_2/n");
      assertThat(merged.getNode(1).getInputList()).containsExactly("graph_2/m", "^graph_2/c");

      GraphDef layers = parsed(board.get(GRAPH, "run", "r", "tag", "keras", "conceptual", "true"));
      assertThat(layers.getNode(1).getName()).isEqualTo("seq/d");
      assertThat(layers.getNode(1).getInputList()).containsExactly("seq/in");
      assertThat(layers.getNode(1).getAttrOrThrow("keras_class").getS().toStringUtf8())
          .isEqualTo("Dense");

      HttpResponse<byte[]> costs =
          board.get("/data/plugin/graphs/run_metadata", "run", "r", "tag", "step1");
      assertThat(TextFormat.parse(TestBoard.text(costs), RunMetadata.class)).isEqualTo(cost);
    }
  }

  private static String flags(JsonNode tag) {
    return (tag.get("conceptual_graph").asBoolean() ? "C" : "-")
        + (tag.get("op_graph").asBoolean() ? "O" : "-")
        + (tag.get("profile").asBoolean() ? "P" : "-");
  }

  @Test
  void wrongRequestsGetTensorBoardsStatus() {
    try (LogBuilder log = run("r")) {
      log.graph(graph());
    }
    run("empty").write(0, values -> values.scalar("a", 1)).close();
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.get(GRAPH).statusCode()).isEqualTo(400);
      assertThat(TestBoard.text(board.get(GRAPH))).isEqualTo("query parameter \"run\" is required");
      assertThat(board.get(GRAPH, "run", "nope").statusCode()).isEqualTo(404);
      assertThat(board.get(GRAPH, "run", "empty").statusCode()).isEqualTo(404);
      assertThat(board.get(GRAPH, "run", "r", "tag", "nope").statusCode()).isEqualTo(404);
      for (String limit : List.of("x", "", "1.5", "99999999999999999999")) {
        assertThat(board.get(GRAPH, "run", "r", "limit_attr_size", limit).statusCode())
            .isEqualTo(400);
      }
      assertThat(board.get(GRAPH, "run", "r", "limit_attr_size", "5").statusCode()).isEqualTo(400);
      assertThat(
              board
                  .get(GRAPH, "run", "r", "limit_attr_size", "0", "large_attrs_key", "k")
                  .statusCode())
          .isEqualTo(400);
      assertThat(board.get("/data/plugin/graphs/run_metadata", "run", "r").statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void whatIsNoGraphOrIsGoneIsNotFound() throws Exception {
    try (LogBuilder log = run("r")) {
      log.event(
          Event.newBuilder()
              .setWallTime(LogBuilder.BEGIN)
              .setGraphDef(graph().toByteString().substring(0, 300))
              .build());
    }
    try (LogBuilder log = run("gone")) {
      log.graph(graph());
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.get(GRAPH, "run", "r").statusCode()).isEqualTo(404);
      assertThat(board.get(COMPACT, "run", "r").statusCode()).isEqualTo(404);
      try (var files = Files.list(logdir.resolve("gone"))) {
        Files.delete(files.findFirst().orElseThrow());
      }
      assertThat(board.get(GRAPH, "run", "gone").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aHugeGraphIsAnsweredWholeAndInParts() {
    GraphDef.Builder graph = GraphDef.newBuilder();
    for (int i = 0; i < 100_000; i++) {
      graph.addNode(
          NodeDef.newBuilder()
              .setName("layer_" + i / 100 + "/op_" + i)
              .setOp("MatMul")
              .addInput("layer_0/op_" + i / 2));
    }
    try (LogBuilder log = run("r")) {
      log.graph(graph.build());
    }
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(TestBoard.text(board.get(GRAPH, "run", "r")).lines().filter("node {"::equals))
          .hasSize(100_000);
      JsonNode json = board.json(COMPACT, "run", "r");
      assertThat(json.get("written").asInt()).isEqualTo(100_000);
      assertThat(json.at("/nodes/99999/name").asText()).isEqualTo("layer_999/op_99999");
    }
  }
}
