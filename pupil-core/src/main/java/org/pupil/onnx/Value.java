package org.pupil.onnx;

import org.jspecify.annotations.Nullable;

/**
 * A tensor of the TensorFlow graph and what stands for it in the ONNX graph.
 *
 * @param name of the tensor in the ONNX graph; a {@link #literal} gets its name when it is written
 *     there for the first time, and has an empty one before
 * @param shape in TensorFlow's order of axes, whatever the layout
 * @param layout in which order the ONNX tensor has its axes
 * @param literal its numbers, where they are known without running the network
 */
record Value(String name, Shape shape, Layout layout, @Nullable Literal literal) {
  /** The order of a tensor's axes in the ONNX graph. */
  enum Layout {
    /** As in TensorFlow; images are [n,h,w,c]. */
    AS_IN_TENSORFLOW,
    /** [n,c,h,w] for what TensorFlow has as [n,h,w,c]: what ONNX's convolutions take. */
    CHANNELS_FIRST
  }

  /** A tensor that is computed, its axes as in TensorFlow. */
  static Value computed(String name, Shape shape) {
    return new Value(name, shape, Layout.AS_IN_TENSORFLOW, null);
  }

  /** Numbers that are known. */
  static Value known(Literal literal) {
    return new Value("", literal.shape(), Layout.AS_IN_TENSORFLOW, literal);
  }

  boolean isKnown() {
    return literal != null;
  }

  boolean isChannelsFirst() {
    return layout == Layout.CHANNELS_FIRST;
  }

  /**
   * Its numbers.
   *
   * @throws ConversionException when they are not known
   */
  Literal known(String what) {
    if (literal == null) {
      throw new ConversionException(what + " is computed while the network runs");
    }
    return literal;
  }
}
