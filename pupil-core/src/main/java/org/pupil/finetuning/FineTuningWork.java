package org.pupil.finetuning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.finetuning.FineTuning.Photos;
import org.pupil.training.FinalLayer;

/**
 * The two trainings of a fine-tuning: one with photos held back, by which the best epoch is chosen
 * and it is decided whether it is kept; and if so, one on all training photos for as many epochs.
 */
final class FineTuningWork {
  private final FineTuningRequest request;
  private final int threads;
  private final Photos photos;
  private final PhotoMaps maps;
  private final int views;
  private final FineTuningListener listener;

  /**
   * @param photos all of them
   * @param maps theirs, of which some may still have to be computed
   * @param views that there are of each photo that is trained on
   */
  FineTuningWork(
      FineTuningRequest request,
      int threads,
      Photos photos,
      PhotoMaps maps,
      int views,
      FineTuningListener listener) {
    this.request = request;
    this.threads = threads;
    this.photos = photos;
    this.maps = maps;
    this.views = views;
    this.listener = listener;
  }

  /**
   * What came of a training.
   *
   * @param part the trained layers
   * @param layer the final layer
   * @param plan that it followed
   * @param epoch the one whose weights these are
   * @param rateFactor what its rates were multiplied with in the end
   * @param steps that were made
   * @param heldBackLogits [n][k] of the photos that were held back
   */
  @SuppressWarnings("ArrayRecordComponent") // many numbers, never compared
  record Trained(
      TrainablePart part,
      FinalLayer layer,
      TuningPlan plan,
      int epoch,
      double rateFactor,
      int steps,
      float[][] heldBackLogits) {}

  /**
   * The first training.
   *
   * @param part its layers are changed
   * @param start the final layer that was trained alone on the same photos
   * @param begin when all began, by {@link System#nanoTime}
   * @return empty if not even one epoch fits into the time budget
   */
  Optional<Trained> judged(
      TrainablePart part, FinalLayer start, Checkpoint checkpoint, long begin) {
    TunedPhotos learned = TunedPhotos.of(photos.learned(), maps, views);
    TunedPhotos heldBack = TunedPhotos.of(photos.heldBack(), maps, 1);
    try (FineTuner tuner =
        new FineTuner(part.layers(), start, request.settings(), learned, heldBack, threads)) {
      Optional<TunerState> earlier =
          request.resume() ? Optional.of(earlier(checkpoint, tuner)) : Optional.empty();
      earlier.ifPresent(tuner::restore);
      boolean fits =
          new FineTuningPlanner(part.cut(), photos, maps, listener)
              .plan(
                  tuner,
                  Duration.ofNanos(System.nanoTime() - begin),
                  earlier.isEmpty() ? request.timeBudget() : Optional.empty());
      if (!fits) {
        return Optional.empty();
      }
      earlier.ifPresent(state -> listener.resumed(state.epoch()));
      computeMaps(tuner.plan().views());
      tuner.train(new Heard(checkpoint, tuner, true));
      if (tuner.epoch() < tuner.epochs()) {
        listener.endedEarly(tuner.epoch());
      }
      return Optional.of(trained(part, tuner));
    }
  }

  private static TunerState earlier(Checkpoint checkpoint, FineTuner tuner) {
    return checkpoint
        .read(tuner)
        .orElseThrow(
            () ->
                PupilException.usage(
                    Message.of(
                        checkpoint.exists()
                            ? checkpoint.file()
                                + " is damaged, so fine-tuning cannot go on from it; leave out "
                            : "there is no fine-tuning to go on with: no epoch was finished, or it came to its end, or it had other photos or options; leave out ",
                        Setting.RESUME)));
  }

  private void computeMaps(int ofEach) {
    int missing = maps.missing(ofEach);
    if (missing > 0) {
      maps.compute(ofEach, missing, done -> listener.mapped(done, missing));
    }
  }

  private static Trained trained(TrainablePart part, FineTuner tuner) {
    return new Trained(
        part,
        tuner.layer(),
        tuner.plan(),
        tuner.bestEpoch(),
        tuner.rateFactor(),
        tuner.steps(),
        tuner.heldBackLogits());
  }

  /**
   * The second training: on all training photos, with the rates of the first, for as many epochs as
   * were best there.
   *
   * @param part its layers are changed
   * @param start the final layer that was trained alone on all training photos
   * @param judged what came of the first training
   */
  Trained onAll(TrainablePart part, FinalLayer start, Checkpoint checkpoint, Trained judged) {
    TunedPhotos all = TunedPhotos.of(photos.training(), maps, views);
    TunedPhotos none = TunedPhotos.of(List.of(), maps, 1);
    try (FineTuner tuner =
        new FineTuner(part.layers(), start, request.settings(), all, none, threads)) {
      tuner.follow(judged.plan());
      tuner.endAfter(judged.epoch());
      tuner.slowDown(judged.rateFactor());
      listener.beginsOnAll(all.size(), tuner.epochs());
      Optional<TunerState> earlier = request.resume() ? checkpoint.read(tuner) : Optional.empty();
      earlier.ifPresent(
          state -> {
            tuner.restore(state);
            listener.resumed(state.epoch());
          });
      tuner.train(new Heard(checkpoint, tuner, false));
      return trained(part, tuner);
    }
  }

  /** Keeps a checkpoint after each epoch, and tells the listener. */
  private final class Heard implements FineTuner.Listener {
    private final Checkpoint checkpoint;
    private final FineTuner tuner;
    private final boolean isJudged;

    Heard(Checkpoint checkpoint, FineTuner tuner, boolean isJudged) {
      this.checkpoint = checkpoint;
      this.tuner = tuner;
      this.isJudged = isJudged;
    }

    @Override
    public void step(long done, long all) {
      listener.step(done, all);
    }

    @Override
    public void epoch(FineTuner.Epoch epoch, TunerState state) {
      checkpoint.write(state);
      if (isJudged) {
        listener.epoch(
            new FineTuningListener.Epoch(
                epoch.epoch(),
                tuner.epochs(),
                epoch.loss(),
                epoch.heldBackLoss(),
                epoch.heldBackAccuracy(),
                epoch.isBest()));
      } else {
        listener.epochOnAll(epoch.epoch(), tuner.epochs(), epoch.loss());
      }
    }
  }
}
