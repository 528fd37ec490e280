package org.pupil.training;

/**
 * How strongly a cross-validation penalises the weights of the layers that it fits. A penalty is
 * that of {@link PenaltyChoice#penalty}: a layer minimises the sum of the photos' cross entropies
 * plus half the penalty times the sum of the squared weights.
 */
public sealed interface Penalty {
  /** What {@link Optimizer#AUTO} chooses for all the photos, with the seed of the folds. */
  record Chosen() implements Penalty {}

  /**
   * A penalty that is known, such as that of a layer that has been trained.
   *
   * @param value positive and finite
   */
  record Given(double value) implements Penalty {
    public Given {
      check(value);
    }
  }

  /**
   * A penalty that does not depend on the unit of the bottlenecks: a multiple of their mean squared
   * distance from their mean. {@link Optimizer#AUTO} tries multiples from 10 down.
   *
   * @param multiple positive and finite
   */
  record OfSpread(double multiple) implements Penalty {
    public OfSpread {
      check(multiple);
    }
  }

  private static void check(double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a penalty must be positive and finite, was " + value);
    }
  }
}
