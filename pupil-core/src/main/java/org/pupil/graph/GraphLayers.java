package org.pupil.graph;

import static java.util.function.Predicate.not;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;

/** Finds the layers of a frozen TensorFlow graph, whose maps are [n,h,w,c]. */
public final class GraphLayers {
  private static final Set<String> CONVOLUTIONS = Set.of("Conv2D", "DepthwiseConv2dNative");
  private static final Set<String> POOLS = Set.of("MaxPool", "AvgPool");
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Add",
          "AddV2",
          "BiasAdd",
          "ConcatV2",
          "Elu",
          "FakeQuantWithMinMaxArgs",
          "FakeQuantWithMinMaxVars",
          "FusedBatchNorm",
          "FusedBatchNormV2",
          "FusedBatchNormV3",
          "Identity",
          "LeakyRelu",
          "Maximum",
          "Minimum",
          "MirrorPad",
          "Mul",
          "Pad",
          "PadV2",
          "RealDiv",
          "Relu",
          "Relu6",
          "Selu",
          "Sigmoid",
          "Sub",
          "Tanh");

  private static final int AXES = 4;

  private final GraphIndex graph;
  private final GraphConstants constants;
  private final ConvolutionWalk walk;
  private @Nullable ConvolutionFilters filters;

  private GraphLayers(GraphIndex graph, String image) {
    this.graph = graph;
    this.constants = new GraphConstants(graph.graph());
    this.walk = new ConvolutionWalk(image);
  }

  /**
   * Looks for them.
   *
   * @param image node that takes images
   * @param output node up to which the graph is gone through
   */
  public static ConvolutionLayers of(GraphIndex graph, String image, String output) {
    GraphLayers layers = new GraphLayers(graph, image);
    layers.inOrder(output).forEach(layers::visit);
    return layers.walk.layers(Optional.ofNullable(layers.filters));
  }

  /** All nodes that lead to one, each after those that it takes. */
  private List<NodeDef> inOrder(String output) {
    List<NodeDef> order = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Set<String> done = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(output));
    while (!open.isEmpty()) {
      String name = open.peek();
      NodeDef node = graph.node(name).orElse(NodeDef.getDefaultInstance());
      if (seen.add(name)) {
        inputs(node).stream().filter(not(seen::contains)).forEach(open::push);
      } else {
        open.pop();
        if (done.add(name)) {
          order.add(node);
        }
      }
    }
    return order;
  }

  private static List<String> inputs(NodeDef node) {
    return node.getInputList().stream().map(input -> TensorName.parse(input).node()).toList();
  }

  private void visit(NodeDef node) {
    List<String> inputs = inputs(node);
    if (inputs.isEmpty()) {
      return;
    }
    String name = node.getName();
    if (CONVOLUTIONS.contains(node.getOp()) && isChannelsLast(node)) {
      if (walk.convolution(inputs.get(0), name, stride(node)) && node.getOp().equals("Conv2D")) {
        filters = constants.input(node, 1).flatMap(GraphLayers::filters).orElse(null);
      }
    } else if (POOLS.contains(node.getOp()) && isChannelsLast(node)) {
      walk.pooling(inputs.get(0), name, stride(node));
    } else if (ELEMENTWISE.contains(node.getOp())) {
      walk.elementwise(inputs, name);
    }
  }

  private static boolean isChannelsLast(NodeDef node) {
    String format =
        node.getAttrOrDefault("data_format", AttrValue.getDefaultInstance()).getS().toStringUtf8();
    return format.isEmpty() || format.equals("NHWC");
  }

  private static int stride(NodeDef node) {
    AttrValue.ListValue strides =
        node.getAttrOrDefault("strides", AttrValue.getDefaultInstance()).getList();
    return strides.getICount() == AXES
        ? (int) Math.max(1, Math.min(Short.MAX_VALUE, strides.getI(1)))
        : 1;
  }

  private static Optional<ConvolutionFilters> filters(TensorProto weights) {
    if (weights.getTensorShape().getDimCount() != AXES) {
      return Optional.empty();
    }
    long[] shape =
        weights.getTensorShape().getDimList().stream().mapToLong(dim -> dim.getSize()).toArray();
    if (shape[2] != ConvolutionFilters.CHANNELS || !ConvolutionFilters.isUsual(shape)) {
      return Optional.empty();
    }
    long size = shape[0] * shape[1] * shape[2] * shape[3];
    return LinearHead.floats(weights, (int) size)
        .map(
            values ->
                new ConvolutionFilters((int) shape[0], (int) shape[1], (int) shape[3], values));
  }
}
