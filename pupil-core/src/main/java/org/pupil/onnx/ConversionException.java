package org.pupil.onnx;

import java.io.Serial;

/**
 * A node of a TensorFlow graph that cannot be converted to ONNX. The message says why in words that
 * follow the node's name: {@code its strides [0,0] are not positive}.
 */
final class ConversionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ConversionException(String message) {
    super(message);
  }
}
