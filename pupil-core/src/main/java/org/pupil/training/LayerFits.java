package org.pupil.training;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.pupil.background.Workers;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/** Layers fitted to parts of some photos, all at one penalty: how they are fitted. */
final class LayerFits {
  private static final int MOST_ITERATIONS = 100;
  private static final double LOOSEST = 0.1;

  /**
   * Newton's decrement, in nats of all photos together, at which a fit has converged: a hundredth
   * of a standard error of its weights. With many photos, rounding leaves more.
   */
  private static final double CONVERGED = 1e-4;

  private static final double ROUNDING_OF_A_PHOTO = 1e-8;

  private final TrainingData photos;
  private final BottleneckMoments moments;
  private final SoftmaxProblem problem;
  private final Workers workers;

  /**
   * @param photos every label must have one or more
   * @throws PupilException (diverged) if a bottleneck is not a number, or too large a one
   */
  LayerFits(TrainingData photos, Workers workers) {
    int[][] photosOf = BatchSampler.photosByLabel(photos);
    for (int label = 0; label < photosOf.length; label++) {
      if (photosOf[label].length == 0) {
        throw new IllegalArgumentException("no photo of the label " + photos.labels().name(label));
      }
    }
    this.photos = photos;
    this.workers = workers;
    this.moments = BottleneckMoments.of(photos);
    if (!moments.isUsable()) {
      throw PupilException.diverged(
          Message.of(
              "the features of a photo are not numbers, or far too large; use another ",
              Setting.ARCHITECTURE));
    }
    this.problem = new SoftmaxProblem(photos, moments, workers);
  }

  /**
   * What a penalty is in numbers.
   *
   * @param seed of the folds in which it is chosen, if it is
   */
  double penalty(Penalty penalty, long seed) {
    if (penalty instanceof Penalty.Given given) {
      return given.value();
    }
    if (penalty instanceof Penalty.OfSpread ofSpread) {
      return ofSpread.multiple() * moments.unit();
    }
    Folds folds = Folds.of(photos, seed);
    return problem
        .penaltySearch(blocks(folds), folds, OptionalDouble.empty(), () -> false)
        .choose(workers)
        .penalty();
  }

  /** The photos, laid out fold by fold. */
  List<FeatureBlock> blocks(Folds folds) {
    return FeatureBlock.of(photos, folds, moments.mean());
  }

  /** Where a fit without any idea starts. */
  double[] zero() {
    return problem.zero();
  }

  /** The objective of all photos. */
  SoftmaxObjective whole(List<FeatureBlock> blocks) {
    return problem.whole(blocks);
  }

  /** The objective of some photos. */
  SoftmaxObjective objective(List<FeatureBlock> blocks, Predicate<FeatureBlock> learnt) {
    return problem.objective(blocks.stream().filter(learnt).toList());
  }

  /**
   * The point of the least penalised loss.
   *
   * @param start where to look first; not changed
   */
  double[] fit(SoftmaxObjective objective, double penalty, double[] start) {
    NewtonFit fit = new NewtonFit(objective, penalty, start, LOOSEST);
    double converged = Math.max(CONVERGED, ROUNDING_OF_A_PHOTO * photos.size());
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      if (fit.iterate() <= converged) {
        break;
      }
    }
    return fit.point();
  }

  /** The layer at a point of an objective. */
  FinalLayer layer(SoftmaxObjective objective, double[] point) {
    LayerArrays layer = new LayerArrays(photos.labels().size(), photos.dimension());
    objective.toLayer(point, moments.mean(), layer);
    return layer.toFinalLayer();
  }
}
