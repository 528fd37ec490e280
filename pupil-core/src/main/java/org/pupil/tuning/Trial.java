package org.pupil.tuning;

import java.util.List;
import java.util.Optional;

/**
 * A configuration that is tried, as it stands at some moment.
 *
 * @param number from 1, in the order in which they were thought of
 * @param configuration its settings
 * @param outcomes of the folds of so far, from the first; the last may be a failure
 * @param status what becomes of it
 */
public record Trial(
    int number, Configuration configuration, List<FoldOutcome> outcomes, Status status) {
  /** What becomes of a trial. */
  public enum Status {
    /** It may be judged by more folds yet. */
    RUNNING,

    /** All folds judged it. */
    COMPLETED,

    /** Others were better by the folds of so far, or time was over. */
    STOPPED,

    /** The training ran away. */
    DIVERGED,

    /** It could not be done. */
    FAILED
  }

  public Trial {
    outcomes = List.copyOf(outcomes);
  }

  Trial with(Status other) {
    return new Trial(number, configuration, outcomes, other);
  }

  Trial with(Configuration other) {
    return new Trial(number, other, outcomes, status);
  }

  /** How many folds have judged it. */
  public int folds() {
    return outcomes.size();
  }

  /** Whether there is anything to compare. */
  public boolean isJudged() {
    return !isLost() && !outcomes.isEmpty();
  }

  /** Whether it diverged or failed. */
  boolean isLost() {
    return status == Status.DIVERGED || status == Status.FAILED;
  }

  /** Whether it was fine-tuned, and no fold kept that: then it is the final layer alone. */
  public boolean isFineTuningNeverKept() {
    return isJudged()
        && outcomes.stream()
            .allMatch(outcome -> outcome.fineTuned() == FoldOutcome.FineTuned.NOT_KEPT);
  }

  /** Why it failed or diverged, one line; empty if it did not. */
  public Optional<String> reason() {
    return outcomes.stream()
        .flatMap(outcome -> outcome.failure().stream())
        .map(FoldOutcome.Failure::reason)
        .findFirst();
  }

  /** Mean cross entropy of the photos that were held out, in nats; infinite if it is not judged. */
  public double crossEntropy() {
    return crossEntropy(outcomes.size());
  }

  /** The same by the first folds only. */
  double crossEntropy(int folds) {
    double sum = 0;
    int photos = 0;
    for (FoldOutcome outcome : outcomes.subList(0, Math.min(folds, outcomes.size()))) {
      sum += outcome.sumOfLosses();
      photos += outcome.losses().length;
    }
    return isJudged() && photos > 0 ? sum / photos : Double.POSITIVE_INFINITY;
  }

  /** Part of the photos that were held out that was labelled rightly; 0 if it is not judged. */
  public double accuracy() {
    int right = outcomes.stream().mapToInt(outcome -> outcome.right().cardinality()).sum();
    int photos = outcomes.stream().mapToInt(outcome -> outcome.losses().length).sum();
    return photos == 0 || !isJudged() ? 0 : (double) right / photos;
  }

  /** How long its trainings took together. */
  public double seconds() {
    return outcomes.stream().mapToDouble(FoldOutcome::seconds).sum();
  }
}
