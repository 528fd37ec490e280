package org.pupil.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells how long work will still take, from its own rate: the mean of about the last half minute.
 * What comes before the first result, such as opening a network, says nothing about the rate. The
 * terminal and the board say the same by it. Safe for use by several threads.
 */
public final class TimeLeft {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Seconds after which what was seen counts a third. */
  private static final double MEMORY = 30;

  /** Seconds of work before it is worth telling. */
  private static final double ENOUGH = 1;

  private final long total;
  private Optional<Instant> last = Optional.empty();
  private long done;
  private double work;
  private double seconds;

  /**
   * @param total where the work ends; negative if nobody knows
   */
  public TimeLeft(long total) {
    this.total = total;
  }

  /** Notes that so much is done. */
  public synchronized void reached(long newDone, Instant now) {
    if (last.isPresent()) {
      double passed = seconds(last.get(), now);
      double kept = Math.exp(-passed / MEMORY);
      work = work * kept + (newDone - done);
      seconds = seconds * kept + passed;
    }
    done = newDone;
    last = Optional.of(now);
  }

  /** Empty as long as it cannot be told. */
  public synchronized Optional<Duration> at(Instant now) {
    if (total < 0 || last.isEmpty() || work <= 0 || seconds < ENOUGH || done >= total) {
      return Optional.empty();
    }
    double then = (total - done) * seconds / work;
    double passed = seconds(last.get(), now);
    // It counts down between two results; when none comes, it takes at least as long again.
    double left = Math.max(then - passed, Math.min(passed, then));
    return Optional.of(Duration.ofMillis(Math.round(1000 * left)));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / NANOS_PER_SECOND;
  }
}
