package org.pupil.finetuning;

import java.time.Duration;
import org.pupil.training.HeldOutComparison;

/** Hears how a {@link FineTuning} goes, in one thread at a time. */
public interface FineTuningListener {
  /** Hears nothing. */
  FineTuningListener NONE = new FineTuningListener() {};

  /**
   * What it will take.
   *
   * @param cut the layer above which all layers are trained
   * @param photos that are trained on
   * @param heldBack photos that decide
   * @param maps to compute
   * @param bytes on the disk that these take
   * @param epochs that are planned
   * @param askedEpochs that were asked for; more than planned if they do not fit into the time
   * @param views of each photo that are planned
   * @param askedViews likewise
   * @param time about how long this takes, until it is decided whether it is kept
   * @param onAll what follows if it is kept
   */
  record Cost(
      String cut,
      int photos,
      int heldBack,
      int maps,
      long bytes,
      int epochs,
      int askedEpochs,
      int views,
      int askedViews,
      Duration time,
      OnAll onAll) {}

  /**
   * The second training, on all training photos: those that were held back too.
   *
   * @param photos that it trains on
   * @param isPlanned false if it does not fit into the time
   * @param time about how long it takes at most
   */
  record OnAll(int photos, boolean isPlanned, Duration time) {}

  /**
   * How an epoch went.
   *
   * @param number from 1 on
   * @param epochs that there are at most
   * @param loss mean loss of the training photos, in nats
   * @param heldBackLoss mean cross entropy of the photos that are held back, in nats
   * @param heldBackAccuracy the part of them that are right
   * @param isBest whether it is the best so far
   */
  record Epoch(
      int number,
      int epochs,
      double loss,
      double heldBackLoss,
      double heldBackAccuracy,
      boolean isBest) {}

  /** It is being found out what it will take. */
  default void probing() {}

  /** It begins. */
  default void planned(Cost cost) {}

  /** Not even one epoch fits into the time budget: it does not begin. */
  default void doesNotFit(Duration needed) {}

  /** Maps are computed: so many of all. */
  default void mapped(int done, int all) {}

  /** It goes on after an epoch: of the second training, if that has begun. */
  default void resumed(int epoch) {}

  /** Steps are done: so many of all, if no epoch is saved. */
  default void step(long done, long all) {}

  /** An epoch is done. */
  default void epoch(Epoch epoch) {}

  /** It ends before the last epoch, since none has been better for a while. */
  default void endedEarly(int afterEpoch) {}

  /** It is decided whether it is kept. */
  default void judged(HeldOutComparison comparison) {}

  /** The second training begins, on all training photos. */
  default void beginsOnAll(int photos, int epochs) {}

  /**
   * An epoch of the second training is done.
   *
   * @param loss mean loss of the training photos, in nats
   */
  default void epochOnAll(int number, int epochs, double loss) {}
}
