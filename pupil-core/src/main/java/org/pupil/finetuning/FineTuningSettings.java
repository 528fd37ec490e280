package org.pupil.finetuning;

import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

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
  /**
   * The rate is the best of 2e-4, 5e-4 and 1e-3 by the loss on photos held back, in the mean of two
   * splits of cats and dogs with the smaller built-in backbone. With the larger one, a few hundred
   * photos that stand on their heads are told from upright ones better by 5e-4 than by 2e-4, and
   * still better by 1e-3.
   */
  public static final FineTuningSettings DEFAULTS =
      new FineTuningSettings(8, 4, 32, 5e-4, 0.1, 0.2, 0, 0.99, 0);

  /**
   * @throws PupilException (usage) if the epochs or the learning rate make no sense
   */
  public FineTuningSettings {
    if (epochs < 1) {
      throw PupilException.usage(
          Message.of(Setting.FINE_TUNE_EPOCHS, " must be at least 1, was " + epochs));
    }
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw PupilException.usage(
          Message.of(Setting.FINE_TUNE_LEARNING_RATE, " must be positive, was " + learningRate));
    }
    require(patience >= 1 && batchSize >= 1, "counts must be at least 1");
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

  /** The same with what a person chooses. */
  public FineTuningSettings with(int otherEpochs, double otherRate, long otherSeed) {
    return new FineTuningSettings(
        otherEpochs,
        patience,
        batchSize,
        otherRate,
        warmUp,
        dropout,
        labelSmoothing,
        averaging,
        otherSeed);
  }
}
