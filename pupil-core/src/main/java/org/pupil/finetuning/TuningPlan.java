package org.pupil.finetuning;

import java.time.Duration;
import java.util.Optional;

/**
 * How much of a training takes place.
 *
 * @param epochs at least 1
 * @param views of each photo, at least 1
 * @param onAll whether what is kept is trained once more, on all training photos
 */
record TuningPlan(int epochs, int views, boolean onAll) {
  /** With fewer epochs than these, epochs are worth more than views. */
  private static final int FEW_EPOCHS = 3;

  TuningPlan {
    if (epochs < 1 || views < 1) {
      throw new IllegalArgumentException("no such plan: %d, %d".formatted(epochs, views));
    }
  }

  /** How long the parts of a training take. */
  interface Cost {
    /** The time for the maps of so many views of all photos, as far as they are not there. */
    Duration maps(int views);

    /** The time for an epoch, with judging what came of it. */
    Duration epoch();

    /** The time for an epoch on all training photos. */
    Duration epochOnAll();
  }

  /** How long all of it takes at most. */
  Duration time(Cost cost) {
    Duration epoch = onAll ? cost.epoch().plus(cost.epochOnAll()) : cost.epoch();
    return cost.maps(views).plus(epoch.multipliedBy(epochs));
  }

  /**
   * As much of a plan as fits into a time: first the training on all photos goes, then there are
   * fewer epochs, then fewer views of each photo.
   *
   * @return empty if not even one epoch fits
   */
  Optional<TuningPlan> within(Duration time, Cost cost) {
    if (time(cost).compareTo(time) <= 0) {
      return Optional.of(this);
    }
    TuningPlan most = null;
    for (int fewer = views; fewer >= 1; fewer--) {
      long fit = time.minus(cost.maps(fewer)).toNanos() / Math.max(1, cost.epoch().toNanos());
      int possible = (int) Math.min(epochs, fit);
      if (possible >= 1 && (most == null || possible > most.epochs())) {
        most = new TuningPlan(possible, fewer, false);
      }
      if (possible >= Math.min(epochs, FEW_EPOCHS)) {
        break;
      }
    }
    return Optional.ofNullable(most);
  }
}
