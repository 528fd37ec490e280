package org.pupil.onnx;

import java.io.Serial;

/**
 * A node of a TensorFlow graph that cannot be converted to ONNX. {@link GraphConverter} says which:
 * {@code pool (MaxPool) cannot be converted to ONNX: its strides [0,0] are not positive}. Rules say
 * only why, in words that follow the colon.
 */
public final class ConversionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ConversionException(String message) {
    super(message);
  }
}
