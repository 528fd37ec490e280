package org.pupil.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuning;
import org.pupil.finetuning.FineTuning.LabelledPhoto;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.training.FinalLayer;
import org.pupil.training.HeldBackPhotos;
import org.pupil.training.Trainer;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingResult;
import org.pupil.training.TrainingSettings;

/**
 * Stop 6 once more, deeper: layers of the backbone are trained together with the final layer. A
 * part of the training photos is held back, and with the validation photos decides whether they are
 * better so. If they are, they are trained on all training photos, and all photos go through stops
 * 3 to 5 again, with the new backbone.
 */
final class FineTuningStop {
  private final RunSettings settings;
  private final RunStops stops;
  private final RunListener listener;
  private final Optional<FineTuning> fineTuning;

  /**
   * Looks at the backbone, and at the room on the disk.
   *
   * @param planned the photos, none of which has been decoded yet
   * @throws PupilException as {@link FineTuning}, and as {@link FineTuning#checkRoom}
   */
  FineTuningStop(
      RunSettings settings,
      RunStops stops,
      RunListener listener,
      Backbone backbone,
      Split planned) {
    this.settings = settings;
    this.stops = stops;
    this.listener = listener;
    this.fineTuning =
        settings.fineTuning().isWanted()
            ? Optional.of(
                new FineTuning(
                    settings.fineTuning(),
                    new FineTuning.Surroundings(
                        settings.fineTuningDir(),
                        settings.alpha(),
                        settings.distortions(),
                        settings.threads()),
                    backbone))
            : Optional.empty();
    fineTuning.ifPresent(
        it -> it.checkRoom(planned.count(SplitSet.TRAINING), planned.count(SplitSet.VALIDATION)));
  }

  /**
   * Trains, if that is asked for.
   *
   * @param alone what came of the final layer alone
   * @param epochs hears of the training
   * @param progress hears how the bottlenecks of the new backbone are computed
   * @return the same if the layers are not better
   */
  Learned run(
      Learned alone, Split split, FineTuningListener epochs, BottleneckComputer.Listener progress) {
    if (fineTuning.isEmpty() || alone.result().divergence().isPresent()) {
      return alone;
    }
    Photos photos = new Photos(alone.sets());
    if (photos.held.length == 0) {
      listener.problem(
          new Problem(
              Problem.Kind.FEW_PHOTOS,
              alone.sets().photos(SplitSet.TRAINING).size(),
              "fine-tuning is left out: there are too few photos to hold some back, which decide whether it helps"));
      return alone;
    }
    FinalLayer start = start(photos.learn());
    TrainingData judging = photos.judging;
    Optional<FineTuning.Result> tuned =
        fineTuning
            .get()
            .run(
                photos.sets(), start, () -> start(photos.training), logits(start, judging), epochs);
    if (tuned.isEmpty()) {
      return alone;
    }
    FineTuningReport report = new FineTuningReport(tuned.get().cut(), tuned.get().comparison());
    return report.isKept()
        ? deeper(tuned.get(), judging, split, report, progress)
        : new Learned(
            alone.backbone(),
            alone.bottlenecks(),
            alone.sets(),
            alone.result(),
            Optional.of(report));
  }

  /** What came of it is saved: nobody will go on with it. */
  void forget() {
    fineTuning.ifPresent(FineTuning::forget);
  }

  /** The layer to begin with. */
  private FinalLayer start(TrainingData learn) {
    TrainingSettings search = FineTuning.startingWith(settings.training().seed());
    TrainingListener quiet =
        new TrainingListener() {
          @Override
          public void onWork() {
            listener.working();
          }
        };
    return new Trainer(search, settings.threads())
        .train(learn, learn.only(new int[0]), quiet)
        .layer();
  }

  private static float[][] logits(FinalLayer layer, TrainingData photos) {
    return IntStream.range(0, photos.size())
        .mapToObj(photo -> layer.logits(photos.row(photo)))
        .toArray(float[][]::new);
  }

  private Learned deeper(
      FineTuning.Result tuned,
      TrainingData judging,
      Split split,
      FineTuningReport report,
      BottleneckComputer.Listener progress) {
    PhotoBottlenecks bottlenecks =
        stops.bottlenecks(tuned.backbone(), split.all().photos(), progress);
    if (!bottlenecks.failures().isEmpty()) {
      PhotoBottlenecks.Failure first = bottlenecks.failures().get(0);
      throw PupilException.badInput(
          first.photo().source().name() + " cannot be read any more: " + first.reason());
    }
    TrainingResult result =
        TrainingResult.fineTuned(
            tuned.layer(),
            tuned.steps(),
            tuned.heldBackLogits().toArray(float[][]::new),
            IntStream.range(0, judging.size()).map(judging::label).toArray(),
            IntStream.range(0, judging.size()).map(judging::group).toArray(),
            settings.training().calibrate());
    return new Learned(
        tuned.backbone(),
        bottlenecks,
        new TrainingSets(split, bottlenecks),
        result,
        Optional.of(report));
  }

  /** Which photos are trained on, and which decide. */
  private final class Photos {
    private final TrainingSets sets;
    private final TrainingData training;
    private final int[] held;
    private final TrainingData judging;

    Photos(TrainingSets sets) {
      this.sets = sets;
      this.training = sets.data(SplitSet.TRAINING).withoutVariants();
      this.held = HeldBackPhotos.of(training, settings.training().seed());
      this.judging = training.only(held).followedBy(sets.data(SplitSet.VALIDATION));
    }

    private int[] learnedPlaces() {
      boolean[] isHeld = new boolean[training.size()];
      IntStream.of(held).forEach(photo -> isHeld[photo] = true);
      return IntStream.range(0, isHeld.length).filter(photo -> !isHeld[photo]).toArray();
    }

    TrainingData learn() {
      return training.only(learnedPlaces());
    }

    FineTuning.Photos sets() {
      int validation = sets.photos(SplitSet.VALIDATION).size();
      return new FineTuning.Photos(
          labelled(SplitSet.TRAINING, learnedPlaces()),
          labelled(SplitSet.TRAINING, held),
          labelled(SplitSet.VALIDATION, IntStream.range(0, validation).toArray()));
    }

    private List<LabelledPhoto> labelled(SplitSet set, int[] places) {
      List<Photo> photos = sets.photos(set);
      List<ContentHash> contents = sets.contents(set);
      return IntStream.of(places)
          .mapToObj(
              place ->
                  new LabelledPhoto(
                      photos.get(place), contents.get(place), photos.get(place).label()))
          .toList();
    }
  }
}
