package org.pupil.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.background.Workers;
import org.pupil.chance.Chance;
import org.pupil.training.PenaltySearch.FoldFit;
import org.pupil.training.TrainingResult.Divergence;

/**
 * Trains by {@link Optimizer#AUTO}: chooses the penalty by cross-validation, then fits all photos
 * with it. The iterations of this last fit are the steps that the listener sees, each with the
 * whole training set as its batch.
 */
final class AutoTrainer {
  private static final double LOOSEST = 0.1;
  private static final int MOST_ITERATIONS = 200;

  /** Decrement for each photo at which the fit has converged, in nats. */
  private static final double CONVERGED = 1e-11;

  /** Decrement for each photo below which it need only stop falling: rounding is in the way. */
  private static final double NEARLY_CONVERGED = 1e-7;

  /** Multiply-adds that make a share worth a thread, and the most shares. */
  private static final long WORK_OF_A_PART = 500_000;

  private static final int MOST_PARTS = 8;

  private final TrainingData photos;
  private final TrainingSettings settings;
  private final int threads;
  private final TrainingListener listener;
  private final StepEvaluator evaluator;
  private final Batch training;

  AutoTrainer(
      TrainingData photos,
      Optional<Batch> validation,
      TrainingSettings settings,
      int threads,
      TrainingListener listener) {
    this.photos = photos;
    this.settings = settings;
    this.threads = threads;
    this.listener = listener;
    Chance unused = new Chance(settings.seed(), Chance.Purpose.TRAINING_BATCHES);
    this.training = new Batch(photos, new BatchSampler(photos, -1, unused));
    this.evaluator = new StepEvaluator(training, validation, listener);
  }

  TrainingResult run() {
    try (Workers workers = new Workers("pupil-training", threads, listener::onWork)) {
      return run(workers);
    }
  }

  private TrainingResult run(Workers workers) {
    BottleneckMoments moments = BottleneckMoments.of(photos);
    if (!moments.isUsable()) {
      return diverged();
    }
    Folds folds = Folds.of(photos, settings.seed());
    List<FeatureBlock> blocks = FeatureBlock.of(photos, folds, moments.mean());
    PenaltyChoice choice = search(blocks, folds, moments, workers).choose(workers);
    long work = (long) photos.size() * photos.dimension() * (photos.labels().size() - 1);
    int parts = (int) Math.max(1, Math.min(MOST_PARTS, work / WORK_OF_A_PART));
    SoftmaxObjective all = objective(blocks, parts, moments, workers);
    return fit(all, choice, moments.mean());
  }

  private PenaltySearch search(
      List<FeatureBlock> blocks, Folds folds, BottleneckMoments moments, Workers workers) {
    List<FoldFit> fits = new ArrayList<>();
    int heldOutPhotos = 0;
    for (int fold = 0; fold < folds.count(); fold++) {
      List<FeatureBlock> learnt = new ArrayList<>();
      List<FeatureBlock> heldOut = new ArrayList<>();
      for (FeatureBlock block : blocks) {
        (block.fold == fold ? heldOut : learnt).add(block);
      }
      heldOutPhotos += heldOut.stream().mapToInt(FeatureBlock::size).sum();
      fits.add(
          new FoldFit(
              objective(learnt, 1, moments, workers), objective(heldOut, 1, moments, workers)));
    }
    return new PenaltySearch(fits, moments.unit(), heldOutPhotos, listener::endsSearch);
  }

  private SoftmaxObjective objective(
      List<FeatureBlock> blocks, int parts, BottleneckMoments moments, Workers workers) {
    // Between the features' mean variance and their greatest: about what a feature's bend is.
    double biasScale = Math.sqrt(moments.unit() / Math.sqrt(photos.dimension()));
    Contrast contrast = new Contrast(photos.labels().size());
    return new SoftmaxObjective(blocks, parts, contrast, moments.mean(), biasScale, workers);
  }

  private TrainingResult fit(SoftmaxObjective objective, PenaltyChoice choice, float[] mean) {
    LayerArrays layer = new LayerArrays(photos.labels().size(), photos.dimension());
    NewtonFit fit =
        new NewtonFit(objective, choice.penalty(), new double[objective.size()], LOOSEST);
    training.fill(0);
    double crossEntropy = training.look(layer);
    double before = Double.POSITIVE_INFINITY;
    boolean last = false;
    int step = 0;
    for (; !last; step++) {
      listener.onStep(training.view(step, crossEntropy, layer));
      double decrement = fit.iterate() / photos.size();
      last =
          decrement <= CONVERGED
              || (decrement <= NEARLY_CONVERGED && decrement > before / 2)
              || step + 1 == MOST_ITERATIONS
              || listener.endsAfter(step);
      before = decrement;
      objective.toLayer(fit.point(), mean, layer);
      crossEntropy = training.look(layer);
      if (last || step % settings.evalStepInterval() == 0) {
        evaluator.report(step, crossEntropy, layer);
      }
      if (settings.storesAt(step)) {
        listener.onSnapshot(step, layer.toFinalLayer());
      }
    }
    return new TrainingResult(layer.toFinalLayer(), step, Optional.empty(), Optional.of(choice));
  }

  /** A bottleneck is not a number, or a wild one: there is nothing to fit. */
  private TrainingResult diverged() {
    LayerArrays untrained = new LayerArrays(photos.labels().size(), photos.dimension());
    return new TrainingResult(
        untrained.toFinalLayer(), 0, Optional.of(new Divergence(0, Double.NaN)), Optional.empty());
  }
}
