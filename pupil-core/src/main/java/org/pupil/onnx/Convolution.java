package org.pupil.onnx;

import java.util.ArrayList;
import java.util.List;
import org.pupil.onnx.proto.NodeProto;

/**
 * A convolution whose weights are known: what follows it and only scales and shifts its channels (a
 * bias, batch normalisation) goes into them, so that ONNX Runtime has one node to run.
 */
final class Convolution {
  private final float[] weights;
  private final Shape weightShape;
  private final Window window;
  private final int groups;
  private float[] bias;

  /**
   * A convolution without a bias yet.
   *
   * @param weights [out, in / groups, rows, columns]
   * @param groups of channels that do not see each other: 1, or the number of channels when it is
   *     depthwise
   */
  Convolution(Literal weights, Window window, int groups) {
    this.weights = weights.floats().clone();
    this.weightShape = weights.shape();
    this.window = window;
    this.groups = groups;
    this.bias = new float[(int) weightShape.length(0)];
  }

  /** Every channel of the result times a number, plus another. Both are [channels]. */
  void scale(float[] scale, float[] shift) {
    int perChannel = weights.length / bias.length;
    float[] shifted = new float[bias.length];
    for (int channel = 0; channel < bias.length; channel++) {
      shifted[channel] = bias[channel] * scale[channel] + shift[channel];
      for (int i = channel * perChannel; i < (channel + 1) * perChannel; i++) {
        weights[i] *= scale[channel];
      }
    }
    bias = shifted;
  }

  NodeProto node(String input, String output, OnnxGraph graph) {
    List<String> inputs = new ArrayList<>();
    inputs.add(input);
    inputs.add(graph.constant(Literal.of(weightShape, weights)));
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
