package org.pupil.board.answers.hparams;

/** How a session ended, and when in seconds since 1970. */
record SessionEnd(SessionStatus status, double endTimeSecs) {}
