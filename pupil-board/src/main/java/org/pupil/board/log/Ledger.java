package org.pupil.board.log;

import java.util.concurrent.atomic.AtomicLong;

/** How much all runs together keep in memory. Each run tells what it takes and gives back. */
final class Ledger {
  private final LogLimits limits;
  private final AtomicLong points = new AtomicLong();
  private final AtomicLong tagBytes = new AtomicLong();

  Ledger(LogLimits limits) {
    this.limits = limits;
  }

  LogLimits limits() {
    return limits;
  }

  /** Adds to the number of points, or takes from it. */
  void addPoints(long more) {
    points.addAndGet(more);
  }

  boolean hasTooManyPoints() {
    return points.get() > limits.maxPoints();
  }

  /** Takes so many bytes for a tag if there are as many left; returns whether there were. */
  boolean takeTagBytes(long bytes) {
    if (tagBytes.addAndGet(bytes) <= LogLimits.TAG_BYTES) {
      return true;
    }
    tagBytes.addAndGet(-bytes);
    return false;
  }

  void giveBackTagBytes(long bytes) {
    tagBytes.addAndGet(-bytes);
  }
}
