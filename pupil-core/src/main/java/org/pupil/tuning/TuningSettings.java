package org.pupil.tuning;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

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
  private static final int MOST_PARALLEL = 1024;

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
    check(Setting.TRIALS, trials, 1, MOST_TRIALS);
    check(Setting.PARALLEL, parallel, 1, MOST_PARALLEL);
    check(Setting.FOLDS, folds, 2, MOST_FOLDS);
    repeats.ifPresent(value -> check(Setting.REPEATS, value, 1, MOST_FOLDS));
  }

  private static void check(Setting setting, int value, int least, int most) {
    if (value < least || value > most) {
      throw PupilException.usage(
          Message.of(setting, " must be %d to %d, was %d".formatted(least, most, value)));
    }
  }

  /** How often so many photos are dealt to folds. */
  int repeatsOf(int photos) {
    return repeats.orElse(
        Math.max(
            FEWEST_REPEATS, Math.min(MOST_REPEATS, (LOOKS + photos - 1) / Math.max(1, photos))));
  }
}
