package org.pupil.tensorflow;

import java.io.Serial;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * TensorFlow could not compute what was asked for: the values that were fed do not fit the graph,
 * an operation refused them, as a decoder refuses a damaged image, or what came out are no floats.
 */
public final class GraphRunException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  GraphRunException(String message) {
    super(message);
  }

  GraphRunException(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }

  /** True if it was for want of memory. */
  public boolean isOutOfMemory() {
    return getCause() instanceof TFResourceExhaustedException;
  }
}
