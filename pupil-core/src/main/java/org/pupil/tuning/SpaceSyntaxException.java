package org.pupil.tuning;

import java.io.Serial;

/** A text is no {@link SearchSpace}. */
public final class SpaceSyntaxException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int position;

  SpaceSyntaxException(int position, String message) {
    super(message);
    this.position = position;
  }

  /** The first character that cannot stand there, from 0; the text's length if it ends too soon. */
  public int position() {
    return position;
  }
}
