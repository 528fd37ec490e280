package org.pupil.training;

import java.util.Optional;
import org.pupil.chance.Chance;
import org.pupil.training.TrainingResult.Divergence;

/** Trains in steps of one batch each, as the original retrain scripts do. */
final class StepTrainer {
  /** The originals' standard deviation of the first weights. */
  private static final double FIRST_WEIGHTS_DEVIATION = 0.001;

  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final UpdateRule rule;
  private final Batch training;
  private final StepEvaluator evaluator;
  private final float[][] residuals;
  private final LayerArrays gradient;

  /** The penalty's share for one photo; 0 for none. */
  private final float decay;

  /** The layer of now, and the last one that is known to be good. */
  private LayerArrays current;

  private LayerArrays good;

  StepTrainer(
      BatchSource source,
      Optional<Batch> validation,
      TrainingSettings settings,
      TrainingListener listener) {
    int k = source.labels().size();
    int d = source.dimension();
    BatchSampler sampler =
        new BatchSampler(
            source,
            settings.trainBatchSize(),
            new Chance(settings.seed(), Chance.Purpose.TRAINING_BATCHES));
    this.settings = settings;
    this.listener = listener;
    this.rule = UpdateRule.of(settings.optimizer(), settings.learningRate(), k, d);
    this.training = new Batch(source, sampler);
    this.evaluator = new StepEvaluator(training, validation, listener);
    this.residuals = new float[k][sampler.size()];
    this.gradient = new LayerArrays(k, d);
    this.decay = (float) (settings.l2Penalty().orElse(0) / source.size());
    this.current = firstLayer(k, d, settings.seed());
    this.good = new LayerArrays(k, d);
  }

  /** Weights from a truncated normal, drawn in TensorFlow's order [d, k]; biases 0. */
  private static LayerArrays firstLayer(int k, int d, long seed) {
    Chance chance = new Chance(seed, Chance.Purpose.WEIGHTS);
    LayerArrays layer = new LayerArrays(k, d);
    for (int j = 0; j < d; j++) {
      for (int c = 0; c < k; c++) {
        layer.weights[c][j] = (float) (FIRST_WEIGHTS_DEVIATION * chance.truncatedNormal());
      }
    }
    return layer;
  }

  TrainingResult run() {
    int step = 0;
    boolean last = false;
    for (; !last && step < settings.howManyTrainingSteps(); step++) {
      listener.onWork();
      training.fill(step);
      double crossEntropy = training.look(current);
      if (ranAway(crossEntropy)) {
        return diverged(step, step - 1, crossEntropy);
      }
      listener.onStep(training.view(step, crossEntropy, current));
      update();
      last = listener.endsAfter(step);
      if (last || settings.evaluatesAt(step) || settings.storesAt(step)) {
        double after = training.look(current);
        if (ranAway(after)) {
          return diverged(step, step, after);
        }
        report(step, after, last);
      }
    }
    return new TrainingResult(current.toFinalLayer(), step, Optional.empty(), Optional.empty());
  }

  private void update() {
    training.gradient(residuals, gradient);
    if (decay > 0) {
      addPenalty();
    }
    rule.nextStep();
    LayerArrays next = good;
    for (int array = 0; array <= residuals.length; array++) {
      rule.update(array, current.array(array), gradient.array(array), next.array(array));
    }
    good = current;
    current = next;
  }

  /** The gradient of half the decay times the sum of the squared weights; biases are free. */
  private void addPenalty() {
    for (int c = 0; c < gradient.weights.length; c++) {
      float[] into = gradient.weights[c];
      float[] weights = current.weights[c];
      for (int j = 0; j < into.length; j++) {
        into[j] += decay * weights[j];
      }
    }
  }

  private void report(int step, double crossEntropy, boolean last) {
    if (last || settings.evaluatesAt(step)) {
      evaluator.report(step, crossEntropy, current);
    }
    if (settings.storesAt(step)) {
      listener.onSnapshot(step, current.toFinalLayer());
    }
  }

  private static boolean ranAway(double crossEntropy) {
    return !(crossEntropy <= TrainingResult.RUNAWAY_CROSS_ENTROPY);
  }

  /**
   * The current layer is bad: {@link #good} is the one before the last update, if there was one.
   */
  private TrainingResult diverged(int step, int stepsDone, double crossEntropy) {
    LayerArrays kept = stepsDone < 0 ? current : good;
    return new TrainingResult(
        kept.toFinalLayer(),
        Math.max(stepsDone, 0),
        Optional.of(new Divergence(step, crossEntropy)),
        Optional.empty());
  }
}
