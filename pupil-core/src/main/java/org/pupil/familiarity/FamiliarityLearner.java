package org.pupil.familiarity;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.chance.Chance;
import org.pupil.similarity.TurnedVectors;
import org.pupil.similarity.UnitVectors;
import org.pupil.training.TrainingData;

/**
 * Chooses the photos that a model keeps, and finds the threshold.
 *
 * <p>The photos are chosen one by one, each the one that is farthest from those chosen before
 * (farthest-first traversal: T. F. Gonzalez, "Clustering to minimize the maximum intercluster
 * distance", 1985; as a core set of features: O. Sener, S. Savarese, 2018). So rare kinds of photos
 * are kept too, and the fifth nearest of those kept says nearly as much as that of all.
 *
 * <p>The threshold is a quantile of what the training photos' familiarity is when each, with its
 * group, is left out. Of n new photos like them as many fall below it as was asked for, but for
 * chance.
 */
final class FamiliarityLearner {
  /** Of more training photos so many are drawn: their quantile is known well enough. */
  static final int MOST_CANDIDATES = 2500;

  /** More say hardly more: see the measurements in {@code docs/benchmarks.md}. */
  private static final int ENOUGH = 256;

  /** So many of each label, where that is more. */
  private static final int ENOUGH_OF_A_LABEL = 32;

  /** With fewer photos nearly everything is as far away as everything else. */
  static final int FEWEST = 8;

  private static final int USUAL_NEAREST = 5;

  private final UnitVectors vectors;
  private final TurnedVectors turned;
  private final int[] groups;

  /** Working memory: the cosines of a chosen photo with all. */
  private final float[] cosines;

  /** The cosine of each photo with the nearest that is chosen; it counts from itself, too. */
  private final float[] reached;

  /** The cosines of each photo with its nearest chosen ones of other groups, upwards. */
  private final float[][] best;

  private FamiliarityLearner(UnitVectors vectors, int[] groups, int nearest) {
    this.vectors = vectors;
    this.turned = TurnedVectors.of(vectors);
    this.cosines = new float[vectors.size()];
    this.groups = groups;
    this.reached = new float[vectors.size()];
    this.best = new float[vectors.size()][nearest];
    Arrays.fill(reached, Float.NEGATIVE_INFINITY);
    for (float[] nearestOnes : best) {
      Arrays.fill(nearestOnes, Float.NEGATIVE_INFINITY);
    }
  }

  static Optional<Familiarity> learn(
      TrainingData training, FamiliaritySettings settings, int mostPhotos) {
    int[] candidates = candidates(training.size(), settings.seed());
    int labels = training.labels().size();
    int enough = Math.max(ENOUGH, ENOUGH_OF_A_LABEL * labels);
    int kept = Math.min(Math.min(mostPhotos, enough), candidates.length);
    if (kept < Math.min(FEWEST, candidates.length) || kept == 0) {
      return Optional.empty();
    }
    float[][] rows = new float[candidates.length][];
    int[] groups = new int[candidates.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = training.row(candidates[i]);
      groups[i] = training.group(candidates[i]);
    }
    int nearest = nearest(kept, labels);
    FamiliarityLearner learner = new FamiliarityLearner(UnitVectors.of(rows), groups, nearest);
    CoreSet photos = CoreSet.of(learner.vectors, learner.choose(kept));
    return learner
        .threshold(settings.percentage())
        .map(threshold -> new Familiarity(photos, nearest, threshold, settings.percentage()));
  }

  /** All photos, in an order that the seed decides, or so many of them. */
  private static int[] candidates(int size, long seed) {
    int[] order = IntStream.range(0, size).toArray();
    Chance chance = new Chance(seed, Chance.Purpose.CORE_SET);
    int count = Math.min(size, MOST_CANDIDATES);
    for (int i = 0; i < count; i++) {
      int j = i + chance.below(size - i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return Arrays.copyOf(order, count);
  }

  /** Where a label has few photos its fifth nearest would be one of another label. */
  private static int nearest(int photos, int labels) {
    return Math.max(1, Math.min(USUAL_NEAREST, photos / labels / 2));
  }

  private int[] choose(int count) {
    int[] chosen = new int[count];
    for (int i = 1; i < count; i++) {
      chosen[i] = farthestFrom(chosen[i - 1]);
    }
    farthestFrom(chosen[count - 1]);
    return chosen;
  }

  /** Adds a chosen photo, and returns the one that is now farthest from all that are chosen. */
  private int farthestFrom(int chosen) {
    turned.cosines(chosen, cosines);
    cosines[chosen] = Float.POSITIVE_INFINITY;
    int farthest = 0;
    for (int photo = 0; photo < reached.length; photo++) {
      float cosine = cosines[photo];
      reached[photo] = Math.max(reached[photo], cosine);
      if (groups[photo] != groups[chosen] && cosine > best[photo][0]) {
        insert(best[photo], cosine);
      }
      farthest = reached[photo] < reached[farthest] ? photo : farthest;
    }
    return farthest;
  }

  /** Takes the place of the least of numbers that stand upwards. */
  private static void insert(float[] upwards, float cosine) {
    int at = 0;
    for (; at + 1 < upwards.length && upwards[at + 1] < cosine; at++) {
      upwards[at] = upwards[at + 1];
    }
    upwards[at] = cosine;
  }

  /**
   * The quantile of split conformal prediction: of n + 1 photos in any order, one falls below the
   * r-th lowest of the n others with a chance of r / (n + 1). The r is taken that comes nearest to
   * what was asked for, which for 5 % and fewer than 10 photos is none. Empty if no photo has
   * neighbours.
   */
  private Optional<Float> threshold(double percentage) {
    float[] leftOut = new float[best.length];
    int n = 0;
    for (float[] nearestOnes : best) {
      if (nearestOnes[0] >= -1) {
        leftOut[n++] = nearestOnes[0];
      }
    }
    if (n == 0) {
      return Optional.empty();
    }
    Arrays.sort(leftOut, 0, n);
    int rank = (int) Math.rint((100 - percentage) / 100 * (n + 1));
    return Optional.of(rank == 0 ? -1f : leftOut[Math.min(rank, n) - 1]);
  }
}
