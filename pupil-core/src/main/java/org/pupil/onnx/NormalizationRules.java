package org.pupil.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Normalisation as it is once a network is trained: with means and variances that are known. */
final class NormalizationRules {
  private NormalizationRules() {}

  static Map<String, Rule> all() {
    Map<String, Rule> rules = new HashMap<>();
    for (String version : List.of("", "V2", "V3")) {
      rules.put("FusedBatchNorm" + version, NormalizationRules::batchNorm);
    }
    rules.put("BatchNormWithGlobalNormalization", NormalizationRules::batchNormOf2015);
    rules.put("LRN", NormalizationRules::localResponse);
    return rules;
  }

  /** Which input is what. */
  private record Inputs(int mean, int variance, int gamma, int beta) {}

  private static Value batchNorm(Rule.Node node, OnnxGraph graph) {
    if (node.attributes().flag("is_training", true)) {
      throw new ConversionException("it takes mean and variance from each batch (is_training)");
    }
    float epsilon = node.attributes().number("epsilon", 1e-4f);
    return batchNorm(node, graph, new Inputs(3, 4, 1, 2), epsilon, true);
  }

  /** An operation that TensorFlow took back, of which the Inception of 2015 is full. */
  private static Value batchNormOf2015(Rule.Node node, OnnxGraph graph) {
    float epsilon = node.attributes().number("variance_epsilon", 0);
    boolean scales = node.attributes().flag("scale_after_normalization", true);
    return batchNorm(node, graph, new Inputs(1, 2, 4, 3), epsilon, scales);
  }

  private static Value batchNorm(
      Rule.Node node, OnnxGraph graph, Inputs inputs, float epsilon, boolean scales) {
    Value image = node.image(graph);
    int channels = (int) image.shape().channels();
    float[] gamma = perChannel(node, inputs.gamma(), channels);
    float[] beta = perChannel(node, inputs.beta(), channels);
    float[] mean = perChannel(node, inputs.mean(), channels);
    float[] variance = perChannel(node, inputs.variance(), channels);
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int i = 0; i < channels; i++) {
      double factor = (scales ? gamma[i] : 1) / Math.sqrt((double) variance[i] + epsilon);
      scale[i] = (float) factor;
      shift[i] = (float) (beta[i] - mean[i] * factor);
    }
    Optional<Convolution> convolution =
        node.isSoleUser().get(0) && hasChannelsWhereItsInputHas(node)
            ? graph.convolutionOf(node.input())
            : Optional.empty();
    if (convolution.isPresent()) {
      convolution.get().scale(scale, shift);
      return node.input();
    }
    return node.result(normalized(image, scale, shift, graph));
  }

  /** Whether a convolution before it would have its channels on the same axis. */
  private static boolean hasChannelsWhereItsInputHas(Rule.Node node) {
    return node.attributes().isChannelsFirst() != node.input().isChannelsFirst();
  }

  private static Value normalized(Value image, float[] scale, float[] shift, OnnxGraph graph) {
    Shape channels = new Shape(scale.length);
    float[] zeros = new float[scale.length];
    float[] ones = new float[scale.length];
    Arrays.fill(ones, 1);
    return graph.addChannelsFirst(
        "BatchNormalization",
        image.shape(),
        List.of(
            graph.nameOf(image),
            graph.constant(Literal.of(channels, scale)),
            graph.constant(Literal.of(channels, shift)),
            graph.constant(Literal.of(channels, zeros)),
            graph.constant(Literal.of(channels, ones))),
        Attributes.number("epsilon", 0));
  }

  private static float[] perChannel(Rule.Node node, int input, int channels) {
    float[] values = node.known(input, "its input " + input).floats();
    if (values.length != channels) {
      throw new ConversionException(
          "it has %d numbers for %d channels".formatted(values.length, channels));
    }
    return values;
  }

  /** TensorFlow's alpha is for each neighbour, ONNX's for all of them together. */
  private static Value localResponse(Rule.Node node, OnnxGraph graph) {
    long radius = node.attributes().integer("depth_radius", 5);
    if (radius < 0 || radius > Short.MAX_VALUE) {
      throw new ConversionException("its radius of " + radius + " cannot be");
    }
    long size = 2 * radius + 1;
    Value image = graph.channelsFirst(node.input());
    return graph.addChannelsFirst(
        "LRN",
        image.shape(),
        List.of(graph.nameOf(image)),
        Attributes.integer("size", size),
        Attributes.number("alpha", node.attributes().number("alpha", 1) * size),
        Attributes.number("beta", node.attributes().number("beta", 0.5f)),
        Attributes.number("bias", node.attributes().number("bias", 1)));
  }
}
