package org.pupil.familiarity;

/**
 * When an answer is undecided between the two likeliest labels: the first is not {@code ratio}
 * times as likely as the second. With two labels and a ratio of 2 that is Chow's rule to refuse
 * what has a probability below 2/3 (C. K. Chow, "On optimum recognition error and reject tradeoff",
 * 1970): of the answers that it lets pass fewer than one in three is wrong, however near to the
 * limit they are, if the probabilities are right.
 *
 * @param ratio 1 or more
 */
public record Ambiguity(float ratio) {
  /** The rule of models that Pupil makes. */
  public static final Ambiguity DEFAULT = new Ambiguity(2);

  /**
   * @throws IllegalArgumentException if the ratio is less than 1 or not finite
   */
  public Ambiguity {
    if (!(ratio >= 1 && Float.isFinite(ratio))) {
      throw new IllegalArgumentException("the ratio must be 1 or more, was " + ratio);
    }
  }

  /**
   * Whether an answer is undecided.
   *
   * @param first the likeliest label's probability
   * @param second the next one's; where one is not a number nothing is undecided
   */
  public boolean isBetween(float first, float second) {
    return first < ratio * second;
  }
}
