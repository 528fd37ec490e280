package org.pupil.finetuning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.finetuning.FineTuning.Photos;

/** Finds out on this machine how long a fine-tuning takes, and plans what fits into the time. */
final class FineTuningPlanner {
  /** Maps by which the time is estimated: the first few are slow. */
  private static final int PROBED = 32;

  /** How much longer it takes to learn from a photo than to judge by one. */
  private static final double FORWARD_AND_BACKWARD = 3;

  private static final double NANOS = 1e9;

  private final String cut;
  private final Photos photos;
  private final PhotoMaps maps;
  private final FineTuningListener listener;

  FineTuningPlanner(String cut, Photos photos, PhotoMaps maps, FineTuningListener listener) {
    this.cut = cut;
    this.photos = photos;
    this.maps = maps;
    this.listener = listener;
  }

  /** What was measured: seconds of the clock. */
  private final class Measured implements TuningPlan.Cost {
    private final Duration aMap;
    private final double aPhoto;

    Measured(Duration aMap, double aPhoto) {
      this.aMap = aMap;
      this.aPhoto = aPhoto;
    }

    @Override
    public Duration maps(int views) {
      return aMap.multipliedBy(maps.missing(views));
    }

    @Override
    public Duration epoch() {
      return learning(
          photos.learned().size() + photos.heldBack().size() / FORWARD_AND_BACKWARD, aPhoto);
    }

    @Override
    public Duration epochOnAll() {
      return learning(photos.training().size(), aPhoto);
    }
  }

  /**
   * How long it takes to learn from photos.
   *
   * @param aPhoto seconds that one takes
   */
  static Duration learning(double photos, double aPhoto) {
    return Duration.ofNanos((long) (photos * aPhoto * NANOS));
  }

  /**
   * Plans the epochs of a tuner, and says what they will cost.
   *
   * @param spent of the time already
   * @param budget none for as long as it takes
   * @return false if nothing fits
   */
  boolean plan(FineTuner tuner, Duration spent, Optional<Duration> budget) {
    listener.probing();
    TuningPlan asked = tuner.plan();
    long begin = System.nanoTime();
    int missing = maps.missing(asked.views()); // before some are computed to measure it
    Measured cost = measured(tuner, asked.views());
    if (budget.isPresent()) {
      Duration gone = spent.plusNanos(System.nanoTime() - begin);
      Optional<TuningPlan> fits = asked.within(budget.get().minus(gone), cost);
      if (fits.isEmpty()) {
        listener.doesNotFit(gone.plus(new TuningPlan(1, 1, false).time(cost)));
        return false;
      }
      tuner.follow(fits.get());
    }
    boolean hasAllViews = tuner.plan().views() == asked.views();
    listener.planned(
        told(asked, tuner, hasAllViews ? missing : maps.missing(tuner.plan().views()), cost));
    return true;
  }

  private FineTuningListener.Cost told(
      TuningPlan asked, FineTuner tuner, int missing, Measured cost) {
    TuningPlan plan = tuner.plan();
    Duration epochs = cost.epoch().multipliedBy(plan.epochs() - tuner.epoch());
    return new FineTuningListener.Cost(
        cut,
        photos.learned().size(),
        photos.heldBack().size(),
        missing,
        missing * maps.bytesOfOne(),
        plan.epochs(),
        asked.epochs(),
        plan.views(),
        asked.views(),
        cost.maps(plan.views()).plus(epochs),
        new FineTuningListener.OnAll(
            photos.training().size(), plan.onAll(), cost.epochOnAll().multipliedBy(plan.epochs())));
  }

  private Measured measured(FineTuner tuner, int views) {
    Duration aMap = timeOfMap(maps, views);
    return new Measured(aMap, tuner.secondsOfPhoto(thoseThere()));
  }

  private TunedPhotos thoseThere() {
    TunedPhotos learned = TunedPhotos.of(photos.learned(), maps, 1);
    List<Integer> there =
        IntStream.range(0, learned.size())
            .filter(photo -> maps.has(learned.contents().get(photo), 0))
            .boxed()
            .toList();
    return new TunedPhotos(
        maps,
        there.stream().map(learned.contents()::get).toList(),
        there.stream().map(learned.labels()::get).toList(),
        1);
  }

  /**
   * How long it takes to compute a map, about. Computes some of those that are missing.
   *
   * @return zero if none is missing
   */
  static Duration timeOfMap(PhotoMaps maps, int views) {
    if (maps.missing(views) == 0) {
      return Duration.ZERO;
    }
    maps.compute(views, PROBED, done -> {});
    int before = maps.missing(views);
    long begin = System.nanoTime();
    maps.compute(views, PROBED, done -> {});
    int done = Math.max(1, before - maps.missing(views));
    return Duration.ofNanos((System.nanoTime() - begin) / done);
  }
}
