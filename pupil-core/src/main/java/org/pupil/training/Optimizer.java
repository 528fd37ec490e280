package org.pupil.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/** How the final layer is trained: the values of {@code --optimizer}. */
public enum Optimizer {
  /**
   * The rule of the original retrain scripts: {@code w -= rate * gradient} of the batch's mean
   * cross entropy, at a constant rate.
   */
  GRADIENT_DESCENT,

  /**
   * {@code m = 0.9 m + gradient; w -= rate * m}, as TensorFlow's {@code MomentumOptimizer} (without
   * Nesterov's change).
   */
  MOMENTUM,

  /**
   * Adam (Kingma and Ba, 2015) with its usual constants: 0.9, 0.999 and 1e-8, in the form of
   * TensorFlow's {@code AdamOptimizer}, where the last one is added to the root of the uncorrected
   * second moment.
   */
  ADAM,

  /**
   * An L2-regularised softmax fitted to convergence by a second-order method, with the penalty
   * chosen by cross-validation. It asks for no rate, number of steps or size of batch.
   */
  AUTO;

  /**
   * The optimizer when {@code --optimizer} is not given.
   *
   * @param distortedAfresh whether photos are distorted afresh in every step
   */
  public static Optimizer unlessGiven(boolean rateOrStepsOrBatchGiven, boolean distortedAfresh) {
    return rateOrStepsOrBatchGiven || distortedAfresh ? GRADIENT_DESCENT : AUTO;
  }

  /**
   * The optimizer of this name, in any case of letters.
   *
   * @throws PupilException of kind USAGE, with the names there are
   */
  public static Optimizer named(String name) {
    return Arrays.stream(values())
        .filter(optimizer -> optimizer.flagValue().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                PupilException.usage(
                    Message.of(
                        Setting.OPTIMIZER,
                        " must be one of "
                            + Arrays.stream(values())
                                .map(Optimizer::flagValue)
                                .collect(Collectors.joining(", "))
                            + ", was "
                            + name)));
  }

  /**
   * Whether layers that it trains are calibrated if nothing is said: the originals' rule gives the
   * originals' numbers.
   */
  public boolean isCalibratedUnlessGiven() {
    return this != GRADIENT_DESCENT;
  }

  /** The name as typed: {@code gradient_descent}. */
  public String flagValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it goes in steps of one batch each, so that rate, steps and batch size count. */
  public boolean isStepwise() {
    return this != AUTO;
  }
}
