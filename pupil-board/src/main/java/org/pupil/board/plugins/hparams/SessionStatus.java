package org.pupil.board.plugins.hparams;

/** How a session ended, with the numbers that they have in a log. */
public enum SessionStatus {
  STATUS_UNKNOWN,
  STATUS_SUCCESS,
  STATUS_FAILURE,
  STATUS_RUNNING
}
