package org.pupil.finetuning;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuning.LabelledPhoto;
import org.pupil.training.FinalLayer;
import org.pupil.training.HeldOutComparison;

/**
 * Fine-tunes the same layers again and again, each time from the beginning, on parts of the same
 * photos. Trainings may go on at the same time, one in a thread.
 */
public final class RepeatedFineTuning {
  private final Backbone backbone;
  private final FineTuningDepth depth;
  private final CutMaps maps;
  private final List<LabelledPhoto> photos;
  private final int views;

  /**
   * What each training does with the photos. No photo has two parts.
   *
   * @param training places of those that are learnt from
   * @param heldBack of those that choose the epoch, and whether to keep it; at least one
   * @param judged of those that only say how good it is
   */
  public record Parts(List<Integer> training, List<Integer> heldBack, List<Integer> judged) {
    public Parts {
      training = List.copyOf(training);
      heldBack = List.copyOf(heldBack);
      judged = List.copyOf(judged);
    }
  }

  /**
   * What came of a training.
   *
   * @param layer the final layer, not calibrated
   * @param steps that were made
   * @param heldBackLogits [n] of [k]: what it says of the photos that were held back
   * @param comparison with the layer that it began with, on these
   * @param judged [n] of [d]: bottlenecks of the photos that only judge
   */
  public record Outcome(
      FinalLayer layer,
      int steps,
      List<float[]> heldBackLogits,
      HeldOutComparison comparison,
      List<float[]> judged) {}

  /**
   * @param maps of all these photos; not owned
   * @param views of each photo that are trained on
   */
  RepeatedFineTuning(
      Backbone backbone,
      FineTuningDepth depth,
      CutMaps maps,
      List<LabelledPhoto> photos,
      int views) {
    this.backbone = backbone;
    this.depth = depth;
    this.maps = maps;
    this.photos = photos;
    this.views = views;
  }

  /**
   * Trains.
   *
   * @param start the final layer to begin with, which knows nothing but the training photos
   * @param before [n][k] logits that it gives for the photos that are held back
   * @param onStep is called after each step; what it throws ends the training
   * @throws PupilException (diverged) if it came to nothing
   */
  public Outcome run(
      FineTuningSettings settings,
      FinalLayer start,
      Parts parts,
      float[][] before,
      Runnable onStep) {
    TunedPhotos heldBack = tuned(parts.heldBack(), 1);
    try (FineTuner tuner =
        new FineTuner(
            TrainablePart.of(backbone, depth).layers(),
            start,
            settings,
            tuned(parts.training(), views),
            heldBack,
            1)) {
      tuner.train(
          new FineTuner.Listener() {
            @Override
            public void step(long done, long all) {
              onStep.run();
            }

            @Override
            public void epoch(FineTuner.Epoch epoch, TunerState state) {
              onStep.run();
            }
          });
      float[][] after = tuner.heldBackLogits();
      int[] truth = heldBack.labels().stream().mapToInt(Integer::intValue).toArray();
      return new Outcome(
          tuner.layer(),
          tuner.steps(),
          List.of(after),
          HeldOutComparison.of(before, after, truth),
          List.of(tuner.bottlenecks(tuned(parts.judged(), 1))));
    }
  }

  /** About how long it takes to learn from all photos once, by those whose maps are there. */
  Duration timeOfEpoch() {
    List<Integer> all = IntStream.range(0, photos.size()).boxed().toList();
    List<Integer> there =
        all.stream().filter(photo -> maps.has(photos.get(photo).content(), 0)).toList();
    UpperLayers layers = TrainablePart.of(backbone, depth).layers();
    int labels = 1 + photos.stream().mapToInt(LabelledPhoto::label).max().orElse(0);
    FinalLayer any =
        new FinalLayer(
            layers.dimension(), new float[layers.dimension() * labels], new float[labels]);
    try (FineTuner tuner =
        new FineTuner(
            layers, any, FineTuningSettings.DEFAULTS, tuned(all, 1), tuned(List.of(), 1), 1)) {
      return FineTuningPlanner.learning(photos.size(), tuner.secondsOfPhoto(tuned(there, 1)));
    }
  }

  private TunedPhotos tuned(List<Integer> places, int viewsOfEach) {
    List<LabelledPhoto> chosen = places.stream().map(photos::get).toList();
    return new TunedPhotos(
        maps,
        chosen.stream().map(LabelledPhoto::content).toList(),
        chosen.stream().map(LabelledPhoto::label).toList(),
        viewsOfEach);
  }
}
