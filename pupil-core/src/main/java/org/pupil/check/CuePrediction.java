package org.pupil.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pupil.chance.Chance;

/**
 * How well one cue alone tells each label from the others, by cross-validation: the photos that
 * have about the same value in the other folds vote. The label and the others have the same weight,
 * so that guessing is right in half of the photos however many each has. Photos that resemble each
 * other are in one fold, and count as one together.
 */
final class CuePrediction {
  /** How much is told right by guessing. */
  static final double CHANCE = 0.5;

  private static final int FOLDS = 5;

  /** A value that so many photos have is looked at alone. */
  private static final int FEWEST_OF_A_VALUE = 3;

  /** A number that this share of the photos have is looked at alone. */
  private static final double SHARE_OF_A_NUMBER = 0.02;

  /** Other numbers are looked at together with so many near ones. */
  private static final int PHOTOS_OF_A_RANGE = 10;

  private static final int MOST_RANGES = 32;
  private static final String RARE = "rare";

  private final Cue.Value[] values;
  private final int[] labelOf;
  private final double[] weights;
  private final int[] foldOf;
  private final int labels;
  private final double z;

  /**
   * How well a label is told.
   *
   * @param accuracy mean of the parts told right of the label's photos and of the others
   */
  record Outcome(int label, double accuracy, double low, double high) {}

  /**
   * A prediction that is to be tried.
   *
   * @param values of a cue, one for each photo
   * @param labelOf of each photo, 0 to labels - 1
   * @param groupOf those of one number resemble each other
   * @param z how many standard errors wide the interval is to each side
   */
  CuePrediction(Cue.Value[] values, int[] labelOf, int[] groupOf, int labels, long seed, double z) {
    this.values = values;
    this.labelOf = labelOf;
    this.labels = labels;
    this.z = z;
    Map<Integer, Long> sizes =
        Arrays.stream(groupOf)
            .boxed()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    this.weights = Arrays.stream(groupOf).mapToDouble(group -> 1.0 / sizes.get(group)).toArray();
    this.foldOf = deal(labelOf, groupOf, seed);
  }

  /** Deals groups to folds in turn, those of one label after the other, in a random order. */
  private static int[] deal(int[] labelOf, int[] groupOf, long seed) {
    Chance chance = new Chance(seed, Chance.Purpose.FOLDS);
    Map<Integer, Long> order = new HashMap<>();
    List<Integer> photos = IntStream.range(0, labelOf.length).boxed().toList();
    photos.forEach(photo -> order.computeIfAbsent(groupOf[photo], group -> chance.nextLong()));
    List<Integer> sorted = new ArrayList<>(photos);
    sorted.sort(
        Comparator.<Integer>comparingInt(photo -> labelOf[photo])
            .thenComparingLong(photo -> order.get(groupOf[photo])));
    Map<Integer, Integer> folds = new HashMap<>();
    for (int photo : sorted) {
      folds.computeIfAbsent(groupOf[photo], group -> folds.size() % FOLDS);
    }
    return Arrays.stream(groupOf).map(folds::get).toArray();
  }

  /** How well each label is told that has photos, in their order. */
  List<Outcome> outcomes() {
    double[] right = new double[labels];
    double[] others = new double[labels];
    double[] total = total(-1);
    for (int fold = 0; fold < FOLDS; fold++) {
      add(fold, right, others);
    }
    double all = Arrays.stream(total).sum();
    List<Outcome> outcomes = new ArrayList<>();
    for (int label = 0; label < labels; label++) {
      double rest = all - total[label];
      if (total[label] > 0 && rest > 0) {
        double[] mine = interval(right[label] / total[label], total[label]);
        double[] theirs = interval(others[label] / rest, rest);
        outcomes.add(
            new Outcome(
                label,
                (right[label] / total[label] + others[label] / rest) / 2,
                (mine[0] + theirs[0]) / 2,
                (mine[1] + theirs[1]) / 2));
      }
    }
    return outcomes;
  }

  /** The weight of each label's photos that are not in a fold. */
  private double[] total(int withoutFold) {
    double[] total = new double[labels];
    for (int i = 0; i < labelOf.length; i++) {
      if (foldOf[i] != withoutFold) {
        total[labelOf[i]] += weights[i];
      }
    }
    return total;
  }

  /**
   * Adds what is told right in one fold.
   *
   * @param right of each label, of its own photos
   * @param others of each label, of the others: right that they are not of it
   */
  private void add(int fold, double[] right, double[] others) {
    Function<Cue.Value, Object> cells = cells(fold);
    Map<Object, double[]> taught = new HashMap<>();
    Map<Object, double[]> tested = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      Map<Object, double[]> into = foldOf[i] == fold ? tested : taught;
      into.computeIfAbsent(cells.apply(values[i]), cell -> new double[labels])[labelOf[i]] +=
          weights[i];
    }
    double[] total = total(fold);
    double all = Arrays.stream(total).sum();
    tested.forEach(
        (cell, counts) -> {
          double[] votes = taught.getOrDefault(cell, new double[labels]);
          double cellVotes = Arrays.stream(votes).sum();
          double cellCounts = Arrays.stream(counts).sum();
          for (int label = 0; label < labels; label++) {
            double yes = share(votes[label], total[label]);
            double no = share(cellVotes - votes[label], all - total[label]);
            double told = yes > no ? 1 : yes < no ? 0 : CHANCE;
            right[label] += told * counts[label];
            others[label] += (1 - told) * (cellCounts - counts[label]);
          }
        });
  }

  private static double share(double part, double whole) {
    return whole <= 0 ? 0 : part / whole;
  }

  /** Which values vote together, by the photos that are not in a fold. */
  private Function<Cue.Value, Object> cells(int fold) {
    int[] others = IntStream.range(0, values.length).filter(i -> foldOf[i] != fold).toArray();
    Map<Object, Long> counts =
        Arrays.stream(others)
            .mapToObj(i -> key(values[i]))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    if (values[0].text() != null) {
      return value -> counts.getOrDefault(key(value), 0L) >= FEWEST_OF_A_VALUE ? key(value) : RARE;
    }
    double frequent = Math.max(FEWEST_OF_A_VALUE, SHARE_OF_A_NUMBER * others.length);
    double[] bounds = bounds(others);
    return value ->
        counts.getOrDefault(key(value), 0L) >= frequent
            ? key(value)
            : (Object) Arrays.binarySearch(bounds, value.number());
  }

  private static Object key(Cue.Value value) {
    return value.text() != null ? value.text() : (Object) value.number();
  }

  /** Between the ranges, of as many photos each. */
  private double[] bounds(int[] photos) {
    double[] sorted = Arrays.stream(photos).mapToDouble(i -> values[i].number()).sorted().toArray();
    int ranges = Math.min(MOST_RANGES, sorted.length / PHOTOS_OF_A_RANGE);
    return IntStream.range(1, Math.max(1, ranges))
        .map(i -> i * sorted.length / ranges)
        .mapToDouble(at -> (sorted[at - 1] + sorted[at]) / 2)
        .distinct()
        .toArray();
  }

  /** Wilson's interval of a proportion. */
  private double[] interval(double p, double n) {
    double scale = 1 + z * z / n;
    double center = (p + z * z / (2 * n)) / scale;
    double reach = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
    return new double[] {Math.max(0, center - reach), Math.min(1, center + reach)};
  }
}
