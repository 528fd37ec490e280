package org.pupil.finetuning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** One fine-tuning: finds out what it takes, computes the maps, goes through the epochs. */
final class FineTuningWork {
  /** Maps by which the time is estimated: the first few are slow. */
  private static final int PROBED = 32;

  private final String cut;
  private final PhotoMaps maps;
  private final FineTuner tuner;
  private final Checkpoint checkpoint;
  private final FineTuning.Listener listener;

  FineTuningWork(
      String cut,
      PhotoMaps maps,
      FineTuner tuner,
      Checkpoint checkpoint,
      FineTuning.Listener listener) {
    this.cut = cut;
    this.maps = maps;
    this.tuner = tuner;
    this.checkpoint = checkpoint;
    this.listener = listener;
  }

  /**
   * Finds out how long it takes, and plans what fits into the time budget.
   *
   * @param begin when it began, by {@link System#nanoTime}
   * @param heldBack how many photos decide
   * @return false if nothing fits
   */
  boolean plan(long begin, Optional<Duration> budget, TunedPhotos training, int heldBack) {
    listener.probing();
    TuningPlan asked = tuner.plan();
    int missing = maps.missing(asked.views());
    Duration aMap = timeOfMap(maps, asked.views());
    Duration anEpoch = tuner.timeOfEpoch(onlyThoseThere(training));
    TuningPlan.Cost cost = views -> aMap.multipliedBy(maps.missing(views));
    if (budget.isPresent()) {
      Duration spent = Duration.ofNanos(System.nanoTime() - begin);
      Optional<TuningPlan> fits = asked.within(budget.get().minus(spent), cost, anEpoch);
      if (fits.isEmpty()) {
        listener.doesNotFit(spent.plus(cost.maps(1)).plus(anEpoch));
        return false;
      }
      tuner.follow(fits.get());
    }
    TuningPlan plan = tuner.plan();
    int planned = plan.views() == asked.views() ? missing : maps.missing(plan.views());
    listener.planned(
        new FineTuning.Cost(
            cut,
            training.size(),
            heldBack,
            planned,
            planned * maps.bytesOfOne(),
            plan.epochs(),
            asked.epochs(),
            plan.views(),
            asked.views(),
            cost.maps(plan.views()).plus(anEpoch.multipliedBy(plan.epochs() - tuner.epoch()))));
    return true;
  }

  private TunedPhotos onlyThoseThere(TunedPhotos photos) {
    List<Integer> there =
        IntStream.range(0, photos.size())
            .filter(photo -> maps.has(photos.contents().get(photo), 0))
            .boxed()
            .toList();
    return new TunedPhotos(
        maps,
        there.stream().map(photos.contents()::get).toList(),
        there.stream().map(photos.labels()::get).toList(),
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

  /** Computes the maps that are missing, and trains. */
  void train() {
    int views = tuner.plan().views();
    int missing = maps.missing(views);
    if (missing > 0) {
      maps.compute(views, missing, done -> listener.mapped(done, missing));
    }
    tuner.train(
        new FineTuner.Listener() {
          @Override
          public void step(long done, long all) {
            listener.step(done, all);
          }

          @Override
          public void epoch(FineTuner.Epoch epoch, TunerState state) {
            checkpoint.write(state);
            listener.epoch(
                new FineTuning.EpochResult(
                    epoch.epoch(),
                    state.plan().epochs(),
                    epoch.loss(),
                    epoch.heldBackLoss(),
                    epoch.heldBackAccuracy(),
                    epoch.isBest()));
          }
        });
    checkpoint.delete();
    if (tuner.epoch() < tuner.plan().epochs()) {
      listener.endedEarly(tuner.epoch());
    }
  }
}
