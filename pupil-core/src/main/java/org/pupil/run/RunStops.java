package org.pupil.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.bottleneck.Precision;
import org.pupil.bottleneck.VariantComputer;
import org.pupil.bottleneck.VariantListener;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Duplicates;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.engine.Engines;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.WholeFile;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkFormat;
import org.pupil.similarity.CachedNearDuplicates;
import org.pupil.similarity.NearDuplicates;
import org.pupil.training.Trainer;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingResult;
import org.pupil.training.TrainingSettings;

/**
 * The stops of a training run from its photos to the final layer, one by one: what a command needs
 * of them it takes, and the listener hears of it. {@link TrainingRun} goes through all.
 *
 * <pre>{@code
 * RunStops stops = new RunStops(settings, clock, environment, listener);
 * Split planned = stops.split(stops.find());
 * Backbone backbone = stops.backbone();
 * PhotoBottlenecks bottlenecks =
 *     stops.bottlenecks(backbone, planned.all().photos(), listener.bottlenecks());
 * Split split = stops.splitOfUsable(planned, bottlenecks);
 * TrainingSets sets =
 *     stops.distort(backbone, new TrainingSets(split, bottlenecks), listener.variants());
 * TrainingResult result = stops.train(backbone, sets, List.of());
 * }</pre>
 */
public final class RunStops {
  private final RunSettings settings;
  private final Clock clock;
  private final Map<String, String> environment;
  private final RunListener listener;

  /**
   * @param settings of these each stop looks at its own
   * @param clock tells when a photo was read
   * @param environment the environment variables, for the proxy of downloads
   * @param listener hears what happens; what it throws ends the work
   */
  public RunStops(
      RunSettings settings, Clock clock, Map<String, String> environment, RunListener listener) {
    this.settings = settings;
    this.clock = clock;
    this.environment = environment;
    this.listener = listener;
  }

  /**
   * Checks what can be checked without photos.
   *
   * @throws PupilException (usage) if the settings make no sense together; (unavailable) if the
   *     engine is not there
   */
  public void checkSettings() {
    if (settings.distortions().isAfresh()) {
      settings.training().checkForDistortions();
    }
    BackboneCatalog.check(settings.backbone());
    if (settings.precision() == Precision.BFLOAT16
        && settings.backbone().format() == NetworkFormat.ONNX) {
      throw PupilException.usage(
          Message.of(
              Setting.PRECISION, " bfloat16 needs TensorFlow, which does not run .onnx files"));
    }
    Engines.check(settings.engine(), settings.backbone().format());
    engine();
  }

  private NetworkEngine engine() {
    return Engines.named(settings.engine(), settings.precision().purpose());
  }

  /**
   * Checks that the cache can be written. Leaves nothing on the disk.
   *
   * @throws PupilException (unavailable) if it cannot
   */
  public void checkCache() {
    WholeFile.checkFolderWritable(Setting.BOTTLENECK_DIR, settings.bottleneckDir());
  }

  /**
   * Stop 1: finds the photos.
   *
   * @throws PupilException (bad input) if there are none to learn from, or if the settings are
   *     strict and photos had to be left out
   */
  public Dataset find() {
    Dataset found = settings.photos().open();
    listener.found(found);
    found.problems().forEach(listener::problem);
    if (settings.strict()) {
      found.problems().stream()
          .filter(problem -> problem.kind().leavesPhotosOut())
          .findFirst()
          .ifPresent(
              problem -> {
                throw PupilException.badInput(Message.of(Setting.STRICT, ": ", problem.message()));
              });
    }
    return found;
  }

  /**
   * Stop 2, before photos are decoded: what cannot be split is not worth decoding.
   *
   * @throws PupilException (bad input) as {@link Split#of}
   */
  public Split split(Dataset found) {
    Split split = found.split(settings.split());
    split.problems().forEach(listener::problem);
    listener.split(split);
    return split;
  }

  /**
   * Stop 4 before stop 3: the backbone says what pixels it wants. It is downloaded if need be.
   *
   * @throws PupilException (usage, bad model, unavailable) if there is no such backbone
   */
  public Backbone backbone() {
    Backbone backbone =
        new BackboneCatalog(engine(), settings.addresses(), environment, listener.downloads())
            .resolve(settings.backbone());
    listener.backbone(backbone);
    return backbone;
  }

  /**
   * Stops 3, 4 and 5: gets the bottlenecks from the cache, or decodes, runs the backbone, and
   * keeps.
   *
   * @param progress hears how the computing goes
   * @return the photos that could be decoded
   * @throws PupilException (unavailable) if the cache cannot be written; (bad input) if the
   *     settings are strict and a photo cannot be decoded
   */
  public PhotoBottlenecks bottlenecks(
      Backbone backbone, List<Photo> photos, BottleneckComputer.Listener progress) {
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(settings.bottleneckDir())) {
      PhotoBottlenecks bottlenecks =
          new BottleneckComputer(
                  backbone,
                  settings.alpha(),
                  settings.precision(),
                  cache,
                  settings.threads(),
                  clock)
              .compute(photos, progress);
      listener.bottlenecksReady(bottlenecks);
      if (settings.strict() && !bottlenecks.failures().isEmpty()) {
        PhotoBottlenecks.Failure first = bottlenecks.failures().get(0);
        throw PupilException.badInput(
            Message.of(
                Setting.STRICT,
                ": "
                    + first.photo().source().name()
                    + ": "
                    + first.reason()
                    + " ("
                    + bottlenecks.failures().size()
                    + " such photos in all)"));
      }
      return bottlenecks;
    }
  }

  /**
   * Stop 2 for good: photos that turned out to be no images are in no set, and those that are
   * nearly the same are in one, unless the settings say otherwise.
   *
   * @throws PupilException (bad input) if a label or a set has nothing left
   */
  public Split splitOfUsable(Split planned, PhotoBottlenecks bottlenecks) {
    Split usable = bottlenecks.failures().isEmpty() ? planned : planned.with(bottlenecks.photos());
    Split split =
        settings.split().groupNearDuplicates() ? keepTogether(usable, bottlenecks) : usable;
    split.problems().stream()
        .filter(problem -> !planned.problems().contains(problem))
        .forEach(listener::problem);
    if (usable != planned || !split.hasSameSetsAs(planned)) {
      listener.split(split);
    }
    return split;
  }

  private Split keepTogether(Split split, PhotoBottlenecks bottlenecks) {
    NearDuplicates found = nearDuplicates(bottlenecks);
    if (found.groups().isEmpty()) {
      return split;
    }
    Split together;
    try {
      together = split.with(found.grouped(bottlenecks.photos()));
    } catch (PupilException e) {
      // By names alone the photos could be divided, so they are too much alike rather than too few.
      listener.problem(
          new Problem(
              Problem.Kind.NEAR_DUPLICATES_ACROSS_SETS,
              found.photos(),
              "%d photos are nearly the same as others, and not kept together, since a set would be empty: the test looks better than it is; add photos that differ more"
                  .formatted(found.photos())));
      return split;
    }
    listener.keptTogether(found);
    return together;
  }

  /**
   * The photos in groups whose members are not to be divided, in whatever way the photos are: those
   * that are nearly the same are in one, unless the settings say otherwise. The listener hears of
   * them.
   *
   * @return the photos of the bottlenecks, in the same order
   */
  public List<Photo> grouped(PhotoBottlenecks bottlenecks) {
    if (!settings.split().groupNearDuplicates()) {
      return bottlenecks.photos();
    }
    NearDuplicates found = nearDuplicates(bottlenecks);
    if (!found.groups().isEmpty()) {
      listener.keptTogether(found);
    }
    return found.grouped(bottlenecks.photos());
  }

  /**
   * Which photos are nearly the same: by their bottlenecks, and by the thumbnails that are in the
   * cache. No photo is read, and what is in the cache is not looked for again.
   */
  public NearDuplicates nearDuplicates(PhotoBottlenecks bottlenecks) {
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(settings.bottleneckDir())) {
      return new CachedNearDuplicates(cache, settings.threads())
          .of(bottlenecks.key(), bottlenecks.contents(), bottlenecks.bottlenecks());
    } catch (PupilException e) {
      // The bottlenecks are there without the cache, and tell of most near-duplicates.
      return NearDuplicates.of(
          bottlenecks.bottlenecks(),
          Collections.nCopies(bottlenecks.photos().size(), Optional.empty()),
          settings.threads());
    }
  }

  /** Tells of photos that are under two labels or in two sets. */
  public void reportDuplicates(Split split, PhotoBottlenecks bottlenecks) {
    Duplicates.in(split, bottlenecks.contents()).problems().forEach(listener::problem);
  }

  /**
   * Stops 3 to 5 once more, for the training photos alone: gets the bottlenecks of their distorted
   * variants, if the settings ask for any. The other sets stay as they are.
   *
   * @param progress hears how the computing goes
   * @return the sets with variants, or the same
   * @throws PupilException as {@link VariantComputer#compute}
   */
  public TrainingSets distort(Backbone backbone, TrainingSets sets, VariantListener progress) {
    if (!settings.distortions().hasVariants() || sets.photos(SplitSet.TRAINING).isEmpty()) {
      return sets;
    }
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(settings.bottleneckDir())) {
      return sets.withVariants(
          new VariantComputer(
                  backbone,
                  settings.alpha(),
                  settings.precision(),
                  cache,
                  settings.distortions(),
                  settings.training().seed(),
                  settings.threads(),
                  clock)
              .compute(sets.photos(SplitSet.TRAINING), sets.contents(SplitSet.TRAINING), progress));
    }
  }

  /** How many steps stop 6 will make; empty if nobody knows. */
  OptionalLong steps() {
    TrainingSettings training = settings.training();
    return training.optimizer().isStepwise()
        ? OptionalLong.of(training.howManyTrainingSteps())
        : OptionalLong.empty();
  }

  /**
   * Stop 6: trains the final layer, from the bottlenecks, those of distorted variants too, or, if
   * the settings say so, from photos that are distorted afresh in every step.
   *
   * @param watchers hear of the steps before the listener does
   * @return the layer; when it diverged, the last good one and what happened
   * @throws PupilException (bad input) if a label has no training photo
   */
  public TrainingResult train(
      Backbone backbone, TrainingSets sets, List<TrainingListener> watchers) {
    List<TrainingListener> all = new ArrayList<>(watchers);
    all.add(new ReportedSteps(listener));
    TrainingListener heard = new TrainingListeners(all);
    Trainer trainer = new Trainer(settings.training(), settings.threads());
    TrainingData validation = sets.data(SplitSet.VALIDATION);
    listener.training(steps());
    try {
      if (!settings.distortions().isAfresh()) {
        return trainer.train(sets.data(SplitSet.TRAINING), validation, heard);
      }
      try (DistortedBatches distorted =
          new DistortedBatches(backbone, settings, sets.photos(SplitSet.TRAINING), sets.labels())) {
        return trainer.trainDistorted(distorted, validation, heard);
      }
    } finally {
      listener.trainingEnded();
    }
  }
}
