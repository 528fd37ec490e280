package org.pupil.tuning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.run.RunSettings;
import org.pupil.training.FinalLayer;
import org.pupil.training.RepeatedFolds;
import org.pupil.training.Trainer;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingResult;
import org.pupil.training.TrainingSettings;
import org.pupil.tuning.FoldOutcome.CurvePoint;

/** Judges configurations by the photos of a search: trains a final layer without each fold. */
final class PhotoJudge implements Judge {
  /** Looks at a layer while it is trained. */
  private static final int CURVE_POINTS = 20;

  private final TrialSettings settings;
  private final TrialPhotos photos;
  private final RepeatedFolds folds;
  private final Runnable onWork;

  /**
   * @param onWork is called many times a second by any thread; what it throws ends the search
   */
  PhotoJudge(TrialSettings settings, TrialPhotos photos, RepeatedFolds folds, Runnable onWork) {
    this.settings = settings;
    this.photos = photos;
    this.folds = folds;
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
  public FoldOutcome judge(Configuration configuration, int fold) {
    long begin = System.nanoTime();
    try {
      RunSettings run = settings.of(configuration);
      TrainingData data = photos.of(run);
      return judge(run.training(), data, fold, begin);
    } catch (PupilException e) {
      boolean isDivergence = e.kind() == PupilException.Kind.DIVERGED;
      return FoldOutcome.failed(
          new FoldOutcome.Failure(isDivergence, e.getMessage()), seconds(begin));
    }
  }

  private FoldOutcome judge(TrainingSettings training, TrainingData data, int fold, long begin) {
    TrainingData heldOut = data.withoutVariants().only(folds.heldOut(fold));
    // The photos held out judge: they must not choose anything, such as a temperature.
    boolean isWatched = fold == 0;
    Curve curve = new Curve();
    TrainingResult result =
        new Trainer(forFold(training, isWatched), 1)
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
    float[] losses = new float[heldOut.size()];
    BitSet right = new BitSet();
    for (int photo = 0; photo < losses.length; photo++) {
      look(result.layer(), heldOut, photo, losses, right);
    }
    return new FoldOutcome(losses, right, seconds(begin), curve.points, Optional.empty());
  }

  private static void look(
      FinalLayer layer, TrainingData heldOut, int photo, float[] losses, BitSet right) {
    float[] logits = layer.logits(heldOut.row(photo));
    int label = heldOut.label(photo);
    int greatest = 0;
    for (int c = 1; c < logits.length; c++) {
      greatest = logits[c] > logits[greatest] ? c : greatest;
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((double) logit - logits[greatest]);
    }
    losses[photo] = (float) (Math.log(sum) + logits[greatest] - logits[label]);
    right.set(photo, greatest == label);
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
      onWork.run();
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
