package org.pupil.tuning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.pupil.errors.PupilException;
import org.pupil.run.RunSettings;
import org.pupil.training.Argmax;
import org.pupil.training.FinalLayer;
import org.pupil.training.RepeatedFolds;
import org.pupil.training.Trainer;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingResult;
import org.pupil.training.TrainingSettings;
import org.pupil.tuning.FoldOutcome.CurvePoint;
import org.pupil.tuning.FoldOutcome.FineTuned;

/**
 * Judges configurations by the photos of a search: trains without each fold, as {@code retrain}
 * would.
 */
final class PhotoJudge implements Judge {
  /** Looks at a layer while it is trained. */
  private static final int CURVE_POINTS = 20;

  private final TrialSettings settings;
  private final TrialPhotos photos;
  private final RepeatedFolds folds;
  private final TrialFineTuning fineTuning;
  private final BooleanSupplier isOver;
  private final Runnable onWork;

  /** Ends a training in its middle, since time is over. */
  private static final class TimeOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeOverException() {
      super("time is over", null, false, false);
    }
  }

  /**
   * @param fineTuning of configurations that have some
   * @param isOver whether there is no more time: a training is then ended in its middle; asked many
   *     times a second by any thread
   * @param onWork is called likewise; what it throws ends the search
   */
  PhotoJudge(
      TrialSettings settings,
      TrialPhotos photos,
      RepeatedFolds folds,
      TrialFineTuning fineTuning,
      BooleanSupplier isOver,
      Runnable onWork) {
    this.settings = settings;
    this.photos = photos;
    this.folds = folds;
    this.fineTuning = fineTuning;
    this.isOver = isOver;
    this.onWork = onWork;
  }

  @Override
  public int foldsOfRepeat() {
    return folds.ofOneRepeat();
  }

  @Override
  public int folds() {
    return folds.count();
  }

  @Override
  public int photos() {
    return photos.size();
  }

  @Override
  public Optional<FoldOutcome> judge(Configuration configuration, int fold) {
    long begin = System.nanoTime();
    try {
      RunSettings run = settings.of(configuration);
      return Optional.of(judge(run, photos.of(run), fold, begin));
    } catch (TimeOverException e) {
      return Optional.empty();
    } catch (PupilException e) {
      boolean isDivergence = e.kind() == PupilException.Kind.DIVERGED;
      return Optional.of(
          FoldOutcome.failed(
              new FoldOutcome.Failure(isDivergence, e.getMessage()), seconds(begin)));
    }
  }

  private FoldOutcome judge(RunSettings run, TrainingData data, int fold, long begin) {
    TrainingData heldOut = data.withoutVariants().only(folds.heldOut(fold));
    // The photos held out judge: they must not choose anything, such as a temperature.
    boolean isWatched = fold == 0;
    Curve curve = new Curve();
    TrainingResult result =
        new Trainer(forFold(run.training(), isWatched), 1)
            .train(
                data.only(folds.learnt(fold)),
                isWatched ? heldOut : heldOut.only(new int[0]),
                curve);
    if (result.divergence().isPresent()) {
      String reason =
          "the training ran away at step %d (cross entropy %s)"
              .formatted(
                  result.divergence().get().step(), result.divergence().get().crossEntropy());
      return FoldOutcome.failed(new FoldOutcome.Failure(true, reason), seconds(begin));
    }
    Optional<TrialFineTuning.Tuned> tuned =
        run.fineTuning().isWanted()
            ? fineTuning.run(run, data, folds.learnt(fold), folds.heldOut(fold), this::working)
            : Optional.empty();
    FinalLayer layer = tuned.map(TrialFineTuning.Tuned::layer).orElse(result.layer());
    float[] losses = new float[heldOut.size()];
    BitSet right = new BitSet();
    for (int photo = 0; photo < losses.length; photo++) {
      float[] bottleneck =
          tuned.isPresent() ? tuned.get().bottlenecks().get(photo) : heldOut.row(photo);
      int label = heldOut.label(photo);
      float[] logits = layer.logits(bottleneck);
      losses[photo] = loss(logits, label);
      right.set(photo, Argmax.of(logits) == label);
    }
    return new FoldOutcome(losses, right, seconds(begin), curve.points, Optional.empty())
        .with(fineTuned(run, tuned.isPresent()));
  }

  private static FineTuned fineTuned(RunSettings run, boolean isKept) {
    if (!run.fineTuning().isWanted()) {
      return FineTuned.NOT_TRIED;
    }
    return isKept ? FineTuned.KEPT : FineTuned.NOT_KEPT;
  }

  /** Cross entropy in nats. */
  private static float loss(float[] logits, int label) {
    float greatest = logits[Argmax.of(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((double) logit - greatest);
    }
    return (float) (Math.log(sum) + greatest - logits[label]);
  }

  private void working() {
    onWork.run();
    if (isOver.getAsBoolean()) {
      throw new TimeOverException();
    }
  }

  /** How it is trained stays the same; only how often somebody looks does not. */
  private static TrainingSettings forFold(TrainingSettings training, boolean isWatched) {
    int steps = training.howManyTrainingSteps();
    int interval =
        !training.optimizer().isStepwise() || !isWatched
            ? Integer.MAX_VALUE
            : Math.max(1, steps / CURVE_POINTS);
    return new TrainingSettings(
        training.optimizer(),
        training.learningRate(),
        steps,
        training.trainBatchSize(),
        -1,
        training.testBatchSize(),
        interval,
        0,
        training.seed(),
        false,
        training.l2Penalty());
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Listens to one training. */
  private final class Curve implements TrainingListener {
    private final List<CurvePoint> points = new ArrayList<>();

    @Override
    public void onWork() {
      working();
    }

    @Override
    public void onEvaluation(StepEvaluation evaluation) {
      evaluation
          .validation()
          .ifPresent(
              heldOut ->
                  points.add(
                      new CurvePoint(
                          evaluation.step(),
                          evaluation.trainAccuracy(),
                          evaluation.trainCrossEntropy(),
                          heldOut.accuracy(),
                          heldOut.crossEntropy())));
    }
  }
}
