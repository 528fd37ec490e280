package org.pupil.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pupil.background.Background;
import org.pupil.evaluation.Evaluation;
import org.pupil.log.SummaryValues;
import org.pupil.log.record.TrainingTags;
import org.pupil.model.Model;
import org.pupil.pictures.ConfusionPicture;
import org.pupil.training.BatchView;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingResult;

/**
 * Writes what happens in the training run to event files, with the tags and at the steps of the
 * original scripts: every step to the run {@code train}, every evaluation to {@code validation}.
 * What the originals do not write goes to the folder above these two, by {@link SessionLog}.
 */
final class SummaryLog implements TrainingListener, AutoCloseable {
  /** The runs, as folders below the summaries folder; the first is that folder itself. */
  static final List<String> RUNS = List.of("", TrainingTags.TRAIN, TrainingTags.VALIDATION);

  private static final String SCOPE = "final_retrain_ops";

  /** To look for the files takes as long as to write a few events. */
  private static final int EVALUATIONS_PER_CHECK = 10;

  private final RunLog train;
  private final RunLog validation;
  private final Background<SessionLog> session;
  private final RunListener listener;
  private final SummaryValues values = new SummaryValues();
  private float[] flatWeights = new float[0];
  private int evaluations;
  private boolean failureIsTold;

  private SummaryLog(
      RunLog train, RunLog validation, Background<SessionLog> session, RunListener listener) {
    this.train = train;
    this.validation = validation;
    this.session = session;
    this.listener = listener;
  }

  /**
   * Begins new event files. Files that an earlier training run of Pupil left in the same runs go;
   * nothing else does.
   *
   * <p>What stands in the folder above the two runs is begun in a thread of its own: to write the
   * thumbnails takes as long as a short training run.
   *
   * @param listener hears of those that could not go
   * @param failures notes what cannot be written
   * @param session begins the log above the two runs
   */
  static SummaryLog open(
      Path summariesDir,
      Clock clock,
      String version,
      RunListener listener,
      LogFailures failures,
      Supplier<SessionLog> session) {
    List<RunLog> logs = new ArrayList<>();
    for (String run : RUNS.subList(1, RUNS.size())) {
      RunLog log =
          RunLog.open(summariesDir.resolve(run), "curves of " + run, clock, version, failures);
      log.left().forEach(listener::oldEventFileLeft);
      logs.add(log);
    }
    return new SummaryLog(
        logs.get(0), logs.get(1), Background.begin("session-log", session), listener);
  }

  /**
   * The training run is over and the model is written.
   *
   * @param mistakes those of which it was surest
   * @param confusion the picture of its confusion matrix
   */
  void ended(
      Model model,
      TrainingResult result,
      Evaluation test,
      List<Mistake> mistakes,
      Background<ConfusionPicture.Picture> confusion) {
    train.write(writer -> writer.graph(model.drawing()));
    session().ended(result, test, mistakes, confusion);
  }

  private SessionLog session() {
    try {
      return session.await();
    } catch (RuntimeException e) {
      failureIsTold = true;
      throw e;
    }
  }

  @Override
  public void onStep(BatchView batch) {
    write(train, batch);
  }

  @Override
  public void onEvaluation(StepEvaluation evaluation) {
    evaluation.validation().ifPresent(batch -> write(validation, batch));
    if (evaluations++ % EVALUATIONS_PER_CHECK == 0) {
      train.checkIsThere();
      validation.checkIsThere();
    }
  }

  private void write(RunLog log, BatchView batch) {
    values.clear();
    float[] weights = flat(batch.weights());
    variable(SCOPE + "/weights/summaries/", weights);
    variable(SCOPE + "/biases/summaries/", batch.biases());
    int outputs = batch.size() * batch.biases().length;
    values.histogram(SCOPE + "/Wx_plus_b/pre_activations", batch.logits(), 0, outputs);
    values.histogram("activations", batch.probabilities(), 0, outputs);
    values.scalar(TrainingTags.CROSS_ENTROPY, (float) batch.crossEntropy());
    values.scalar(TrainingTags.ACCURACY, (float) batch.accuracy());
    log.write(writer -> writer.write(batch.step(), values));
  }

  private void variable(String prefix, float[] variable) {
    Moments moments = Moments.of(variable);
    values.scalar(prefix + "mean", moments.mean());
    values.scalar(prefix + "stddev_1", moments.standardDeviation());
    values.scalar(prefix + "max", moments.max());
    values.scalar(prefix + "min", moments.min());
    values.histogram(prefix + "histogram", variable);
  }

  private float[] flat(float[][] weights) {
    int d = weights[0].length;
    if (flatWeights.length != weights.length * d) {
      flatWeights = new float[weights.length * d];
    }
    for (int label = 0; label < weights.length; label++) {
      System.arraycopy(weights[label], 0, flatWeights, label * d, d);
    }
    return flatWeights;
  }

  /**
   * Ends the files.
   *
   * @throws RuntimeException a fault in the session's log, if {@link #ended} has not thrown it
   */
  @Override
  public void close() {
    try (train;
        validation) {
      if (!failureIsTold) {
        SessionLog last = session();
        try (last) {
          last.left().forEach(listener::oldEventFileLeft);
        }
      }
    }
  }

  /** What the originals write of a variable; the deviation is that of the population. */
  private record Moments(float mean, float standardDeviation, float max, float min) {
    static Moments of(float[] values) {
      double sum = 0;
      float max = Float.NEGATIVE_INFINITY;
      float min = Float.POSITIVE_INFINITY;
      for (float value : values) {
        sum += value;
        max = Math.max(max, value);
        min = Math.min(min, value);
      }
      double mean = sum / values.length;
      double squares = 0;
      for (float value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Moments((float) mean, (float) Math.sqrt(squares / values.length), max, min);
    }
  }
}
