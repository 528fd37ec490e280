package org.pupil.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.PrCurve;
import org.pupil.eventlog.EventWriter;
import org.pupil.eventlog.HParams;
import org.pupil.eventlog.OwnEventFiles;
import org.pupil.eventlog.SummaryValues;
import org.pupil.model.Model;
import org.pupil.training.BatchView;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingSettings;

/**
 * Writes what happens in the teaching to event files, with the tags and at the steps of the
 * original scripts: every step to the run {@code train}, every evaluation to {@code validation}.
 * What the originals do not write (settings, test scores) goes to the folder above these two.
 */
final class SummaryLog implements TrainingListener, AutoCloseable {
  /** The runs, as folders below the summaries folder; the first is that folder itself. */
  static final List<String> RUNS = List.of("", "train", "validation");

  private static final String SCOPE = "final_retrain_ops";

  private static final List<HParams.Metric> METRICS =
      List.of(
          new HParams.Metric("", "pupil/test_accuracy", "test accuracy"),
          new HParams.Metric("validation", "accuracy_1", "validation accuracy"),
          new HParams.Metric("validation", "cross_entropy_1", "validation cross entropy"));

  private final Clock clock;
  private final EventWriter session;
  private final EventWriter train;
  private final EventWriter validation;
  private final SummaryValues values = new SummaryValues();
  private float[] flatWeights = new float[0];
  private HParams.Outcome outcome = HParams.Outcome.FAILURE;

  private SummaryLog(Clock clock, EventWriter session, EventWriter train, EventWriter validation) {
    this.clock = clock;
    this.session = session;
    this.train = train;
    this.validation = validation;
  }

  /**
   * Begins new event files. Files that an earlier teaching of Pupil left in the same runs go;
   * nothing else does.
   *
   * @param listener hears of those that could not go
   */
  static SummaryLog open(
      Path summariesDir, Clock clock, RunSettings settings, RunListener listener) {
    List<EventWriter> writers = new ArrayList<>();
    try {
      for (String run : RUNS) {
        Path runDir = summariesDir.resolve(run);
        EventWriter writer = EventWriter.open(runDir, clock, settings.version());
        writers.add(writer);
        OwnEventFiles.remove(runDir, List.of(writer.file()))
            .left()
            .forEach(listener::oldEventFileLeft);
      }
      SummaryLog log = new SummaryLog(clock, writers.get(0), writers.get(1), writers.get(2));
      log.started(settings);
      return log;
    } catch (RuntimeException e) {
      writers.forEach(writer -> closeAfter(e, writer));
      throw e;
    }
  }

  private static void closeAfter(RuntimeException cause, EventWriter writer) {
    try {
      writer.close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private void started(RunSettings settings) {
    Map<String, Object> hparams = hparams(settings);
    values.clear();
    values.hparams(HParams.experiment(hparams, METRICS, clock.instant()));
    values.hparams(HParams.sessionStart(hparams, "", clock.instant()));
    values.text("pupil/config", table(hparams));
    session.write(0, values);
  }

  private static Map<String, Object> hparams(RunSettings settings) {
    TrainingSettings training = settings.training();
    Map<String, Object> hparams = new LinkedHashMap<>();
    hparams.put("optimizer", training.optimizer().flagValue());
    if (training.optimizer().isStepwise()) {
      hparams.put("learning_rate", training.learningRate());
      hparams.put("how_many_training_steps", training.howManyTrainingSteps());
      hparams.put("train_batch_size", training.trainBatchSize());
    }
    hparams.put("seed", training.seed());
    settings.options().forEach(hparams::putIfAbsent);
    return hparams;
  }

  private static String table(Map<String, Object> hparams) {
    StringBuilder markdown = new StringBuilder("| setting | value |\n|---|---|\n");
    hparams.forEach(
        (name, value) ->
            markdown
                .append("| ")
                .append(name)
                .append(" | ")
                .append(value.toString().replaceAll("\\R", " ").replace("|", "\\|"))
                .append(" |\n"));
    return markdown.toString();
  }

  /** The teaching is over and the model is written. */
  void ended(Model model, Evaluation test) {
    train.graph(model.drawing());
    values.clear();
    if (test.photos() > 0) {
      values.scalar("pupil/test_accuracy", (float) test.accuracy());
      values.scalar("pupil/test_cross_entropy", (float) test.logLoss());
      for (PrCurve curve : test.prCurves()) {
        values.prCurve(
            test.labels().name(curve.label()) + "/pr_curves",
            counts(curve::truePositives),
            counts(curve::falsePositives));
      }
    }
    session.write(0, values);
    outcome = HParams.Outcome.SUCCESS;
  }

  private static int[] counts(IntUnaryOperator countAtThreshold) {
    return IntStream.range(0, PrCurve.THRESHOLDS).map(countAtThreshold).toArray();
  }

  @Override
  public void onStep(BatchView batch) {
    write(train, batch);
  }

  @Override
  public void onEvaluation(StepEvaluation evaluation) {
    evaluation.validation().ifPresent(batch -> write(validation, batch));
  }

  private void write(EventWriter writer, BatchView batch) {
    values.clear();
    float[] weights = flat(batch.weights());
    variable(SCOPE + "/weights/summaries/", weights);
    variable(SCOPE + "/biases/summaries/", batch.biases());
    int outputs = batch.size() * batch.biases().length;
    values.histogram(SCOPE + "/Wx_plus_b/pre_activations", batch.logits(), 0, outputs);
    values.histogram("activations", batch.probabilities(), 0, outputs);
    values.scalar("cross_entropy_1", (float) batch.crossEntropy());
    values.scalar("accuracy_1", (float) batch.accuracy());
    writer.write(batch.step(), values);
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

  /** Ends the files. */
  @Override
  public void close() {
    try (session;
        train;
        validation) {
      values.clear();
      values.hparams(HParams.sessionEnd(outcome, clock.instant()));
      session.write(0, values);
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
