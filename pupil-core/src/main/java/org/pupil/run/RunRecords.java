package org.pupil.run;

import java.util.List;
import org.pupil.backbone.Backbone;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LabelScore;
import org.pupil.log.proto.training.Calibration;
import org.pupil.log.proto.training.CrossValidation;
import org.pupil.log.proto.training.Interval;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.proto.training.TrainingSetup;
import org.pupil.training.PenaltyChoice;
import org.pupil.training.TrainingResult;

/** What is recorded of a training run in its log: the setup at its beginning, and the outcome. */
final class RunRecords {
  /** A larger matrix would be megabytes. */
  private static final int MOST_LABELS_OF_A_MATRIX = 200;

  private RunRecords() {}

  /** What is known when it begins. */
  static TrainingSetup setup(RunSettings settings, Backbone backbone, Split split) {
    TrainingSetup.Builder setup =
        TrainingSetup.newBuilder()
            .setOptimizer(settings.training().optimizer().flagValue())
            .setBackbone(backbone.name())
            .setEngine(backbone.engine().name())
            .addAllLabels(split.all().labels().names());
    if (settings.training().optimizer().isStepwise()) {
      setup.setSteps(settings.training().howManyTrainingSteps());
    }
    for (int label = 0; label < split.all().labels().size(); label++) {
      setup
          .addTrainingPhotos(split.count(SplitSet.TRAINING, label))
          .addValidationPhotos(split.count(SplitSet.VALIDATION, label))
          .addTestingPhotos(split.count(SplitSet.TESTING, label));
    }
    return setup.build();
  }

  /**
   * What it came to.
   *
   * @param assessment what is said beside the test
   * @param mistakes those of which it was surest, that first; the pictures of those that have one
   *     are numbered from 0 in this order
   */
  static TrainingOutcome outcome(
      TrainingResult result, Evaluation test, QuickAssessment assessment, List<Mistake> mistakes) {
    TrainingOutcome.Builder outcome =
        TrainingOutcome.newBuilder()
            .setSteps(result.stepsDone())
            .setPhotos(test.photos())
            .setAccuracy(test.accuracy())
            .setAccuracyInterval(interval(test.interval()))
            .setCrossEntropy(test.logLoss())
            .setMacroF1(test.macroF1())
            .setCalibration(calibration(test.calibration()));
    result.divergence().ifPresent(divergence -> outcome.setDivergedAtStep(divergence.step()));
    for (LabelScore score : test.labelScores()) {
      outcome
          .addLabelsBuilder()
          .setLabel(test.labels().name(score.label()))
          .setPhotos(score.photos())
          .setPrecision(score.precision())
          .setRecall(score.recall())
          .setF1(score.f1());
    }
    if (test.labels().size() <= MOST_LABELS_OF_A_MATRIX) {
      for (int[] row : test.confusion().rows()) {
        var counts = outcome.addConfusionBuilder();
        for (int count : row) {
          counts.addCounts(count);
        }
      }
    }
    result
        .penaltyChoice()
        .flatMap(
            choice -> choice.heldOut().map(heldOut -> crossValidation(choice, heldOut, assessment)))
        .ifPresent(outcome::setCrossValidation);
    addMistakes(outcome, mistakes);
    return outcome.build();
  }

  private static Interval interval(org.pupil.evaluation.Interval interval) {
    return Interval.newBuilder().setLow(interval.low()).setHigh(interval.high()).build();
  }

  private static Calibration calibration(org.pupil.evaluation.Calibration calibration) {
    Calibration.Builder record =
        Calibration.newBuilder().setExpectedError(calibration.expectedError());
    for (org.pupil.evaluation.Calibration.Bin bin : calibration.bins()) {
      record
          .addBinsBuilder()
          .setAbove(bin.above())
          .setUpTo(bin.upTo())
          .setPhotos(bin.photos())
          .setConfidence(bin.confidence())
          .setAccuracy(bin.accuracy());
    }
    return record.build();
  }

  private static CrossValidation crossValidation(
      PenaltyChoice choice, PenaltyChoice.HeldOut heldOut, QuickAssessment assessment) {
    return CrossValidation.newBuilder()
        .setFolds(choice.folds())
        .setPhotos(heldOut.photos())
        .setRight(heldOut.right())
        .setAccuracy((double) heldOut.right() / heldOut.photos())
        .setAccuracyInterval(interval(assessment.interval(heldOut)))
        .build();
  }

  private static void addMistakes(TrainingOutcome.Builder outcome, List<Mistake> mistakes) {
    int images = 0;
    for (Mistake mistake : mistakes) {
      var record =
          outcome
              .addMistakesBuilder()
              .setPhoto(mistake.photo())
              .setLabel(mistake.truth())
              .setPredicted(mistake.predicted())
              .setProbability(mistake.probability());
      if (mistake.hasPicture()) {
        record.setImage(images++);
      }
    }
  }
}
