package org.pupil.board.plugins.projector;

import java.io.Serial;

/** Something of the projector's is not there or not as it must be; the message says what. */
public final class ProjectorException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ProjectorException(String message) {
    super(message);
  }
}
