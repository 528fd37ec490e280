package org.pupil.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;

/**
 * The end of a classifier that can be read backwards: features [n,c] are multiplied with weights,
 * biases are added, and a softmax makes probabilities of the sums. Often the features are a map
 * [n,h,w,c], averaged over its positions.
 *
 * @param map node whose first output is the map, if there is one
 * @param features node whose first output is the features
 * @param logits node whose first output goes into the softmax
 * @param weights [c,k], float32
 * @param biases [k], float32
 */
public record LinearHead(
    Optional<String> map, String features, String logits, TensorProto weights, TensorProto biases) {
  private static final String DEFAULT = "PlaceholderWithDefault";
  private static final Set<String> SUMS = Set.of("Add", "AddV2", "BiasAdd");

  /**
   * Looks for it above an output. That the pooling is the mean over all positions is not looked at:
   * the numbers tell.
   *
   * @param output node that gives the probabilities
   * @return empty when the graph ends in another way
   */
  public static Optional<LinearHead> of(GraphIndex graph, String output) {
    GraphConstants constants = new GraphConstants(graph.graph());
    NodeDef softmax = node(graph, graph.origin(new TensorName(output, 0)));
    if (!is(softmax, Set.of("Softmax"))) {
      return Optional.empty();
    }
    TensorName logits = graph.origin(TensorName.parse(softmax.getInput(0)));
    NodeDef sum = node(graph, logits);
    if (!is(sum, SUMS) || sum.getInputCount() < 2) {
      return Optional.empty();
    }
    int bias = constants.input(sum, 1).isPresent() ? 1 : 0;
    NodeDef product = node(graph, graph.origin(TensorName.parse(sum.getInput(1 - bias))));
    Optional<TensorProto> biases = constants.input(sum, bias);
    if (!is(product, Set.of("MatMul")) || isTransposed(product) || biases.isEmpty()) {
      return Optional.empty();
    }
    Optional<TensorProto> weights = constants.input(product, 1);
    TensorName features = withoutDefault(graph, TensorName.parse(product.getInput(0)));
    return weights.isEmpty() || features.output() != 0
        ? Optional.empty()
        : Optional.of(
            new LinearHead(
                graph.pooledMap(features.node()),
                features.node(),
                logits.node(),
                weights.get(),
                biases.get()));
  }

  private static NodeDef node(GraphIndex graph, TensorName tensor) {
    return tensor.output() == 0
        ? graph.node(tensor.node()).orElse(NodeDef.getDefaultInstance())
        : NodeDef.getDefaultInstance();
  }

  private static boolean is(NodeDef node, Set<String> operations) {
    return operations.contains(node.getOp()) && node.getInputCount() > 0;
  }

  private static boolean isTransposed(NodeDef product) {
    return List.of("transpose_a", "transpose_b").stream()
        .anyMatch(attr -> product.containsAttr(attr) && product.getAttrOrThrow(attr).getB());
  }

  /** The original scripts let bottlenecks be fed in the place of those that are computed. */
  private static TensorName withoutDefault(GraphIndex graph, TensorName tensor) {
    TensorName at = graph.origin(tensor);
    NodeDef node = node(graph, at);
    return is(node, Set.of(DEFAULT)) ? graph.origin(TensorName.parse(node.getInput(0))) : at;
  }

  /**
   * The numbers of a constant.
   *
   * @return empty when they are not float32, or fewer or more than are wanted
   */
  public static Optional<float[]> floats(TensorProto tensor, int wanted) {
    if (tensor.getDtype() != DataType.DT_FLOAT || wanted < 0) {
      return Optional.empty();
    }
    float[] values = new float[wanted];
    if (tensor.getTensorContent().isEmpty()) {
      if (tensor.getFloatValCount() != wanted) {
        return Optional.empty();
      }
      for (int i = 0; i < wanted; i++) {
        values[i] = tensor.getFloatVal(i);
      }
      return Optional.of(values);
    }
    if (tensor.getTensorContent().size() != (long) wanted * Float.BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().get(values);
    return Optional.of(values);
  }
}
