package org.pupil.run;

import java.util.Optional;
import org.pupil.dataset.SplitSet;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Interval;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Score;
import org.pupil.evaluation.Scores;
import org.pupil.training.CrossValidation;
import org.pupil.training.OutOfFold;
import org.pupil.training.Penalty;
import org.pupil.training.PenaltyChoice;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingResult;

/**
 * What a training run says of itself and of its photos beside the test: short forms of {@code
 * evaluate} and {@code check}, which cost next to nothing. Only the optimizer {@code auto} has what
 * they need.
 *
 * @param training what layers that had not seen them say of the training photos; empty if there
 *     were none
 * @param all how many of all photos layers like the model's label rightly; empty if the test photos
 *     tell it, or if it would take long
 */
public record QuickAssessment(Optional<TrainingPhotosJudged> training, Optional<AllPhotos> all) {
  /** Nothing is said. */
  public static final QuickAssessment NONE =
      new QuickAssessment(Optional.empty(), Optional.empty());

  private static final int FOLDS = 5;

  /** Repeats where the photos are so few that nobody notices. */
  private static final int MOST_REPEATS = 5;

  /** Multiply-adds of one look at all photos for so many repeats, and for one. */
  private static final double WORK_OF_ALL_REPEATS = 1e6;

  private static final double WORK_OF_ONE = 5e6;

  /**
   * A cross-validation of all photos, those of the test included, by layers of the model's penalty.
   *
   * @param photos how many were held out
   * @param folds how many there were
   * @param repeats how often all photos were dealt to folds
   * @param accuracy part that is labelled rightly, on average over the repeats
   */
  public record AllPhotos(int photos, int folds, int repeats, Score accuracy) {}

  /**
   * Of the training photos that were held out in the search for the penalty: the 95 % interval of
   * the part that was labelled rightly, in which a group of photos counts as one where it is known.
   */
  public Interval interval(PenaltyChoice.HeldOut heldOut) {
    return training
        .map(photos -> new Interval(photos.accuracy().low(), photos.accuracy().high()))
        .orElseGet(() -> Interval.wilson(heldOut.right(), heldOut.photos()));
  }

  static QuickAssessment of(
      TrainingResult result, Evaluation test, TrainingSets sets, RunSettings settings) {
    if (result.divergence().isPresent()) {
      return NONE;
    }
    Optional<AllPhotos> all =
        result
            .penaltyChoice()
            .filter(choice -> choice.folds() > 0 && test.tooSmallToTell().isPresent())
            .flatMap(choice -> all(choice, sets.all(), settings));
    return new QuickAssessment(TrainingPhotosJudged.of(result, sets.data(SplitSet.TRAINING)), all);
  }

  private static Optional<AllPhotos> all(
      PenaltyChoice choice, TrainingData photos, RunSettings settings) {
    double work = (double) photos.size() * photos.dimension() * (photos.labels().size() - 1);
    if (work > WORK_OF_ONE) {
      return Optional.empty();
    }
    int repeats = work > WORK_OF_ALL_REPEATS ? 1 : MOST_REPEATS;
    OutOfFold outOfFold =
        new CrossValidation(
                repeats,
                FOLDS,
                new Penalty.Given(choice.penalty()),
                settings.training().seed(),
                settings.threads())
            .run(photos, (done, of) -> {});
    int heldOut = outOfFold.heldOut().length;
    return heldOut == 0
        ? Optional.empty()
        : Optional.of(
            new AllPhotos(
                heldOut,
                outOfFold.folds(),
                repeats,
                Scores.accuracy(Predictions.of(outOfFold, photos))));
  }
}
