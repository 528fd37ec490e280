package org.pupil.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How long a stop will go on, by its own rate of the last half minute. The time before the first
 * piece is done counts for nothing: a network is opened in it. Between two pieces the seconds count
 * down by themselves.
 */
final class TimeLeft {
  private static final double WINDOW_SECONDS = 30;

  /** Earlier a rate is chance. */
  private static final double FEWEST_SECONDS = 1;

  private record Mark(double at, long done) {}

  private final long total;
  private final Deque<Mark> marks = new ArrayDeque<>();

  TimeLeft(long total) {
    this.total = total;
  }

  /**
   * Notes that so much is done.
   *
   * @param at seconds, never less than the last time
   */
  void advanced(double at, long done) {
    if (!marks.isEmpty() && at - marks.getLast().at < WINDOW_SECONDS / 1000) {
      return; // thousands of steps a second need not be remembered one by one
    }
    marks.addLast(new Mark(at, done));
    while (marks.size() > 2 && at - marks.getFirst().at > WINDOW_SECONDS) {
      marks.removeFirst();
    }
  }

  /** Seconds from now until all is done; empty as long as that would be guesswork. */
  OptionalDouble seconds(double now) {
    if (marks.size() < 2) {
      return OptionalDouble.empty();
    }
    Mark first = marks.getFirst();
    Mark last = marks.getLast();
    double rate = (last.done - first.done) / (last.at - first.at);
    if (now - first.at < FEWEST_SECONDS || !(rate > 0)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.max(0, (total - last.done) / rate - (now - last.at)));
  }
}
