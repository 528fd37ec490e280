package org.pupil.onnx;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How one TensorFlow operation is written in ONNX. */
@FunctionalInterface
interface Rule {
  /**
   * Adds what the operation does to the ONNX graph.
   *
   * @return the operation's first output
   * @throws ConversionException when this node cannot be converted
   */
  Value convert(Node node, OnnxGraph graph);

  /** Every operation that can be converted, by TensorFlow's name for it. */
  static Map<String, Rule> all() {
    return Stream.of(
            ConvolutionRules.all(),
            PoolingRules.all(),
            ArithmeticRules.all(),
            ActivationRules.all(),
            NormalizationRules.all(),
            QuantizationRules.all(),
            ShapeRules.all(),
            KnownNumberRules.all())
        .flatMap(rules -> rules.entrySet().stream())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * A node that is converted.
   *
   * @param attributes of the TensorFlow node
   * @param inputs in the operation's order
   * @param isSoleUser for each input, whether nobody else takes it
   */
  record Node(NodeAttributes attributes, List<Value> inputs, List<Boolean> isSoleUser) {
    /**
     * One of the inputs.
     *
     * @throws ConversionException when the node has fewer
     */
    Value input(int index) {
      if (index >= inputs.size()) {
        throw new ConversionException("it has " + inputs.size() + " inputs only");
      }
      return inputs.get(index);
    }

    /** The first input. */
    Value input() {
      return input(0);
    }

    /** An input that must be known, such as axes; {@code what} names it in a message. */
    Literal known(int index, String what) {
      return input(index).known(what);
    }

    /**
     * The images that the node takes, [n,h,w,c] to TensorFlow or, if the node says so, [n,c,h,w].
     */
    Value image(OnnxGraph graph) {
      Value value = input();
      if (!attributes.isChannelsFirst()) {
        return graph.channelsFirst(value);
      }
      if (value.shape().rank() != 4) {
        throw new ConversionException("it takes values of " + value.shape() + ", not images");
      }
      return new Value(
          graph.nameOf(graph.asInTensorFlow(value)),
          value.shape().permuted(ImagePermutation.TO_CHANNELS_LAST.axes()),
          Value.Layout.CHANNELS_FIRST,
          null);
    }

    /** The node's result: an image that is as in TensorFlow when the node says [n,c,h,w]. */
    Value result(Value image) {
      return attributes.isChannelsFirst()
          ? Value.computed(
              image.name(), image.shape().permuted(ImagePermutation.TO_CHANNELS_FIRST.axes()))
          : image;
    }
  }
}
