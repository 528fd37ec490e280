package org.pupil.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pupil.log.SummaryValues;
import org.pupil.log.record.TrainingTags;
import org.pupil.training.BatchView;

/**
 * What one step showed, copied from the trainer's working memory, so that it can be written down
 * while the next step goes on. Filled again and again.
 */
final class StepCopy {
  private static final String SCOPE = "final_retrain_ops";

  /** So much memory all copies together may take. */
  private static final long MOST_BYTES = 16 << 20;

  private static final int MOST = 1024;

  private RunLog log;
  private Instant time = Instant.EPOCH;
  private int step;
  private int outputs;
  private double crossEntropy;
  private double accuracy;
  private float[] weights = new float[0];
  private float[] biases = new float[0];
  private float[] logits = new float[0];
  private float[] probabilities = new float[0];

  private StepCopy(RunLog log) {
    this.log = log;
  }

  /**
   * Copies to be filled.
   *
   * @param dimension length of a bottleneck
   * @param labels how many there are
   */
  static List<StepCopy> some(RunLog log, int dimension, int labels) {
    long bytes = Math.max(1, (long) dimension * labels * Float.BYTES);
    List<StepCopy> copies = new ArrayList<>();
    while (copies.size() < 2 || copies.size() < Math.min(MOST, MOST_BYTES / bytes)) {
      copies.add(new StepCopy(log));
    }
    return copies;
  }

  /**
   * Copies.
   *
   * @param into what it is to be written to
   * @param now when the step was
   */
  void fill(RunLog into, Instant now, BatchView batch) {
    log = into;
    time = now;
    step = batch.step();
    crossEntropy = batch.crossEntropy();
    accuracy = batch.accuracy();
    flatten(batch.weights());
    biases = copied(batch.biases(), batch.biases().length, biases);
    outputs = batch.size() * batch.biases().length;
    logits = copied(batch.logits(), outputs, logits);
    probabilities = copied(batch.probabilities(), outputs, probabilities);
  }

  private static float[] copied(float[] from, int length, float[] to) {
    float[] copy = to.length == length ? to : new float[length];
    System.arraycopy(from, 0, copy, 0, length);
    return copy;
  }

  /** Label by label. */
  private void flatten(float[][] from) {
    int d = from[0].length;
    if (weights.length != from.length * d) {
      weights = new float[from.length * d];
    }
    for (int label = 0; label < from.length; label++) {
      System.arraycopy(from[label], 0, weights, label * d, d);
    }
  }

  /** Hands it to its event file, which writes it with others. */
  void write(SummaryValues values) {
    values.clear();
    variable(values, SCOPE + "/weights/summaries/", weights);
    variable(values, SCOPE + "/biases/summaries/", biases);
    values.histogram(SCOPE + "/Wx_plus_b/pre_activations", logits, 0, outputs);
    values.histogram("activations", probabilities, 0, outputs);
    values.scalar(TrainingTags.CROSS_ENTROPY, (float) crossEntropy);
    values.scalar(TrainingTags.ACCURACY, (float) accuracy);
    log.write(writer -> writer.writeLater(step, time, values));
  }

  private static void variable(SummaryValues values, String prefix, float[] variable) {
    Moments moments = Moments.of(variable);
    values.scalar(prefix + "mean", moments.mean());
    values.scalar(prefix + "stddev_1", moments.standardDeviation());
    values.scalar(prefix + "max", moments.max());
    values.scalar(prefix + "min", moments.min());
    values.histogram(prefix + "histogram", variable);
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
