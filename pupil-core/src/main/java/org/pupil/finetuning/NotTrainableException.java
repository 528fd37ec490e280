package org.pupil.finetuning;

/** Says that a part of a network has an operation whose gradient is not known here. */
final class NotTrainableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotTrainableException(String operation, String where) {
    super(operation + " (at " + where + ")");
  }
}
