package org.pupil.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.graph.ConvolutionFilters;
import org.pupil.graph.ConvolutionLayers;
import org.pupil.graph.ConvolutionWalk;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;

/** Finds the layers of an ONNX graph, whose convolutions give maps [n,c,h,w]. */
final class OnnxLayers {
  private static final Set<String> POOLS = Set.of("MaxPool", "AveragePool");
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Add",
          "BatchNormalization",
          "Clip",
          "Concat",
          "Div",
          "Dropout",
          "Elu",
          "Gelu",
          "HardSigmoid",
          "HardSwish",
          "Identity",
          "LeakyRelu",
          "Mul",
          "PRelu",
          "Pad",
          "Relu",
          "Selu",
          "Sigmoid",
          "Sub",
          "Tanh");

  private static final int AXES = 4;

  private final ConvolutionWalk walk;
  private final Map<String, TensorProto> constants = new HashMap<>();
  private @Nullable ConvolutionFilters filters;

  private OnnxLayers(GraphProto graph, String image) {
    walk = new ConvolutionWalk(image);
    graph.getInitializerList().forEach(weights -> constants.put(weights.getName(), weights));
  }

  /**
   * Looks for them.
   *
   * @param image tensor that takes images
   */
  static ConvolutionLayers of(GraphProto graph, String image) {
    OnnxLayers layers = new OnnxLayers(graph, image);
    graph.getNodeList().forEach(layers::visit);
    return layers.walk.layers(Optional.ofNullable(layers.filters));
  }

  private void visit(NodeProto node) {
    if (node.getInputCount() == 0 || node.getOutputCount() == 0) {
      return;
    }
    String input = node.getInput(0);
    String output = node.getOutput(0);
    String operation = node.getOpType();
    if (operation.equals("Conv")) {
      if (walk.convolution(input, output, stride(node))) {
        filters = filters(node).orElse(null);
      }
    } else if (POOLS.contains(operation)) {
      walk.pooling(input, output, stride(node));
    } else if (operation.equals("Transpose")) {
      walk.transpose(input, output);
    } else if (ELEMENTWISE.contains(operation)) {
      walk.elementwise(node.getInputList(), output);
    }
  }

  private static int stride(NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals("strides") && attribute.getIntsCount() > 0) {
        return (int) Math.max(1, Math.min(Short.MAX_VALUE, attribute.getInts(0)));
      }
    }
    return 1;
  }

  private Optional<ConvolutionFilters> filters(NodeProto convolution) {
    TensorProto weights =
        convolution.getInputCount() < 2 ? null : constants.get(convolution.getInput(1));
    if (weights == null || weights.getDimsCount() != AXES) {
      return Optional.empty();
    }
    List<Long> shape = weights.getDimsList();
    if (shape.get(1) != ConvolutionFilters.CHANNELS
        || !ConvolutionFilters.isUsual(shape.stream().mapToLong(Long::longValue).toArray())) {
      return Optional.empty();
    }
    long size = shape.stream().reduce(1L, (a, b) -> a * b);
    int count = shape.get(0).intValue();
    int height = shape.get(2).intValue();
    int width = shape.get(3).intValue();
    return OnnxHead.floats(weights, (int) size)
        .map(
            values ->
                new ConvolutionFilters(
                    height, width, count, countLast(values, count, height * width)));
  }

  /** From [count, 3, positions] to [positions, 3, count]. */
  private static float[] countLast(float[] values, int count, int positions) {
    float[] to = new float[values.length];
    int channels = ConvolutionFilters.CHANNELS;
    for (int filter = 0; filter < count; filter++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int position = 0; position < positions; position++) {
          to[(position * channels + channel) * count + filter] =
              values[(filter * channels + channel) * positions + position];
        }
      }
    }
    return to;
  }
}
