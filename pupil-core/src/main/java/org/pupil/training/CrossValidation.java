package org.pupil.training;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.pupil.background.Workers;
import org.pupil.chance.Chance;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

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
  private static final int MOST_ITERATIONS = 100;

  private static final double LOOSEST = 0.1;

  /**
   * Newton's decrement, in nats of all photos together, at which a fit has converged: a hundredth
   * of a standard error of its weights. With many photos, rounding leaves more.
   */
  private static final double CONVERGED = 1e-4;

  private static final double ROUNDING_OF_A_PHOTO = 1e-8;

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
    checkLabels(photos);
    BottleneckMoments moments = BottleneckMoments.of(photos);
    if (!moments.isUsable()) {
      throw PupilException.diverged(
          Message.of(
              "the features of a photo are not numbers, or far too large; use another ",
              Setting.ARCHITECTURE));
    }
    try (Workers workers = new Workers("pupil-cross-validation", threads)) {
      return run(photos, moments, workers, listener);
    }
  }

  private static void checkLabels(TrainingData photos) {
    int[][] photosOf = BatchSampler.photosByLabel(photos);
    for (int label = 0; label < photosOf.length; label++) {
      if (photosOf[label].length == 0) {
        throw new IllegalArgumentException("no photo of the label " + photos.labels().name(label));
      }
    }
  }

  private OutOfFold run(
      TrainingData photos, BottleneckMoments moments, Workers workers, Listener listener) {
    SoftmaxProblem problem = new SoftmaxProblem(photos, moments, workers);
    Folds searched = Folds.of(photos, seed);
    List<FeatureBlock> blocks = FeatureBlock.of(photos, searched, moments.mean());
    double value = value(problem, blocks, searched, moments);
    double[] start = fit(problem.whole(blocks), value, problem.zero(), photos.size());
    float[][][] logits = new float[repeats][photos.size()][];
    int[][] foldOf = new int[repeats][];
    for (int repeat = 0; repeat < repeats; repeat++) {
      Chance chance = new Chance(seed, Chance.Purpose.REPEATED_FOLDS, repeat);
      Folds dealt = Folds.of(photos, folds, chance);
      foldOf[repeat] = IntStream.range(0, photos.size()).map(dealt::foldOf).toArray();
      List<FeatureBlock> dealtBlocks = FeatureBlock.of(photos, dealt, moments.mean());
      float[][] into = logits[repeat];
      AtomicInteger done = new AtomicInteger(repeat * dealt.count());
      workers.run(
          dealt.count(),
          fold -> {
            SoftmaxObjective others = problem.without(dealtBlocks, fold);
            double[] point = fit(others, value, start, photos.size());
            LayerArrays layer = new LayerArrays(photos.labels().size(), photos.dimension());
            others.toLayer(point, moments.mean(), layer);
            label(photos, dealt, fold, layer, into);
            listener.onFit(done.incrementAndGet(), repeats * dealt.count());
          });
    }
    return new OutOfFold(photos.labels(), value, foldOf, logits);
  }

  private double value(
      SoftmaxProblem problem,
      List<FeatureBlock> blocks,
      Folds searched,
      BottleneckMoments moments) {
    if (penalty instanceof Penalty.Given given) {
      return given.value();
    }
    if (penalty instanceof Penalty.OfSpread ofSpread) {
      return ofSpread.multiple() * moments.unit();
    }
    return problem.choosePenalty(blocks, searched.count(), () -> false).penalty();
  }

  /** The point of least penalised loss. */
  private static double[] fit(
      SoftmaxObjective objective, double penalty, double[] start, int photos) {
    NewtonFit fit = new NewtonFit(objective, penalty, start, LOOSEST);
    double converged = Math.max(CONVERGED, ROUNDING_OF_A_PHOTO * photos);
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      if (fit.iterate() <= converged) {
        break;
      }
    }
    return fit.point();
  }

  private static void label(
      TrainingData photos, Folds dealt, int fold, LayerArrays layer, float[][] logits) {
    int[] heldOut =
        IntStream.range(0, photos.size()).filter(photo -> dealt.foldOf(photo) == fold).toArray();
    FinalLayer fitted = layer.toFinalLayer();
    for (int photo : heldOut) {
      logits[photo] = fitted.logits(photos.row(photo));
    }
  }
}
