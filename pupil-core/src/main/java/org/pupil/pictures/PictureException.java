package org.pupil.pictures;

/** A picture that cannot be drawn on this machine. The message says why, on one line. */
public final class PictureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
