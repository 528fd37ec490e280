package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.Run;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.tensorflow.Graph;

/** Shapes beside those that TensorFlow works out of the same graph. */
class GraphShapesTest {
  @TempDir Path folder;

  private static int compare(GraphDef graph) {
    Map<String, long[]> shapes = GraphShapes.of(graph);
    int compared = 0;
    try (Graph tensorFlow = new Graph()) {
      load(graph, tensorFlow);
      for (NodeDef node : graph.getNodeList()) {
        long[] wanted = tensorFlow.operation(node.getName()).output(0).shape().asArray();
        long[] shape = shapes.get(node.getName());
        if (shape != null) {
          assertThat(shape).as("%s %s", node.getOp(), node.getName()).isEqualTo(wanted);
          compared++;
        }
      }
    }
    return compared;
  }

  /** Loads a graph as it is, by TensorFlow's own class of the message. */
  private static void load(GraphDef definition, Graph graph) {
    try {
      graph.importGraphDef(org.tensorflow.proto.GraphDef.parseFrom(definition.toByteString()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_0.25_224", "efficientnet_lite0_288"})
  void everyNodeOfABackboneHasTensorFlowsShape(String architecture) {
    Backbone backbone =
        new BackboneCatalog(
                DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
                Map.of(),
                DownloadListener.silent())
            .resolve(BackboneRequest.architecture(architecture, folder));
    GraphDef graph = Run.definition(backbone);
    assertThat(compare(graph)).isEqualTo(graph.getNodeCount());
  }

  private static AttrValue list(long... values) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    Arrays.stream(values).forEach(list::addI);
    return AttrValue.newBuilder().setList(list).build();
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  private static NodeDef with(NodeDef node, String name, AttrValue value) {
    return node.toBuilder().putAttr(name, value).build();
  }

  private static NodeDef pool(String name, String padding, String input, long size, long stride) {
    NodeDef pool = Nodes.operation(name, "MaxPool", input);
    pool = with(pool, "ksize", list(1, size, size + 1, 1));
    pool = with(pool, "strides", list(1, stride, stride, 1));
    return with(pool, "padding", text(padding));
  }

  private static NodeDef conv(String op, String padding, long dilation) {
    NodeDef conv = Nodes.operation(op + padding + dilation, op, "in", "filter");
    conv = with(conv, "strides", list(1, 3 - dilation, 3 - dilation, 1));
    conv = with(conv, "dilations", list(1, dilation, dilation, 1));
    return with(conv, "padding", text(padding));
  }

  @Test
  void everyOperationThatIsKnownHasTensorFlowsShape() {
    NodeDef mean = Nodes.operation("mean", "Mean", "in", "axes");
    GraphDef graph =
        GraphDef.newBuilder()
            .addAllNode(
                List.of(
                    Nodes.placeholder("in", -1, 17, 12, 5),
                    // Stands before what it is made of.
                    Nodes.operation("sum", "AddV2", "twice", "row"),
                    Nodes.constant("row", new float[5], 5),
                    Nodes.constant("axes", new int[] {1, -2}, 2),
                    Nodes.constant("scalar", new float[1]),
                    Nodes.operation("twice", "Mul", "in", "scalar"),
                    Nodes.constant("filter", new float[3 * 2 * 5 * 4], 3, 2, 5, 4),
                    conv("Conv2D", "SAME", 1),
                    conv("Conv2D", "VALID", 1),
                    conv("DepthwiseConv2dNative", "VALID", 1),
                    pool("pool", "VALID", "in", 3, 2),
                    pool("pool_same", "SAME", "in", 3, 2),
                    mean,
                    with(mean.toBuilder().setName("kept").build(), "keep_dims", Nodes.bool(true)),
                    with(
                        Nodes.operation("squeezed", "Squeeze", "kept"),
                        "squeeze_dims",
                        list(1, -2)),
                    Nodes.constant("flat", new int[] {-1, 1020}, 2),
                    Nodes.operation("reshaped", "Reshape", "in", "flat"),
                    Nodes.constant("matrix", new float[12], 4, 3),
                    Nodes.constant("six", new int[] {-1, 6}, 2),
                    Nodes.operation("two_rows", "Reshape", "matrix", "six"),
                    with(
                        Nodes.operation("product", "MatMul", "mean", "other"),
                        "transpose_b",
                        Nodes.bool(true)),
                    Nodes.constant("other", new float[35], 7, 5)))
            .build();
    assertThat(compare(graph)).isEqualTo(graph.getNodeCount());
  }

  @Test
  void whatFollowsFromAnUnknownOperationIsLeftOpen() {
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(Nodes.placeholder("in", -1, 4))
            .addNode(Nodes.operation("odd", "Zauberei", "in"))
            .addNode(Nodes.operation("after", "Relu", "odd"))
            .addNode(Nodes.placeholder("images", -1, 9, 9, 2))
            .addNode(Nodes.constant("filter", new float[8], 2, 2, 2, 1))
            .addNode(conv("Conv2D", "VALID", 2).toBuilder().setInput(0, "images").build())
            .addNode(Nodes.operation("a", "Relu", "b"))
            .addNode(Nodes.operation("b", "Relu", "a"))
            .build();
    assertThat(GraphShapes.of(graph)).containsOnlyKeys("in", "images", "filter");
  }
}
