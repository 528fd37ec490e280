package org.pupil.tuning;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.pupil.errors.PupilException;

/**
 * How settings are searched for.
 *
 * @param space what is searched over
 * @param method how
 * @param trials configurations to try, at least 1; the first is {@code retrain} as it is unless
 *     told otherwise
 * @param timeBudget after which no further fold is begun; the winner is trained after it
 * @param parallel how many trainings go on at a time, at least 1; it changes the time, not the
 *     result
 * @param seed decides what is tried and how photos are dealt to folds
 * @param folds parts of the photos that are held out in turn, at least 2
 * @param repeats how often the photos are dealt to folds anew, at least 1; empty for as often as
 *     photos are few
 * @param name of the search's folder; empty for the next {@code tune}, or that to go on with
 * @param resume whether to go on with a search that was ended
 */
public record TuningSettings(
    SearchSpace space,
    SearchMethod method,
    int trials,
    Optional<Duration> timeBudget,
    int parallel,
    long seed,
    int folds,
    OptionalInt repeats,
    Optional<String> name,
    boolean resume) {
  public static final int DEFAULT_TRIALS = 50;
  public static final int DEFAULT_FOLDS = 5;

  private static final int MOST_TRIALS = 100_000;
  private static final int MOST_FOLDS = 100;

  /** Photos that are looked at in all repeats together, if nobody says how many there are. */
  private static final int LOOKS = 5000;

  private static final int FEWEST_REPEATS = 2;
  private static final int MOST_REPEATS = 5;

  /**
   * Checks every value.
   *
   * @throws PupilException of kind USAGE
   */
  public TuningSettings {
    require(1 <= trials && trials <= MOST_TRIALS, "trials", "1 to " + MOST_TRIALS, trials);
    require(1 <= parallel && parallel <= 1024, "parallel", "1 to 1024", parallel);
    require(2 <= folds && folds <= MOST_FOLDS, "folds", "2 to " + MOST_FOLDS, folds);
    repeats.ifPresent(
        value -> require(1 <= value && value <= 100, "repeats", "1 to 100", value));
  }

  private static void require(boolean holds, String name, String range, int value) {
    if (!holds) {
      throw PupilException.usage("%s must be %s, was %d".formatted(name, range, value));
    }
  }

  /** How often so many photos are dealt to folds. */
  int repeatsOf(int photos) {
    return repeats.orElse(
        Math.max(
            FEWEST_REPEATS, Math.min(MOST_REPEATS, (LOOKS + photos - 1) / Math.max(1, photos))));
  }
}
