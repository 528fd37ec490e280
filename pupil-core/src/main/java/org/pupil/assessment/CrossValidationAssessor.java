package org.pupil.assessment;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.pupil.assessment.Assessment.NeverHeldOut;
import org.pupil.assessment.Assessment.NoCurve;
import org.pupil.assessment.Assessment.Unreadable;
import org.pupil.backbone.Backbone;
import org.pupil.background.Progress;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.evaluation.LearningCurve;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Scores;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.run.RunStops;
import org.pupil.training.CrossValidation;
import org.pupil.training.GrowingSubsets;
import org.pupil.training.OutOfFold;
import org.pupil.training.Penalty;
import org.pupil.training.TrainingData;

/**
 * Judges what a model would be worth that was trained from some photos, by cross-validation of the
 * final layer on all of them, and what more photos would bring.
 */
public final class CrossValidationAssessor {
  private static final int FOLDS = 5;
  private static final int MOST_REPEATS = 5;

  /**
   * Multiply-adds of one look at all photos with which there is time for one repeat, and for all.
   */
  private static final double WORK_OF_ALL_REPEATS = 4e8;

  /** With which there is no time for a learning curve. */
  private static final double WORK_WITHOUT_CURVE = 4e8;

  private final RunSettings settings;
  private final RunStops stops;
  private final RunListener listener;

  /**
   * @param settings of the split only whether near-duplicates are grouped is looked at, of the
   *     training only the seed, and the outputs not at all
   * @param clock tells when a photo was read
   * @param environment the environment variables, for the proxy of downloads
   * @param listener hears how the bottlenecks come about
   */
  public CrossValidationAssessor(
      RunSettings settings, Clock clock, Map<String, String> environment, RunListener listener) {
    this.settings = settings;
    this.stops = new RunStops(settings, clock, environment, listener);
    this.listener = listener;
  }

  /**
   * Finds the photos, gets their bottlenecks, and cross-validates.
   *
   * @param progress hears of each layer that was fitted
   * @param curveProgress hears of each layer of the learning curve, which comes after them
   * @throws PupilException (bad input) if there are fewer than two labels with readable photos, or
   *     if no label has two photos; else as the stops of a training run
   */
  public Assessment assess(CrossValidation.Listener progress, Progress curveProgress) {
    stops.checkSettings();
    stops.checkCache();
    Dataset found = stops.find();
    Backbone backbone = stops.backbone();
    PhotoBottlenecks bottlenecks =
        stops.bottlenecks(backbone, found.photos(), listener.bottlenecks());
    List<Unreadable> unreadable =
        bottlenecks.failures().stream()
            .map(failure -> new Unreadable(failure.photo(), failure.reason()))
            .toList();
    if (bottlenecks.photos().isEmpty()) {
      throw ModelAssessor.noneReadable(unreadable);
    }
    return assess(
        data(found.labels(), bottlenecks, stops.grouped(bottlenecks)),
        bottlenecks.photos(),
        unreadable,
        progress,
        curveProgress);
  }

  /** Labels all of whose photos turned out to be unreadable are none. */
  private static TrainingData data(
      Labels labels, PhotoBottlenecks bottlenecks, List<Photo> photos) {
    int[] place = new int[labels.size()];
    List<String> names = new ArrayList<>();
    for (int label = 0; label < place.length; label++) {
      int n = label;
      if (photos.stream().anyMatch(photo -> photo.label() == n)) {
        place[label] = names.size();
        names.add(labels.name(label));
      }
    }
    if (names.size() < 2) {
      throw PupilException.badInput(
          Message.of(
              Setting.IMAGE_DIR,
              ": only the label '%s' has photos that can be read: at least two are needed"
                  .formatted(names.get(0))));
    }
    float[][] rows = new float[photos.size()][];
    for (int photo = 0; photo < rows.length; photo++) {
      rows[photo] = bottlenecks.bottlenecks().row(photo);
    }
    return new TrainingData(
        new Labels(names),
        bottlenecks.bottlenecks().floats(),
        rows,
        photos.stream().mapToInt(photo -> place[photo.label()]).toArray(),
        ModelAssessor.groups(photos));
  }

  private Assessment assess(
      TrainingData data,
      List<Photo> photos,
      List<Unreadable> unreadable,
      CrossValidation.Listener progress,
      Progress curveProgress) {
    double work = (double) data.size() * data.dimension() * (data.labels().size() - 1);
    int repeats = (int) Math.max(1, Math.min(MOST_REPEATS, WORK_OF_ALL_REPEATS / work));
    long seed = settings.training().seed();
    OutOfFold outOfFold =
        new CrossValidation(repeats, FOLDS, new Penalty.Chosen(), seed, settings.threads())
            .run(data, progress);
    int[] heldOut = outOfFold.heldOut();
    if (heldOut.length == 0) {
      throw PupilException.badInput(
          Message.of(
              Setting.IMAGE_DIR,
              ": no label has two photos that do not belong together, so none can be held out: add photos"));
    }
    Predictions predictions = Predictions.of(outOfFold, data);
    Optional<LearningCurve> curve = Optional.empty();
    NoCurve unless = NoCurve.TOO_MANY_PHOTOS;
    if (work < WORK_WITHOUT_CURVE) {
      unless = NoCurve.TOO_FEW_PHOTOS;
      Penalty same = new Penalty.Given(outOfFold.penalty());
      curve =
          LearningCurve.of(
              data,
              new GrowingSubsets(same, seed, settings.threads()).run(data, curveProgress),
              GrowingSubsets.Outcome.of(outOfFold, data));
    }
    return new Assessment(
        IntStream.of(heldOut).mapToObj(photos::get).toList(),
        predictions,
        Scores.of(predictions),
        unreadable,
        LabelDifferences.NONE,
        Optional.of(
            new Assessment.Folds(
                repeats,
                outOfFold.folds(),
                outOfFold.penalty(),
                neverHeldOut(outOfFold, data, photos),
                curve.isPresent() ? Optional.empty() : Optional.of(unless))),
        curve);
  }

  /** By label, in their order. */
  private static List<NeverHeldOut> neverHeldOut(
      OutOfFold outOfFold, TrainingData data, List<Photo> photos) {
    int[] judged = new int[data.labels().size()];
    IntStream.of(outOfFold.heldOut()).forEach(photo -> judged[data.label(photo)]++);
    SortedMap<Integer, List<Photo>> left = new TreeMap<>();
    for (int photo : outOfFold.neverHeldOut()) {
      left.computeIfAbsent(data.label(photo), label -> new ArrayList<>()).add(photos.get(photo));
    }
    return left.entrySet().stream()
        .map(
            of ->
                new NeverHeldOut(
                    data.labels().name(of.getKey()), of.getValue(), judged[of.getKey()] == 0))
        .toList();
  }
}
