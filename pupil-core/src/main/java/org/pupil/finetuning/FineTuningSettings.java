package org.pupil.finetuning;

/**
 * How the upper layers are trained.
 *
 * @param epochs how often each photo is seen at most, at least 1
 * @param patience epochs without a better one after which it ends, at least 1
 * @param batchSize photos a step, at least 1
 * @param learningRate the greatest rate of Adam, which rises to it and falls to 0 as a cosine;
 *     positive
 * @param warmUp the part of all steps in which the rate rises, 0 to below 1
 * @param dropout the part of a bottleneck's numbers that are set to 0 in each step, 0 to below 1
 * @param labelSmoothing how much of a photo's probability is wanted for all labels alike, 0 to
 *     below 1
 * @param averaging the part that the average of the weights keeps at each step, 0 (no average) to
 *     below 1
 * @param seed decides the order of the photos, their views and the dropout
 */
public record FineTuningSettings(
    int epochs,
    int patience,
    int batchSize,
    double learningRate,
    double warmUp,
    double dropout,
    double labelSmoothing,
    double averaging,
    long seed) {
  public FineTuningSettings {
    require(epochs >= 1 && patience >= 1 && batchSize >= 1, "counts must be at least 1");
    require(learningRate > 0 && Double.isFinite(learningRate), "the rate must be positive");
    require(isPart(warmUp) && isPart(dropout), "parts must be 0 to below 1");
    require(isPart(labelSmoothing) && isPart(averaging), "parts must be 0 to below 1");
  }

  private static boolean isPart(double value) {
    return value >= 0 && value < 1;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /**
   * The rate of a step.
   *
   * @param step from 0 on
   * @param steps of the whole training
   */
  double rate(long step, long steps) {
    double warm = warmUp * steps;
    if (step < warm) {
      return learningRate * (step + 1) / (warm + 1);
    }
    return learningRate * 0.5 * (1 + StrictMath.cos(Math.PI * (step - warm) / (steps - warm)));
  }
}
