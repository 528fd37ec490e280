package org.pupil.board.plugins.overview;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.pupil.board.log.ScalarPoints;

/**
 * How far a training run is, and how fast.
 *
 * @param done steps that are done
 * @param total how many there will be; empty if nobody knows
 * @param perSecond steps a second, by the last {@value #LAST} of them; empty if too few are done
 */
public record Pace(long done, OptionalLong total, OptionalDouble perSecond) {
  private static final int LAST = 200;

  /**
   * Looks at the training batches, of which there is one a step.
   *
   * @param train any scalar of them
   */
  static Pace of(Optional<ScalarPoints> train, OptionalLong total) {
    int size = train.map(ScalarPoints::size).orElse(0);
    if (size == 0) {
      return new Pace(0, total, OptionalDouble.empty());
    }
    ScalarPoints points = train.orElseThrow();
    int from = Math.max(0, size - 1 - LAST);
    long steps = points.step(size - 1) - points.step(from);
    double seconds = points.wallTime(size - 1) - points.wallTime(from);
    return new Pace(
        points.step(size - 1) + 1,
        total,
        steps > 0 && seconds > 0 ? OptionalDouble.of(steps / seconds) : OptionalDouble.empty());
  }

  /** Part that is done, 0 to 1; empty if the total is not known. */
  OptionalDouble part() {
    return total.isPresent() && total.getAsLong() > 0
        ? OptionalDouble.of(Math.min(1, (double) done / total.getAsLong()))
        : OptionalDouble.empty();
  }

  /** Seconds until the last step, at this pace; empty if that cannot be known. */
  OptionalDouble secondsLeft() {
    return total.isPresent() && perSecond.isPresent()
        ? OptionalDouble.of(Math.max(0, total.getAsLong() - done) / perSecond.getAsDouble())
        : OptionalDouble.empty();
  }
}
