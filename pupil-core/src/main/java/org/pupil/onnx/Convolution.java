package org.pupil.onnx;

import java.util.ArrayList;
import java.util.List;
import org.pupil.onnx.proto.NodeProto;

/**
 * A convolution whose weights are known: what follows it and only scales and shifts its channels (a
 * bias, batch normalisation) goes into them, so that ONNX Runtime has one node to run.
 */
final class Convolution {
  private final Window window;
  private final int groups;
  private Literal weights;
  private float[] bias;

  /**
   * A convolution without a bias yet.
   *
   * @param weights [out, in / groups, rows, columns]
   * @param groups of channels that do not see each other: 1, or the number of channels when it is
   *     depthwise
   */
  Convolution(Literal weights, Window window, int groups) {
    this.weights = weights;
    this.window = window;
    this.groups = groups;
    this.bias = new float[(int) weights.shape().length(0)];
  }

  /** Every channel of the result times a number, plus another. Both are [channels]. */
  void scale(float[] scale, float[] shift) {
    float[] shifted = new float[bias.length];
    for (int channel = 0; channel < bias.length; channel++) {
      shifted[channel] = bias[channel] * scale[channel] + shift[channel];
    }
    if (!isOne(scale)) {
      weights = weights.scaled(scale);
    }
    bias = shifted;
  }

  /** Whether it leaves all as it is, as a bias does. */
  private static boolean isOne(float[] scale) {
    for (float factor : scale) {
      if (factor != 1) {
        return false;
      }
    }
    return true;
  }

  NodeProto node(String input, String output, OnnxGraph graph) {
    List<String> inputs = new ArrayList<>();
    inputs.add(input);
    inputs.add(graph.constant(weights));
    inputs.add(graph.constant(Literal.of(new Shape(bias.length), bias)));
    return NodeProto.newBuilder()
        .setOpType("Conv")
        .setName(output)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(window.attributes())
        .addAttribute(window.dilation())
        .addAttribute(Attributes.integer("group", groups))
        .build();
  }
}
