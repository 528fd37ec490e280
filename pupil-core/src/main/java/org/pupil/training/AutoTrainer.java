package org.pupil.training;

import java.util.List;
import java.util.Optional;
import org.pupil.background.Workers;
import org.pupil.chance.Chance;
import org.pupil.training.TrainingResult.Divergence;

/**
 * Trains by {@link Optimizer#AUTO}: chooses the penalty by cross-validation, unless it is given,
 * then fits all photos with it. The iterations of this last fit are the steps that the listener
 * sees, each with the whole training set as its batch.
 */
final class AutoTrainer {
  private static final double LOOSEST = 0.1;
  private static final int MOST_ITERATIONS = 200;

  /** Decrement for each photo at which the fit has converged, in nats. */
  private static final double CONVERGED = 1e-11;

  /** Decrement for each photo below which it need only stop falling: rounding is in the way. */
  private static final double NEARLY_CONVERGED = 1e-7;

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
    SoftmaxProblem problem = new SoftmaxProblem(photos, moments, workers);
    if (settings.l2Penalty().isPresent() && !settings.calibrate()) {
      // Nobody asks what layers say of photos that they have not seen.
      PenaltyChoice given =
          new PenaltyChoice(settings.l2Penalty().getAsDouble(), 0, List.of(), Optional.empty());
      return fit(problem.whole(blocks), given, moments.mean());
    }
    PenaltySearch search =
        problem.penaltySearch(blocks, folds, settings.l2Penalty(), listener::endsSearch);
    PenaltyChoice choice = search.choose(workers);
    return fit(problem.whole(blocks), choice, moments.mean()).withFolds(search.outOfFold());
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
