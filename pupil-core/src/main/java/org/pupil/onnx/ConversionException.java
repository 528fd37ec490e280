package org.pupil.onnx;

import java.io.Serial;
import org.pupil.errors.OneLine;

/**
 * A node of a graph that cannot be converted to ONNX, or of an ONNX graph that cannot be run.
 * {@link GraphConverter} and {@link OnnxSizes} say which: {@code pool (MaxPool) cannot be converted
 * to ONNX: its strides of 0 cannot be}. Rules say only why, in words that follow the colon. Names
 * of nodes are escaped as in other messages.
 */
public final class ConversionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ConversionException(String message) {
    super(OneLine.of(message));
  }
}
