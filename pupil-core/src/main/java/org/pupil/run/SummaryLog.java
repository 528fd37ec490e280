package org.pupil.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.pupil.eventlog.EventWriter;
import org.pupil.eventlog.OwnEventFiles;
import org.pupil.eventlog.SummaryValues;
import org.pupil.training.BatchView;
import org.pupil.training.TrainingListener;

/**
 * Writes what happens in the teaching to event files, with the tags and at the steps of the original
 * scripts: every step to the run {@code train}, every evaluation to {@code validation}.
 */
final class SummaryLog implements TrainingListener, AutoCloseable {
  private static final String SCOPE = "final_retrain_ops";

  private final EventWriter train;
  private final EventWriter validation;
  private final SummaryValues values = new SummaryValues();
  private float[] flatWeights = new float[0];

  private SummaryLog(EventWriter train, EventWriter validation) {
    this.train = train;
    this.validation = validation;
  }

  /**
   * Begins new event files. Files that an earlier teaching of Pupil left in the same runs go;
   * nothing else does.
   */
  static SummaryLog open(Path summariesDir, Clock clock, String version) {
    EventWriter train = begin(summariesDir.resolve("train"), clock, version);
    try {
      return new SummaryLog(train, begin(summariesDir.resolve("validation"), clock, version));
    } catch (RuntimeException e) {
      train.close();
      throw e;
    }
  }

  private static EventWriter begin(Path runDir, Clock clock, String version) {
    EventWriter writer = EventWriter.open(runDir, clock, version);
    OwnEventFiles.remove(runDir, List.of(writer.file()));
    return writer;
  }

  /** The run of the training batches. */
  EventWriter train() {
    return train;
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

  /** Ends both files. */
  @Override
  public void close() {
    try (train) {
      validation.close();
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
