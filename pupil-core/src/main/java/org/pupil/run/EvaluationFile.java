package org.pupil.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.pupil.evaluation.Calibration;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Interval;
import org.pupil.evaluation.LabelScore;
import org.pupil.files.WholeFile;
import org.pupil.training.PenaltyChoice;

/** Writes {@code evaluation.json}, which {@code docs/formats.md} specifies. */
final class EvaluationFile {
  private static final JsonMapper JSON = new JsonMapper();

  private EvaluationFile() {}

  static void write(Path file, Evaluation evaluation, Optional<PenaltyChoice> choice) {
    WholeFile.write(file, text(evaluation, choice));
  }

  /** What the file holds. */
  static String text(Evaluation evaluation, Optional<PenaltyChoice> choice) {
    return json(evaluation, choice).toPrettyString() + "\n";
  }

  /** A number that is not one, such as the accuracy on no photos, is null. */
  static ObjectNode json(Evaluation evaluation, Optional<PenaltyChoice> choice) {
    ObjectNode json = JSON.createObjectNode();
    json.put("photos", evaluation.photos());
    put(json, "accuracy", evaluation.accuracy());
    json.putArray("accuracy_95_percent_interval")
        .add(evaluation.interval().low())
        .add(evaluation.interval().high());
    put(json, "cross_entropy", evaluation.logLoss());
    put(json, "macro_f1", evaluation.macroF1());
    ArrayNode labels = json.putArray("labels");
    for (LabelScore score : evaluation.labelScores()) {
      ObjectNode label = labels.addObject();
      label.put("label", evaluation.labels().name(score.label()));
      label.put("photos", score.photos());
      put(label, "precision", score.precision());
      put(label, "recall", score.recall());
      put(label, "f1", score.f1());
    }
    ArrayNode confusion = json.putArray("confusion");
    for (int[] row : evaluation.confusion().rows()) {
      ArrayNode counts = confusion.addArray();
      for (int count : row) {
        counts.add(count);
      }
    }
    addCalibration(json.putObject("calibration"), evaluation.calibration());
    choice.ifPresent(found -> addCrossValidation(json, found));
    return json;
  }

  private static void addCrossValidation(ObjectNode json, PenaltyChoice choice) {
    choice
        .heldOut()
        .ifPresent(
            heldOut -> {
              Interval interval = Interval.wilson(heldOut.right(), heldOut.photos());
              ObjectNode entry = json.putObject("cross_validation");
              entry.put("folds", choice.folds());
              entry.put("photos", heldOut.photos());
              entry.put("right", heldOut.right());
              entry.put("accuracy", (double) heldOut.right() / heldOut.photos());
              entry
                  .putArray("accuracy_95_percent_interval")
                  .add(interval.low())
                  .add(interval.high());
            });
  }

  private static void addCalibration(ObjectNode json, Calibration calibration) {
    put(json, "expected_error", calibration.expectedError());
    ArrayNode bins = json.putArray("bins");
    for (Calibration.Bin bin : calibration.bins()) {
      ObjectNode entry = bins.addObject();
      entry.put("above", bin.above());
      entry.put("up_to", bin.upTo());
      entry.put("photos", bin.photos());
      put(entry, "confidence", bin.confidence());
      put(entry, "accuracy", bin.accuracy());
    }
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }
}
