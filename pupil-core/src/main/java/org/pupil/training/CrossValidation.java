package org.pupil.training;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.pupil.background.Workers;
import org.pupil.chance.Chance;
import org.pupil.errors.PupilException;

/**
 * Repeated k-fold cross-validation of the final layer as {@link Optimizer#AUTO} fits it: every
 * photo is labelled by layers that have not seen it, nor any photo of its group. The labels are
 * spread evenly over the folds.
 *
 * <p>The penalty is the same in all folds. Where it was chosen, that was by other folds of the same
 * photos; a single number chosen from a dozen hardly knows any photo.
 *
 * <p>All layers are fitted from the one that all photos give, which is near, and to convergence: so
 * closely that nothing of the photos held out is left in them.
 */
public final class CrossValidation {
  private final int repeats;
  private final int folds;
  private final Penalty penalty;
  private final long seed;
  private final int threads;

  /**
   * @param repeats how often all photos are dealt to folds anew, at least 1
   * @param folds parts that are held out in turn, at least 2; fewer where no label has as many
   *     groups
   * @param penalty of all layers
   * @param seed decides the folds
   * @param threads how many may work at once, at least 1; it changes the time, not the result
   */
  public CrossValidation(int repeats, int folds, Penalty penalty, long seed, int threads) {
    if (repeats < 1 || folds < 2 || threads < 1) {
      throw new IllegalArgumentException(
          "there must be 1 repeat, 2 folds and 1 thread or more, were %d, %d and %d"
              .formatted(repeats, folds, threads));
    }
    this.repeats = repeats;
    this.folds = folds;
    this.penalty = penalty;
    this.seed = seed;
    this.threads = threads;
  }

  /** Hears how far a cross-validation is. */
  public interface Listener {
    /**
     * Another layer has been fitted. May be called by several threads at once; what it throws ends
     * the cross-validation.
     *
     * @param done layers that have been fitted
     * @param all layers to fit
     */
    void onFit(int done, int all);
  }

  /**
   * Cross-validates.
   *
   * @param photos every label must have one or more
   * @return what every photo was given by the layers that had not seen it; no photo is held out if
   *     no label has two groups
   * @throws PupilException (diverged) if a bottleneck is not a number, or too large a one
   */
  public OutOfFold run(TrainingData photos, Listener listener) {
    try (Workers workers = new Workers("pupil-cross-validation", threads)) {
      return run(new LayerFits(photos, workers), photos, workers, listener);
    }
  }

  private OutOfFold run(LayerFits fits, TrainingData photos, Workers workers, Listener listener) {
    double value = fits.penalty(penalty, seed);
    double[] start = new double[0];
    float[][][] logits = new float[repeats][photos.size()][];
    int[][] foldOf = new int[repeats][];
    for (int repeat = 0; repeat < repeats; repeat++) {
      Chance chance = new Chance(seed, Chance.Purpose.REPEATED_FOLDS, repeat);
      Folds dealt = Folds.of(photos, folds, chance);
      foldOf[repeat] = IntStream.range(0, photos.size()).map(dealt::foldOf).toArray();
      List<FeatureBlock> blocks = fits.blocks(dealt);
      if (repeat == 0) {
        start = fits.fit(fits.whole(blocks), value, fits.zero());
      }
      double[] near = start;
      float[][] into = logits[repeat];
      AtomicInteger done = new AtomicInteger(repeat * dealt.count());
      workers.run(
          dealt.count(),
          fold -> {
            SoftmaxObjective others = fits.objective(blocks, block -> block.fold != fold);
            FinalLayer layer = fits.layer(others, fits.fit(others, value, near));
            label(photos, dealt, fold, layer, into);
            listener.onFit(done.incrementAndGet(), repeats * dealt.count());
          });
    }
    return new OutOfFold(photos.labels(), value, foldOf, logits);
  }

  private static void label(
      TrainingData photos, Folds dealt, int fold, FinalLayer layer, float[][] logits) {
    for (int photo = 0; photo < photos.size(); photo++) {
      if (dealt.foldOf(photo) == fold) {
        logits[photo] = layer.logits(photos.row(photo));
      }
    }
  }
}
