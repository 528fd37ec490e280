package org.pupil.board.plugins.hparams;

/** How a session ended, and when in seconds since 1970. */
record SessionEnd(SessionStatus status, double endTimeSecs) {}
