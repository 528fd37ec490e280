package org.pupil.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.pupil.evaluation.GroupedMeans;
import org.pupil.evaluation.Score;

/**
 * Which trials were best, and how sure that is. Compared are those that most folds have judged: all
 * by the same photos, so that what is hard in these is hard for all. A trial cannot be told from
 * the best if the 95 % interval of what it loses more, photo by photo, reaches 0.
 *
 * @param compared the best first, by their cross entropy
 * @param folds that have judged each of them
 * @param winner the one that takes the least work, of those that cannot be told from the best
 */
public record Ranking(List<Ranked> compared, int folds, Ranked winner) {
  /**
   * A trial beside the best.
   *
   * @param accuracy of the photos that were held out
   * @param more cross entropy, in nats, that it has more than the best; 0 to 0 for that itself
   */
  public record Ranked(Trial trial, Score accuracy, Score more) {
    /** Whether it is certainly worse than the best. */
    public boolean isWorse() {
      return more.low() > 0;
    }
  }

  public Ranking {
    compared = List.copyOf(compared);
  }

  /** Those that cannot be told from the best, that one included. */
  public List<Ranked> alike() {
    return compared.stream().filter(ranked -> !ranked.isWorse()).toList();
  }

  /**
   * Ranks trials.
   *
   * @param trials at least one of them judged
   * @param heldOut which photos folds hold out
   * @param groupOf the group of each photo
   * @param work how much work a configuration makes, in whatever unit
   */
  static Ranking of(
      List<Trial> trials,
      HeldOutPhotos heldOut,
      int[] groupOf,
      ToDoubleFunction<Configuration> work) {
    int folds = trials.stream().filter(Trial::isJudged).mapToInt(Trial::folds).max().orElseThrow();
    List<Trial> best =
        trials.stream()
            .filter(trial -> trial.isJudged() && trial.folds() == folds)
            .sorted(
                Comparator.comparingDouble((Trial trial) -> trial.crossEntropy())
                    .thenComparingInt(Trial::number))
            .toList();
    PhotoMeans first = PhotoMeans.of(best.get(0), heldOut, groupOf);
    List<Ranked> compared = new ArrayList<>();
    for (Trial trial : best) {
      PhotoMeans means = PhotoMeans.of(trial, heldOut, groupOf);
      Score more = compared.isEmpty() ? new Score(0, 0, 0) : means.lossBeyond(first);
      compared.add(new Ranked(trial, means.accuracy(), more));
    }
    Ranked winner =
        compared.stream()
            .filter(ranked -> !ranked.isWorse())
            .min(
                Comparator.comparingDouble(
                    ranked -> work.applyAsDouble(ranked.trial().configuration())))
            .orElseThrow();
    return new Ranking(compared, folds, winner);
  }

  /** Which photos a fold holds out. */
  @FunctionalInterface
  interface HeldOutPhotos {
    int[] of(int fold);
  }

  /** What a trial makes of each photo that was held out, averaged over the repeats. */
  private static final class PhotoMeans {
    private final double[] losses;
    private final double[] rights;
    private final int[] groups;

    private PhotoMeans(double[] losses, double[] rights, int[] groups) {
      this.losses = losses;
      this.rights = rights;
      this.groups = groups;
    }

    static PhotoMeans of(Trial trial, HeldOutPhotos heldOut, int[] groupOf) {
      double[] losses = new double[groupOf.length];
      double[] rights = new double[groupOf.length];
      int[] times = new int[groupOf.length];
      for (int fold = 0; fold < trial.folds(); fold++) {
        int[] photos = heldOut.of(fold);
        FoldOutcome outcome = trial.outcomes().get(fold);
        for (int i = 0; i < photos.length; i++) {
          losses[photos[i]] += outcome.losses()[i];
          rights[photos[i]] += outcome.right().get(i) ? 1 : 0;
          times[photos[i]]++;
        }
      }
      int[] seen = IntStream.range(0, times.length).filter(i -> times[i] > 0).toArray();
      return new PhotoMeans(
          Arrays.stream(seen).mapToDouble(i -> losses[i] / times[i]).toArray(),
          Arrays.stream(seen).mapToDouble(i -> rights[i] / times[i]).toArray(),
          Arrays.stream(seen).map(i -> groupOf[i]).toArray());
    }

    Score accuracy() {
      return GroupedMeans.proportion(rights, groups);
    }

    Score lossBeyond(PhotoMeans best) {
      double[] more = new double[losses.length];
      Arrays.setAll(more, i -> losses[i] - best.losses[i]);
      return GroupedMeans.difference(more, groups);
    }
  }
}
