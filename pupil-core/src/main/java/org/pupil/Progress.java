package org.pupil;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a training run has come.
 *
 * @param stage what it is doing
 * @param done how much of that is done: photos, bytes or steps, as {@link Stage} says
 * @param total how much there is to do in all, where that is known
 * @param left how long this stage will still take, where that can be estimated
 */
public record Progress(Stage stage, long done, OptionalLong total, Optional<Duration> left) {
  /** What a training run does, in this order. */
  public enum Stage {
    /** Looks for photos and divides them; {@code done} is how many there are. */
    FINDING_PHOTOS,
    /** Downloads a backbone, in bytes. Left out if it is there already. */
    DOWNLOADING,
    /** Runs the backbone on the photos that are not in the cache; left out if all are. */
    COMPUTING_BOTTLENECKS,
    /**
     * Runs the backbone on those distorted variants of training photos that are not in the cache;
     * left out if all are. {@code done} counts variants.
     */
    DISTORTING_PHOTOS,
    /** Trains the final layer, in steps; before the first step the optimizer may search. */
    TRAINING,
    /**
     * Trains layers of the backbone too, in steps; before the first step it computes what the
     * layers below them give. Left out unless it is asked for. The new backbone then computes the
     * bottlenecks of all photos again.
     */
    FINE_TUNING
  }
}
