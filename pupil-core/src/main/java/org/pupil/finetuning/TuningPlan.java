package org.pupil.finetuning;

import java.time.Duration;
import java.util.Optional;

/**
 * How much of a training takes place.
 *
 * @param epochs at least 1
 * @param views of each photo, at least 1
 */
record TuningPlan(int epochs, int views) {
  /** With fewer epochs than these, epochs are worth more than views. */
  private static final int FEW_EPOCHS = 3;

  TuningPlan {
    if (epochs < 1 || views < 1) {
      throw new IllegalArgumentException("no such plan: %d, %d".formatted(epochs, views));
    }
  }

  /** How long a part of a training takes. */
  interface Cost {
    /** The time for the maps of so many views of all photos, as far as they are not there. */
    Duration maps(int views);
  }

  /**
   * As much of a plan as fits into a time: first there are fewer epochs, then fewer views of each
   * photo.
   *
   * @param epoch how long one takes
   * @return empty if not even one epoch fits
   */
  Optional<TuningPlan> within(Duration time, Cost cost, Duration epoch) {
    TuningPlan most = null;
    for (int fewer = views; fewer >= 1; fewer--) {
      long fit = time.minus(cost.maps(fewer)).toNanos() / Math.max(1, epoch.toNanos());
      int possible = (int) Math.min(epochs, fit);
      if (possible >= 1 && (most == null || possible > most.epochs())) {
        most = new TuningPlan(possible, fewer);
      }
      if (possible >= Math.min(epochs, FEW_EPOCHS)) {
        break;
      }
    }
    return Optional.ofNullable(most);
  }
}
