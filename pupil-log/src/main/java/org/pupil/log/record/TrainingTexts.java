package org.pupil.log.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pupil.log.proto.training.Calibration;
import org.pupil.log.proto.training.CrossValidation;
import org.pupil.log.proto.training.Interval;
import org.pupil.log.proto.training.LabelScore;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.proto.training.TrainingSetup;

/** The records in words: Markdown, as TensorBoard's text page and the board show it. */
final class TrainingTexts {
  /** A wider table nobody reads; the picture of the matrix has all. */
  private static final int MOST_COLUMNS = 20;

  private TrainingTexts() {}

  /** What is known when training begins. */
  static String of(TrainingSetup setup) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < setup.getLabelsCount(); i++) {
      rows.add(
          List.of(
              Markdown.escaped(setup.getLabels(i)),
              Integer.toString(setup.getTrainingPhotos(i)),
              Integer.toString(setup.getValidationPhotos(i)),
              Integer.toString(setup.getTestingPhotos(i))));
    }
    rows.add(
        List.of(
            "**all**",
            sum(setup.getTrainingPhotosList()),
            sum(setup.getValidationPhotosList()),
            sum(setup.getTestingPhotosList())));
    return "A final layer for the backbone **%s**, trained with the optimizer **%s** %s.\n\n"
            .formatted(
                Markdown.escaped(setup.getBackbone()),
                Markdown.escaped(setup.getOptimizer()),
                setup.hasSteps()
                    ? "in " + count(setup.getSteps(), "step")
                    : "until nothing changes any more")
        + Markdown.numbersByLabel(
            List.of("photos", "for training", "for validation", "for testing"), rows);
  }

  private static String sum(List<Integer> counts) {
    return Long.toString(counts.stream().mapToLong(Integer::longValue).sum());
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** What it came to. */
  static String of(TrainingOutcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append("Trained in ").append(count(outcome.getSteps(), "step"));
    if (outcome.hasDivergedAtStep()) {
      text.append(", but **it diverged at step ")
          .append(outcome.getDivergedAtStep())
          .append("**: the learning rate is too high");
    }
    text.append(".\n\n");
    if (outcome.getPhotos() == 0) {
      text.append("There are no test photos, so nothing is known about new photos.\n");
    } else {
      test(text, outcome);
    }
    if (outcome.hasCrossValidation()) {
      crossValidation(text, outcome.getCrossValidation());
    }
    if (outcome.getPhotos() > 0) {
      labels(text, outcome.getLabelsList());
      confusion(text, outcome);
      calibration(text, outcome.getCalibration());
    }
    return text.toString();
  }

  private static void test(StringBuilder text, TrainingOutcome outcome) {
    text.append(
        "**Test**: %s of %s right (on new photos like these: %s, with 95 %% confidence). Cross entropy %s, macro F1 %s.\n"
            .formatted(
                Markdown.percent(outcome.getAccuracy()),
                count(outcome.getPhotos(), "photo"),
                range(outcome.getAccuracyInterval()),
                decimal(outcome.getCrossEntropy()),
                decimal(outcome.getMacroF1())));
  }

  private static void crossValidation(StringBuilder text, CrossValidation validation) {
    text.append(
        "\n**Cross-validation**: %d of %s right = %s (%s), each judged by a layer that had not seen it, in %s.\n"
            .formatted(
                validation.getRight(),
                count(validation.getPhotos(), "training photo"),
                Markdown.percent(validation.getAccuracy()),
                range(validation.getAccuracyInterval()),
                count(validation.getFolds(), "fold")));
  }

  private static String range(Interval interval) {
    return Markdown.percent(interval.getLow()) + " to " + Markdown.percent(interval.getHigh());
  }

  private static String decimal(double number) {
    return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.4f", number);
  }

  private static void labels(StringBuilder text, List<LabelScore> scores) {
    text.append('\n')
        .append(
            Markdown.numbersByLabel(
                List.of("label", "photos", "precision", "recall", "F1"),
                scores.stream()
                    .map(
                        score ->
                            List.of(
                                Markdown.escaped(score.getLabel()),
                                Integer.toString(score.getPhotos()),
                                Markdown.percent(score.getPrecision()),
                                Markdown.percent(score.getRecall()),
                                decimal(score.getF1())))
                    .toList()));
  }

  private static void confusion(StringBuilder text, TrainingOutcome outcome) {
    int labels = outcome.getLabelsCount();
    if (outcome.getConfusionCount() != labels || labels >= MOST_COLUMNS) {
      return;
    }
    List<String> head = new ArrayList<>(List.of("is, taken for"));
    List<List<String>> rows = new ArrayList<>();
    for (int label = 0; label < labels; label++) {
      String name = Markdown.escaped(outcome.getLabels(label).getLabel());
      head.add(name);
      List<String> row = new ArrayList<>(List.of(name));
      outcome.getConfusion(label).getCountsList().forEach(count -> row.add(count.toString()));
      rows.add(row);
    }
    text.append("\nHow often each label (row) was taken for each (column):\n\n")
        .append(Markdown.numbersByLabel(head, rows));
  }

  private static void calibration(StringBuilder text, Calibration calibration) {
    List<List<String>> rows =
        calibration.getBinsList().stream()
            .filter(bin -> bin.getPhotos() > 0)
            .map(
                bin ->
                    List.of(
                        Markdown.percent(bin.getAbove()) + " to " + Markdown.percent(bin.getUpTo()),
                        Integer.toString(bin.getPhotos()),
                        Markdown.percent(bin.getConfidence()),
                        Markdown.percent(bin.getAccuracy())))
            .toList();
    text.append("\nHow sure it was, and how often it was right when it was that sure")
        .append(" (expected calibration error ")
        .append(Markdown.percent(calibration.getExpectedError()))
        .append("):\n\n")
        .append(
            Markdown.numbersByLabel(
                List.of("probability", "photos", "mean probability", "right"), rows));
  }
}
