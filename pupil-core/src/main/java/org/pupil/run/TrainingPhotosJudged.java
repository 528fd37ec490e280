package org.pupil.run;

import java.util.Optional;
import org.pupil.check.ConfidentLearning;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Score;
import org.pupil.evaluation.Scores;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingResult;

/**
 * What layers that had not seen them say of the training photos: how good such a layer is, and how
 * many labels may be wrong. It costs next to nothing, since these layers choose the penalty.
 *
 * @param accuracy with its 95 % interval, in which a group of photos that resemble each other
 *     counts as one
 * @param expectedWrongLabels how many labels are wrong, by confident learning; 0 if the layers
 *     hardly tell the labels apart
 */
public record TrainingPhotosJudged(Score accuracy, double expectedWrongLabels) {
  /** Empty if there were no folds. */
  static Optional<TrainingPhotosJudged> of(TrainingResult result, TrainingData photos) {
    return result
        .folds()
        .filter(folds -> folds.chosen().heldOut().length > 0)
        .map(
            folds ->
                new TrainingPhotosJudged(
                    Scores.accuracy(Predictions.of(folds.chosen(), photos)),
                    folds
                        .strong()
                        .map(strong -> ConfidentLearning.expectedWrong(strong, photos))
                        .orElse(0.0)));
  }
}
