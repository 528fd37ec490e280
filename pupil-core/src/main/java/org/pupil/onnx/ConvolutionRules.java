package org.pupil.onnx;

import java.util.List;
import java.util.Map;

/**
 * Convolutions. TensorFlow's weights are [rows, columns, in, out], ONNX's [out, in, rows, columns].
 */
final class ConvolutionRules {
  private static final int[] TO_ONNX = {3, 2, 0, 1};
  private static final int[] DEPTHWISE_TO_ONNX = {2, 3, 0, 1};

  private ConvolutionRules() {}

  static Map<String, Rule> all() {
    return Map.of(
        "Conv2D", ConvolutionRules::convolution,
        "DepthwiseConv2dNative", ConvolutionRules::depthwise,
        "MatMul", ConvolutionRules::matrixProduct);
  }

  private static Value convolution(Rule.Node node, OnnxGraph graph) {
    Value image = node.image(graph);
    Literal weights = weights(node);
    long in = weights.shape().length(2);
    long out = weights.shape().length(3);
    long channels = image.shape().channels();
    if (in < 1 || channels % in != 0 || out % (channels / in) != 0) {
      throw new ConversionException(
          "its weights are for %d channels, the image has %d".formatted(in, channels));
    }
    Window window = window(node, weights.shape(), image.shape());
    return node.result(
        graph.addConvolution(
            new Convolution(weights.permuted(TO_ONNX), window, (int) (channels / in)),
            image,
            window.result(image.shape(), out)));
  }

  private static Value depthwise(Rule.Node node, OnnxGraph graph) {
    Value image = node.image(graph);
    Literal weights = weights(node);
    Shape kernel = weights.shape();
    long channels = image.shape().channels();
    if (kernel.length(2) != channels) {
      throw new ConversionException(
          "its weights are for %d channels, the image has %d"
              .formatted(kernel.length(2), channels));
    }
    Window window = window(node, kernel, image.shape());
    long out = channels * kernel.length(3);
    Literal single =
        weights
            .permuted(DEPTHWISE_TO_ONNX)
            .reshaped(new Shape(out, 1, kernel.length(0), kernel.length(1)));
    return node.result(
        graph.addConvolution(
            new Convolution(single, window, (int) channels),
            image,
            window.result(image.shape(), out)));
  }

  private static Window window(Rule.Node node, Shape kernel, Shape image) {
    return Window.of(node.attributes(), kernel.length(0), kernel.length(1), image);
  }

  private static Literal weights(Rule.Node node) {
    Literal weights = node.known(1, "its kernel");
    if (weights.shape().rank() != 4) {
      throw new ConversionException("its weights have the shape " + weights.shape());
    }
    return weights;
  }

  private static Value matrixProduct(Rule.Node node, OnnxGraph graph) {
    Value left = matrix(node, graph, 0, "transpose_a");
    Value right = matrix(node, graph, 1, "transpose_b");
    if (left.shape().length(1) != right.shape().length(0)) {
      throw new ConversionException(
          "it multiplies " + left.shape() + " by " + right.shape() + ", which do not fit");
    }
    return graph.add(
        "MatMul",
        new Shape(left.shape().length(0), right.shape().length(1)),
        List.of(graph.nameOf(left), graph.nameOf(right)));
  }

  private static Value matrix(Rule.Node node, OnnxGraph graph, int input, String transpose) {
    Value value = graph.asInTensorFlow(node.input(input));
    if (value.shape().rank() != 2) {
      throw new ConversionException("it takes a value of shape " + value.shape() + ", no matrix");
    }
    if (!node.attributes().flag(transpose, false)) {
      return value;
    }
    Literal literal = value.literal();
    return literal != null
        ? Value.known(literal.permuted(1, 0))
        : graph.add(
            "Transpose",
            value.shape().permuted(1, 0),
            List.of(value.name()),
            Attributes.ints("perm", 1, 0));
  }
}
