package org.pupil.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorProto.DataType;

/**
 * The end of a classifier that can be read backwards: features [1,c] are multiplied with weights,
 * biases are added, and a softmax makes probabilities of the sums. Often the features are a map
 * [1,c,h,w] or [1,h,w,c], averaged over its positions.
 *
 * @param map tensor of the map, if there is one
 * @param features tensor of the features
 * @param logits tensor that goes into the softmax
 * @param weights [c,k] float32, or [k,c] if {@code isTransposed}
 * @param isTransposed how the weights are kept
 * @param biases [k], float32
 */
public record OnnxHead(
    Optional<String> map,
    String features,
    String logits,
    TensorProto weights,
    boolean isTransposed,
    TensorProto biases) {
  private static final Set<String> POOLS = Set.of("GlobalAveragePool", "ReduceMean", "AveragePool");
  private static final Set<String> PASS_ON =
      Set.of("Flatten", "Squeeze", "Reshape", "Identity", "Dropout");

  /** Looks for it in the graph of one model. */
  private static final class Search {
    private final Map<String, NodeProto> makers = new HashMap<>();
    private final Map<String, TensorProto> constants = new HashMap<>();
    private final int nodes;

    Search(GraphProto graph) {
      nodes = graph.getNodeCount();
      for (NodeProto node : graph.getNodeList()) {
        node.getOutputList().forEach(output -> makers.put(output, node));
      }
      graph.getInitializerList().forEach(weights -> constants.put(weights.getName(), weights));
    }

    /** The node that makes a tensor, if it is of an operation and takes something. */
    Optional<NodeProto> maker(String tensor, Set<String> operations) {
      return Optional.ofNullable(makers.get(tensor))
          .filter(node -> operations.contains(node.getOpType()) && node.getInputCount() > 0)
          .filter(node -> node.getOutput(0).equals(tensor));
    }

    /** The first tensor above one that is more than the same numbers in another shape. */
    String origin(String tensor) {
      String at = tensor;
      for (int step = 0; step < nodes; step++) {
        Optional<NodeProto> maker = maker(at, PASS_ON);
        if (maker.isEmpty()) {
          return at;
        }
        at = maker.get().getInput(0);
      }
      return at;
    }

    Optional<TensorProto> constant(NodeProto node, int input) {
      return input < node.getInputCount()
          ? Optional.ofNullable(constants.get(node.getInput(input)))
          : Optional.empty();
    }

    Optional<OnnxHead> above(String output) {
      return maker(origin(output), Set.of("Softmax"))
          .map(softmax -> origin(softmax.getInput(0)))
          .flatMap(
              logits ->
                  maker(logits, Set.of("Gemm"))
                      .flatMap(product -> gemm(logits, product))
                      .or(() -> maker(logits, Set.of("Add")).flatMap(sum -> sum(logits, sum))));
    }

    private Optional<OnnxHead> gemm(String logits, NodeProto product) {
      boolean transposed = false;
      for (AttributeProto attribute : product.getAttributeList()) {
        switch (attribute.getName()) {
          case "transB" -> transposed = attribute.getI() != 0;
          case "transA" -> {
            if (attribute.getI() != 0) {
              return Optional.empty();
            }
          }
          default -> {
            if (attribute.getF() != 1) {
              return Optional.empty();
            }
          }
        }
      }
      return head(
          logits, product.getInput(0), constant(product, 1), transposed, constant(product, 2));
    }

    private Optional<OnnxHead> sum(String logits, NodeProto sum) {
      int bias = constant(sum, 1).isPresent() ? 1 : 0;
      Optional<NodeProto> product =
          sum.getInputCount() < 2
              ? Optional.empty()
              : maker(sum.getInput(1 - bias), Set.of("MatMul"));
      return product.flatMap(
          found -> head(logits, found.getInput(0), constant(found, 1), false, constant(sum, bias)));
    }

    private Optional<OnnxHead> head(
        String logits,
        String features,
        Optional<TensorProto> weights,
        boolean isTransposed,
        Optional<TensorProto> biases) {
      return weights.isEmpty() || biases.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new OnnxHead(
                  maker(origin(features), POOLS).map(pool -> pool.getInput(0)),
                  features,
                  logits,
                  weights.get(),
                  isTransposed,
                  biases.get()));
    }
  }

  /** Looks for it above an output; empty when the graph ends in another way. */
  static Optional<OnnxHead> of(ModelProto model, String output) {
    return new Search(model.getGraph()).above(output);
  }

  /**
   * The numbers of a constant.
   *
   * @return empty when they are not float32, or fewer or more than are wanted
   */
  public static Optional<float[]> floats(TensorProto tensor, int wanted) {
    if (tensor.getDataType() != DataType.FLOAT_VALUE || wanted < 0) {
      return Optional.empty();
    }
    float[] values = new float[wanted];
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int given = raw.hasRemaining() ? raw.remaining() / Float.BYTES : tensor.getFloatDataCount();
    if (given != wanted) {
      return Optional.empty();
    }
    for (int i = 0; i < wanted; i++) {
      values[i] = raw.hasRemaining() ? raw.getFloat() : tensor.getFloatData(i);
    }
    return Optional.of(values);
  }
}
