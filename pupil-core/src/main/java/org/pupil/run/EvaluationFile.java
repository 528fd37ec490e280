package org.pupil.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.pupil.evaluation.Calibration;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Interval;
import org.pupil.evaluation.LabelScore;
import org.pupil.files.WholeFile;
import org.pupil.training.PenaltyChoice;
import org.pupil.training.TemperatureChoice;
import org.pupil.training.TrainingResult;

/** Writes {@code evaluation.json}, which {@code docs/formats.md} specifies. */
final class EvaluationFile {
  private static final JsonFactory JSON = new JsonFactory();

  private EvaluationFile() {}

  static void write(
      Path file, Evaluation evaluation, TrainingResult result, QuickAssessment assessment) {
    WholeFile.write(file, text(evaluation, result, assessment));
  }

  /** What the file holds. A number that is not one, such as the accuracy on no photos, is null. */
  static String text(Evaluation evaluation, TrainingResult result, QuickAssessment assessment) {
    Optional<PenaltyChoice> choice = result.penaltyChoice();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      write(json, evaluation);
      if (choice.isPresent() && choice.get().heldOut().isPresent()) {
        write(json, choice.get(), choice.get().heldOut().get(), assessment);
      }
      if (assessment.all().isPresent()) {
        write(json, assessment.all().get());
      }
      if (result.temperature().isPresent()) {
        write(json, result.temperature().get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be written", e);
    }
    return text + "\n";
  }

  private static void write(JsonGenerator json, Evaluation evaluation) throws IOException {
    json.writeNumberField("photos", evaluation.photos());
    write(json, "accuracy", evaluation.accuracy());
    write(json, "accuracy_95_percent_interval", evaluation.interval());
    write(json, "cross_entropy", evaluation.logLoss());
    write(json, "macro_f1", evaluation.macroF1());
    json.writeArrayFieldStart("labels");
    for (LabelScore score : evaluation.labelScores()) {
      json.writeStartObject();
      json.writeStringField("label", evaluation.labels().name(score.label()));
      json.writeNumberField("photos", score.photos());
      write(json, "precision", score.precision());
      write(json, "recall", score.recall());
      write(json, "f1", score.f1());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("confusion");
    for (int[] row : evaluation.confusion().rows()) {
      json.writeArray(row, 0, row.length);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("calibration");
    write(json, evaluation.calibration());
    json.writeEndObject();
  }

  private static void write(
      JsonGenerator json,
      PenaltyChoice choice,
      PenaltyChoice.HeldOut heldOut,
      QuickAssessment assessment)
      throws IOException {
    json.writeObjectFieldStart("cross_validation");
    json.writeNumberField("folds", choice.folds());
    json.writeNumberField("photos", heldOut.photos());
    json.writeNumberField("right", heldOut.right());
    json.writeNumberField("accuracy", (double) heldOut.right() / heldOut.photos());
    write(json, "accuracy_95_percent_interval", assessment.interval(heldOut));
    if (assessment.training().isPresent()) {
      write(json, "expected_wrong_labels", assessment.training().get().expectedWrongLabels());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, QuickAssessment.AllPhotos all) throws IOException {
    json.writeObjectFieldStart("cross_validation_of_all_photos");
    json.writeNumberField("folds", all.folds());
    json.writeNumberField("repeats", all.repeats());
    json.writeNumberField("photos", all.photos());
    json.writeNumberField("accuracy", all.accuracy().value());
    Interval interval = new Interval(all.accuracy().low(), all.accuracy().high());
    write(json, "accuracy_95_percent_interval", interval);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, TemperatureChoice temperature) throws IOException {
    json.writeObjectFieldStart("temperature");
    write(json, "value", temperature.temperature());
    json.writeNumberField("photos", temperature.photos());
    write(json, "cross_entropy_before", temperature.before());
    write(json, "cross_entropy_after", temperature.after());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Calibration calibration) throws IOException {
    write(json, "expected_error", calibration.expectedError());
    json.writeArrayFieldStart("bins");
    for (Calibration.Bin bin : calibration.bins()) {
      json.writeStartObject();
      json.writeNumberField("above", bin.above());
      json.writeNumberField("up_to", bin.upTo());
      json.writeNumberField("photos", bin.photos());
      write(json, "confidence", bin.confidence());
      write(json, "accuracy", bin.accuracy());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String name, Interval interval) throws IOException {
    json.writeArrayFieldStart(name);
    json.writeNumber(interval.low());
    json.writeNumber(interval.high());
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    } else {
      json.writeNullField(name);
    }
  }
}
