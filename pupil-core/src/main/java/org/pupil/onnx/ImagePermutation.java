package org.pupil.onnx;

/** How the axes of a batch of images get from one framework's order to another's. */
enum ImagePermutation {
  /** From [n,height,width,channels], as in TensorFlow, to [n,channels,height,width]. */
  TO_CHANNELS_FIRST,
  /** From [n,channels,height,width] to [n,height,width,channels]. */
  TO_CHANNELS_LAST;

  /** Which axis each axis of the result was before: ONNX's {@code perm}. */
  int[] axes() {
    return switch (this) {
      case TO_CHANNELS_FIRST -> new int[] {0, 3, 1, 2};
      case TO_CHANNELS_LAST -> new int[] {0, 2, 3, 1};
    };
  }
}
