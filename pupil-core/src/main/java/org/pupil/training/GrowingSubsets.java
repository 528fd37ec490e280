package org.pupil.training;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.pupil.background.Progress;
import org.pupil.background.Workers;
import org.pupil.chance.Chance;
import org.pupil.errors.PupilException;

/**
 * What layers reach that have learnt from a part of the photos, and from twice as many, and so on:
 * the points of a learning curve.
 *
 * <p>The photos are dealt to folds as for a {@link CrossValidation}. A layer learns from 1 of them,
 * the next from 2, then from 4, 8 and 16, and each labels the photos of all other folds; all of it
 * is done from several beginnings. The penalty stays the same: it says how large weights are to be
 * expected, which does not depend on how many photos there are.
 */
public final class GrowingSubsets {
  /** With so many folds the largest subset has 80 % of the photos, as in a cross-validation. */
  private static final int FOLDS = 20;

  private static final int MOST_SIZES = 5;
  private static final int BEGINNINGS = 5;

  private final Penalty penalty;
  private final long seed;
  private final int threads;

  /**
   * @param penalty of all layers
   * @param seed decides the subsets
   * @param threads how many may work at once, at least 1; it changes the time, not the result
   */
  public GrowingSubsets(Penalty penalty, long seed, int threads) {
    this.penalty = penalty;
    this.seed = seed;
    this.threads = threads;
  }

  /**
   * How the photos came out that layers of one size had not learnt from.
   *
   * @param photos how many photos those layers learnt from, on average
   * @param judged [n] how often each photo was judged by one of them
   * @param wrong [n] how often that was wrong; not more
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  public record Outcome(double photos, int[] judged, int[] wrong) {
    /**
     * That of a cross-validation, whose layers learnt from all folds but one: each repeat judged
     * once.
     *
     * @param photos what was cross-validated
     */
    public static Outcome of(OutOfFold outOfFold, TrainingData photos) {
      int[] judged = new int[photos.size()];
      int[] wrong = new int[photos.size()];
      int[] heldOut = outOfFold.heldOut();
      for (int photo : heldOut) {
        judged[photo] = outOfFold.repeats();
        for (int repeat = 0; repeat < outOfFold.repeats(); repeat++) {
          if (Argmax.of(outOfFold.probabilities(repeat, photo)) != photos.label(photo)) {
            wrong[photo]++;
          }
        }
      }
      double learnt = photos.size() - (double) heldOut.length / Math.max(1, outOfFold.folds());
      return new Outcome(learnt, judged, wrong);
    }
  }

  /**
   * Fits and judges.
   *
   * @param photos every label must have one or more
   * @param progress hears of each layer that was fitted, of all that will be
   * @return an outcome for each size, smallest first; empty if no label has two groups
   * @throws PupilException (diverged) as {@link CrossValidation#run}
   */
  public List<Outcome> run(TrainingData photos, Progress progress) {
    try (Workers workers = new Workers("pupil-learning-curve", threads)) {
      LayerFits fits = new LayerFits(photos, workers);
      Folds folds = Folds.of(photos, FOLDS, new Chance(seed, Chance.Purpose.LEARNING_CURVE));
      if (folds.count() == 0) {
        return List.of();
      }
      return run(fits, photos, folds, workers, progress);
    }
  }

  private List<Outcome> run(
      LayerFits fits, TrainingData photos, Folds folds, Workers workers, Progress progress) {
    double value = fits.penalty(penalty, seed);
    List<FeatureBlock> blocks = fits.blocks(folds);
    int[] sizes =
        IntStream.iterate(1, size -> 2 * size)
            .takeWhile(size -> size < folds.count())
            .limit(MOST_SIZES)
            .toArray();
    int beginnings = Math.min(BEGINNINGS, folds.count());
    AtomicInteger fitted = new AtomicInteger();
    boolean[][][] wrong = new boolean[sizes.length][beginnings][photos.size()];
    workers.run(
        beginnings,
        beginning -> {
          int first = beginning * folds.count() / beginnings;
          double[] point = fits.zero();
          for (int s = 0; s < sizes.length; s++) {
            int size = sizes[s];
            SoftmaxObjective learnt =
                fits.objective(blocks, block -> isLearnt(block.fold, first, size, folds.count()));
            point = fits.fit(learnt, value, point);
            FinalLayer layer = fits.layer(learnt, point);
            progress.reached(fitted.incrementAndGet(), (long) beginnings * sizes.length);
            for (int photo = 0; photo < photos.size(); photo++) {
              if (!isLearnt(folds.foldOf(photo), first, size, folds.count())) {
                float[] logits = layer.logits(photos.row(photo));
                wrong[s][beginning][photo] = Argmax.of(logits) != photos.label(photo);
              }
            }
          }
        });
    return IntStream.range(0, sizes.length)
        .mapToObj(s -> outcome(folds, photos.size(), sizes[s], wrong[s]))
        .toList();
  }

  private static Outcome outcome(Folds folds, int photos, int size, boolean[][] wrong) {
    int[] judged = new int[photos];
    int[] wrongs = new int[photos];
    int learnt = 0;
    for (int beginning = 0; beginning < wrong.length; beginning++) {
      int first = beginning * folds.count() / wrong.length;
      for (int photo = 0; photo < photos; photo++) {
        if (isLearnt(folds.foldOf(photo), first, size, folds.count())) {
          learnt++;
        } else {
          judged[photo]++;
          wrongs[photo] += wrong[beginning][photo] ? 1 : 0;
        }
      }
    }
    return new Outcome((double) learnt / wrong.length, judged, wrongs);
  }

  /** Whether a fold is among {@code size} of them, from the first on, round and round. */
  private static boolean isLearnt(int fold, int first, int size, int count) {
    return fold == Folds.NEVER || Math.floorMod(fold - first, count) < size;
  }
}
