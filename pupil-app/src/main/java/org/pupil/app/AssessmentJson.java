package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.ModelComparison;
import org.pupil.dataset.Photo;
import org.pupil.evaluation.Calibration;
import org.pupil.evaluation.Confusion;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LearningCurve;
import org.pupil.evaluation.RocCurve;
import org.pupil.evaluation.Score;
import org.pupil.evaluation.Scores;

/**
 * Prints an assessment as one JSON object, which {@code docs/formats.md} specifies. What is no
 * number is null.
 */
final class AssessmentJson {
  private final JsonGenerator json;

  private AssessmentJson(JsonGenerator json) {
    this.json = json;
  }

  static void print(PrintStream out, Assessment assessment, Optional<ModelComparison> comparison) {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter()) {
      new AssessmentJson(json).write(assessment, comparison);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Assessment assessment, Optional<ModelComparison> comparison)
      throws IOException {
    Evaluation pooled = assessment.predictions().pooled();
    json.writeStartObject();
    write(assessment.scores(), pooled);
    write(pooled, assessment.predictions().repeats());
    writeMistakes(assessment);
    writeMore(assessment, pooled);
    if (assessment.crossValidation().isPresent()) {
      write(assessment.crossValidation().get());
    }
    if (assessment.learningCurve().isPresent()) {
      write(assessment.learningCurve().get(), pooled);
    }
    if (comparison.isPresent()) {
      write(comparison.get());
    }
    json.writeEndObject();
  }

  private void write(Scores scores, Evaluation pooled) throws IOException {
    json.writeNumberField("photos", scores.photos());
    write("accuracy", scores.accuracy());
    write("balanced_accuracy", scores.balancedAccuracy());
    write("log_loss", scores.logLoss());
    write("brier_score", scores.brierScore());
    write("expected_calibration_error", scores.expectedCalibrationError());
    json.writeArrayFieldStart("labels");
    for (Scores.OfLabel label : scores.labels()) {
      json.writeStartObject();
      json.writeStringField("label", pooled.labels().name(label.label()));
      json.writeNumberField("photos", label.photos());
      write("precision", label.precision());
      write("recall", label.recall());
      write("f1", label.f1());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Counts are averages over the repeats, which are whole if there is one. */
  private void write(Evaluation pooled, int repeats) throws IOException {
    json.writeObjectFieldStart("confusion_matrix");
    writeNames("labels", pooled.labels().names());
    json.writeArrayFieldStart("counts");
    Confusion confusion = pooled.confusion();
    for (int truth = 0; truth < confusion.labelCount(); truth++) {
      json.writeStartArray();
      for (int predicted = 0; predicted < confusion.labelCount(); predicted++) {
        int count = confusion.count(truth, predicted);
        if (count % repeats == 0) {
          json.writeNumber(count / repeats);
        } else {
          json.writeNumber((double) count / repeats);
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeMistakes(Assessment assessment) throws IOException {
    json.writeArrayFieldStart("mistakes");
    for (Evaluation.Misclassified wrong : assessment.predictions().mistakes()) {
      json.writeStartObject();
      json.writeStringField("image", name(assessment.photos().get(wrong.photo())));
      json.writeStringField("label", assessment.predictions().labels().name(wrong.truth()));
      json.writeStringField("predicted", assessment.predictions().labels().name(wrong.predicted()));
      write("probability", wrong.probability());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeMore(Assessment assessment, Evaluation pooled) throws IOException {
    Scores scores = assessment.scores();
    write("macro_precision", scores.macroPrecision());
    write("macro_f1", scores.macroF1());
    json.writeArrayFieldStart("top_k");
    for (Scores.TopK top : scores.topK()) {
      json.writeStartObject();
      json.writeNumberField("k", top.k());
      write("accuracy", top.score());
      json.writeEndObject();
    }
    json.writeEndArray();
    List<RocCurve> roc =
        IntStream.range(0, pooled.labels().size())
            .mapToObj(label -> RocCurve.of(assessment.predictions(), label))
            .toList();
    json.writeArrayFieldStart("roc_areas");
    for (RocCurve curve : roc) {
      json.writeStartObject();
      json.writeStringField("label", pooled.labels().name(curve.label()));
      write("area", curve.area());
      json.writeEndObject();
    }
    json.writeEndArray();
    new CurvesJson(json).write(pooled, roc);
    json.writeArrayFieldStart("reliability");
    for (Calibration.Bin bin : pooled.calibration().bins()) {
      json.writeStartObject();
      json.writeNumberField("above", bin.above());
      json.writeNumberField("up_to", bin.upTo());
      write("photos", (double) bin.photos() / assessment.predictions().repeats());
      write("confidence", bin.confidence());
      write("accuracy", bin.accuracy());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("unreadable");
    for (Assessment.Unreadable photo : assessment.unreadable()) {
      json.writeStartObject();
      json.writeStringField("image", name(photo.photo()));
      json.writeStringField("reason", photo.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeNames("unknown_labels", List.copyOf(assessment.labels().unknown().keySet()));
    writeNames("labels_without_photos", assessment.labels().withoutPhotos());
  }

  private void write(Assessment.Folds folds) throws IOException {
    json.writeObjectFieldStart("cross_validation");
    json.writeNumberField("repeats", folds.repeats());
    json.writeNumberField("folds", folds.folds());
    json.writeNumberField("penalty", folds.penalty());
    writeNames(
        "never_held_out",
        folds.neverHeldOut().stream()
            .flatMap(left -> left.photos().stream())
            .map(AssessmentJson::name)
            .toList());
    if (folds.noCurve().isPresent()) {
      json.writeStringField(
          "no_learning_curve", folds.noCurve().get().name().toLowerCase(Locale.ROOT));
    }
    json.writeEndObject();
  }

  private void write(LearningCurve curve, Evaluation pooled) throws IOException {
    json.writeObjectFieldStart("learning_curve");
    json.writeArrayFieldStart("points");
    for (LearningCurve.Point point : curve.points()) {
      json.writeStartObject();
      json.writeNumberField("photos", point.photos());
      write("accuracy", point.accuracy());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("photos", curve.photos());
    write("accuracy", curve.now());
    write("accuracy_with_twice_as_many", curve.doubled());
    json.writeArrayFieldStart("recall_gains");
    for (LearningCurve.Gain gain : curve.gains()) {
      json.writeStartObject();
      json.writeStringField("label", pooled.labels().name(gain.label()));
      write("gain", gain.recall());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(ModelComparison comparison) throws IOException {
    json.writeObjectFieldStart("against");
    json.writeNumberField("photos", comparison.photos().size());
    json.writeNumberField("both_right", comparison.comparison().bothRight());
    json.writeNumberField("both_wrong", comparison.comparison().bothWrong());
    writeNames("became_right", names(comparison, comparison.comparison().becameRight()));
    writeNames("became_wrong", names(comparison, comparison.comparison().becameWrong()));
    json.writeNumberField("p_value", comparison.comparison().pValue());
    json.writeEndObject();
  }

  private static List<String> names(ModelComparison comparison, List<Integer> indexes) {
    return indexes.stream().map(index -> name(comparison.photos().get(index))).toList();
  }

  private static String name(Photo photo) {
    return photo.source().name();
  }

  private void writeNames(String field, List<String> names) throws IOException {
    json.writeArrayFieldStart(field);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }

  private void write(String field, Score score) throws IOException {
    json.writeObjectFieldStart(field);
    write("value", score.value());
    write("low", score.low());
    write("high", score.high());
    json.writeEndObject();
  }

  private void write(String field, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(field, value);
    } else {
      json.writeNullField(field);
    }
  }
}
