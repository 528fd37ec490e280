package org.pupil.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.check.Finding.Kind;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.training.CrossValidation;
import org.pupil.training.OutOfFold;
import org.pupil.training.Penalty;
import org.pupil.training.SearchedFolds;
import org.pupil.training.TrainingData;

/**
 * Photos that may have the wrong label: those that layers which have not seen them take for another
 * one.
 *
 * <p>How many labels are wrong is estimated by {@link ConfidentLearning}. As many are listed, and a
 * quarter more, in the order of the margin log p(given label) - log max p(other label).
 *
 * <p>Measured with every twentieth of 600 and of 1320 cats and dogs under the wrong label: 27 of 30
 * and 63 of 66 are among the first 30 and 66 with the default backbone, and 25 and 67 wrong labels
 * are expected.
 */
final class SuspectLabels {
  /**
   * The layers are penalised strongly: one that bends to each photo would follow the wrong labels
   * among its own, too.
   */
  static final double PENALTY = SearchedFolds.STRONG;

  static final int FOLDS = 5;

  /** How many times as many as are expected to be wrong are listed: the order is not perfect. */
  private static final double MORE = 1.25;

  /** Fewer photos of each label on average tell nothing. */
  private static final int FEWEST = 5;

  /** From this share of wrong labels on, they are serious. */
  private static final double SERIOUS = 0.02;

  private final CheckedPhotos photos;
  private final int[] labelOf;
  private final Labels labels;
  private final ConfidentLearning learning;

  private SuspectLabels(
      CheckedPhotos photos, int[] labelOf, Labels labels, ConfidentLearning learning) {
    this.photos = photos;
    this.labelOf = labelOf;
    this.labels = labels;
    this.learning = learning;
  }

  /**
   * Finds them.
   *
   * @param groupOf a number for each photo that has a bottleneck; those of one number resemble each
   *     other
   */
  static List<Finding> of(
      CheckedPhotos photos,
      int[] groupOf,
      long seed,
      int threads,
      CrossValidation.Listener listener) {
    int[] present = photos.usable().stream().mapToInt(Photo::label).distinct().sorted().toArray();
    int size = photos.usable().size();
    if (present.length < 2 || size < FEWEST * present.length) {
      return List.of();
    }
    int[] labelOf =
        photos.usable().stream()
            .mapToInt(photo -> Arrays.binarySearch(present, photo.label()))
            .toArray();
    Labels labels =
        new Labels(Arrays.stream(present).mapToObj(photos.dataset().labels()::name).toList());
    Bottlenecks bottlenecks = photos.bottlenecks().bottlenecks();
    float[][] rows = IntStream.range(0, size).mapToObj(bottlenecks::row).toArray(float[][]::new);
    TrainingData data = new TrainingData(labels, bottlenecks.floats(), rows, labelOf, groupOf);
    OutOfFold outOfFold =
        new CrossValidation(1, FOLDS, new Penalty.OfSpread(PENALTY), seed, threads)
            .run(data, listener);
    return new SuspectLabels(photos, labelOf, labels, new ConfidentLearning(outOfFold, labelOf))
        .findings();
  }

  private List<Finding> findings() {
    if (!learning.tellsLabels()) {
      return List.of();
    }
    double expected = learning.expectedWrong();
    boolean isSerious = expected >= Math.max(2, SERIOUS * learning.photos().length);
    return Arrays.stream(learning.photos())
        .mapToObj(learning::suspect)
        .filter(suspect -> suspect.margin() < 0)
        .sorted(Comparator.comparingDouble(ConfidentLearning.Suspect::margin))
        .limit(expected < 0.5 ? 0 : Math.round(MORE * expected))
        .map(suspect -> finding(suspect, expected, isSerious))
        .toList();
  }

  private Finding finding(ConfidentLearning.Suspect suspect, double expected, boolean isSerious) {
    String given = labels.name(labelOf[suspect.photo()]);
    String suggested = labels.name(suspect.suggested());
    return new Finding(
        Kind.SUSPECT_LABEL,
        isSerious,
        List.of(photos.usable().get(suspect.photo()).source()),
        Optional.of(given),
        "It is labelled %s and looks like %s. Move it there if that is right."
            .formatted(given, suggested),
        new Finding.Detail.Suspect(suggested, suspect.margin(), expected));
  }
}
