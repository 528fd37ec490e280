package org.pupil.board.plugins.hparams;

import java.io.Serial;

/** A request cannot be answered as it is; the message says why. */
public final class HParamsException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  HParamsException(String message) {
    super(message);
  }
}
