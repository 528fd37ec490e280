package org.pupil.board.web;

import io.javalin.http.Context;

/**
 * How many points an answer has, of how many that were written. The page shows both, so that nobody
 * takes a sample for the whole.
 */
public final class PointCount {
  private static final String HEADER = "X-Pupil-Points";

  private long kept;
  private long seen;

  /** Counts a series. */
  public PointCount add(long keptOfIt, long seenOfIt) {
    kept += keptOfIt;
    seen += seenOfIt;
    return this;
  }

  /** Puts it into the answer's head: {@code X-Pupil-Points: 51/4000}. */
  public void tell(Context context) {
    context.header(HEADER, kept + "/" + seen);
  }
}
