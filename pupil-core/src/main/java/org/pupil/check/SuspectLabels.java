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
import org.pupil.evaluation.Interval;
import org.pupil.training.CrossValidation;
import org.pupil.training.OutOfFold;
import org.pupil.training.Penalty;
import org.pupil.training.TrainingData;

/**
 * Photos that may have the wrong label: those that layers which have not seen them take for another
 * one.
 *
 * <p>How many labels are wrong is estimated by confident learning (C. Northcutt, L. Jiang and I.
 * Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", 2021): a photo counts for
 * the label whose probability is above what photos of that label have on average. As many are
 * listed, and a quarter more, in the order of the margin log p(given label) - log max p(other
 * label).
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
  static final double PENALTY = 1;

  static final int FOLDS = 5;

  /** How many times as many as are expected to be wrong are listed: the order is not perfect. */
  private static final double MORE = 1.25;

  /** Fewer photos of each label on average tell nothing. */
  private static final int FEWEST = 5;

  /** From this share of wrong labels on, they are serious. */
  private static final double SERIOUS = 0.02;

  private final CheckedPhotos photos;
  private final int[] usable;
  private final int[] labelOf;
  private final Labels labels;
  private final OutOfFold outOfFold;

  private SuspectLabels(
      CheckedPhotos photos, int[] usable, int[] labelOf, Labels labels, OutOfFold outOfFold) {
    this.photos = photos;
    this.usable = usable;
    this.labelOf = labelOf;
    this.labels = labels;
    this.outOfFold = outOfFold;
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
    return new SuspectLabels(photos, outOfFold.heldOut(), labelOf, labels, outOfFold).findings();
  }

  private record Suspect(int photo, int suggested, double margin) {}

  /**
   * Whether the layers tell the labels apart at all: at least halfway between guessing and being
   * always right. Otherwise they would suspect anything.
   */
  private boolean tellsLabels() {
    int[] right = new int[labels.size()];
    int[] all = new int[labels.size()];
    for (int photo : usable) {
      all[labelOf[photo]]++;
      right[labelOf[photo]] += suspect(photo).margin > 0 ? 1 : 0;
    }
    double recall =
        IntStream.range(0, all.length)
            .filter(label -> all[label] > 0)
            .mapToDouble(label -> (double) right[label] / all[label])
            .average()
            .orElse(0);
    Interval interval = Interval.wilson((int) Math.round(recall * usable.length), usable.length);
    return interval.low() > (1 + 1.0 / labels.size()) / 2;
  }

  private List<Finding> findings() {
    if (!tellsLabels()) {
      return List.of();
    }
    double expected = expectedWrong();
    boolean isSerious = expected >= Math.max(2, SERIOUS * usable.length);
    return Arrays.stream(usable)
        .mapToObj(this::suspect)
        .filter(suspect -> suspect.margin < 0)
        .sorted(Comparator.comparingDouble(Suspect::margin))
        .limit(expected < 0.5 ? 0 : Math.round(MORE * expected))
        .map(suspect -> finding(suspect, expected, isSerious))
        .toList();
  }

  private Suspect suspect(int photo) {
    float[] logits = outOfFold.logits(0, photo);
    int given = labelOf[photo];
    int other = given == 0 ? 1 : 0;
    for (int label = 0; label < logits.length; label++) {
      if (label != given && logits[label] > logits[other]) {
        other = label;
      }
    }
    return new Suspect(photo, other, logits[given] - logits[other]);
  }

  /** The wrong labels that confident learning counts. */
  private double expectedWrong() {
    double[] thresholds = thresholds();
    int k = labels.size();
    int[][] joint = new int[k][k];
    int[] all = new int[k];
    for (int photo : usable) {
      all[labelOf[photo]]++;
      int looksLike = confidentLabel(outOfFold.probabilities(0, photo), thresholds);
      if (looksLike >= 0) {
        joint[labelOf[photo]][looksLike]++;
      }
    }
    double wrong = 0;
    for (int given = 0; given < k; given++) {
      int counted = Arrays.stream(joint[given]).sum();
      if (counted > 0) {
        wrong += (double) all[given] * (counted - joint[given][given]) / counted;
      }
    }
    return wrong;
  }

  /** Of each label the mean probability that its photos have. */
  private double[] thresholds() {
    double[] sums = new double[labels.size()];
    int[] counts = new int[labels.size()];
    for (int photo : usable) {
      sums[labelOf[photo]] += outOfFold.probabilities(0, photo)[labelOf[photo]];
      counts[labelOf[photo]]++;
    }
    for (int label = 0; label < sums.length; label++) {
      sums[label] = counts[label] == 0 ? 1 : sums[label] / counts[label];
    }
    return sums;
  }

  /** The likeliest of the labels whose probability is above their threshold; -1 if none is. */
  private static int confidentLabel(float[] probabilities, double[] thresholds) {
    int best = -1;
    for (int label = 0; label < probabilities.length; label++) {
      if (probabilities[label] >= thresholds[label]
          && (best < 0 || probabilities[label] > probabilities[best])) {
        best = label;
      }
    }
    return best;
  }

  private Finding finding(Suspect suspect, double expected, boolean isSerious) {
    String given = labels.name(labelOf[suspect.photo]);
    String suggested = labels.name(suspect.suggested);
    return new Finding(
        Kind.SUSPECT_LABEL,
        isSerious,
        List.of(photos.usable().get(suspect.photo).source()),
        Optional.of(given),
        "It is labelled %s and looks like %s. Move it there if that is right."
            .formatted(given, suggested),
        new Finding.Detail.Suspect(suggested, suspect.margin, expected));
  }
}
