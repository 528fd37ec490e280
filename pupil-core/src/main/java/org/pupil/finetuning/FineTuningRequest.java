package org.pupil.finetuning;

import java.time.Duration;
import java.util.Optional;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * What a person can say about fine-tuning.
 *
 * @param depth which layers are trained
 * @param settings how they are trained
 * @param mostBytes what maps may take on the disk in all, positive
 * @param timeBudget how long it may take; empty for as long as it takes
 * @param resume whether to go on where a training that was ended from outside was
 */
public record FineTuningRequest(
    FineTuningDepth depth,
    FineTuningSettings settings,
    long mostBytes,
    Optional<Duration> timeBudget,
    boolean resume) {
  /** Maps of ten thousand photos and more. */
  public static final long DEFAULT_MOST_BYTES = 10_000_000_000L;

  /** The final layer alone is trained. */
  public static final FineTuningRequest NONE =
      new FineTuningRequest(
          FineTuningDepth.NONE,
          FineTuningSettings.DEFAULTS,
          DEFAULT_MOST_BYTES,
          Optional.empty(),
          false);

  /**
   * @throws PupilException (usage) if a size or a time is not positive, or a training that does not
   *     take place is to be resumed
   */
  public FineTuningRequest {
    if (mostBytes <= 0) {
      throw PupilException.usage(
          Message.of(Setting.CACHE_SIZE, " must be positive, was " + mostBytes));
    }
    timeBudget.ifPresent(
        time -> {
          if (time.isNegative() || time.isZero()) {
            throw PupilException.usage(
                Message.of(Setting.TIME_BUDGET, " must be positive, was " + time.toSeconds()));
          }
        });
    if (resume && !depth.isSome()) {
      throw PupilException.usage(
          Message.of(
              Setting.RESUME,
              " goes on with fine-tuning, and there is none: give ",
              Setting.FINE_TUNE,
              " too"));
    }
  }

  /** Whether anything but the final layer is trained. */
  public boolean isWanted() {
    return depth.isSome();
  }
}
