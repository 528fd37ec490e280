package org.pupil.log.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.training.Calibration;
import org.pupil.log.proto.training.ConfusionRow;
import org.pupil.log.proto.training.CrossValidation;
import org.pupil.log.proto.training.Interval;
import org.pupil.log.proto.training.LabelScore;
import org.pupil.log.proto.training.Mistake;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.proto.training.TrainingSetup;

/**
 * The records of Pupil 0.1.0: a text that is one JSON object in a fenced block of Markdown. Such
 * logs are read for ever, and never written.
 *
 * @param json the object
 */
record FencedJson(JsonNode json) {
  private static final String FENCE = "```";
  private static final JsonMapper JSON = new JsonMapper();

  /** Empty if the value is no such text. */
  static Optional<FencedJson> of(Summary.Value value) {
    if (value.getTensor().getStringValCount() == 0) {
      return Optional.empty();
    }
    String markdown = value.getTensor().getStringVal(0).toStringUtf8();
    int from = markdown.indexOf('\n');
    int to = markdown.lastIndexOf(FENCE);
    if (!markdown.startsWith(FENCE) || from < 0 || to <= from) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readTree(markdown.substring(from, to)))
          .filter(JsonNode::isObject)
          .map(FencedJson::new);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  TrainingSetup setup() {
    TrainingSetup.Builder setup =
        TrainingSetup.newBuilder()
            .setOptimizer(json.path("optimizer").asText(""))
            .setBackbone(json.path("backbone").asText(""));
    if (json.path("steps").isIntegralNumber() && json.path("steps").canConvertToLong()) {
      setup.setSteps(json.path("steps").longValue());
    }
    json.path("labels").forEach(label -> setup.addLabels(label.asText()));
    JsonNode photos = json.path("photos");
    counts(photos.path("training"), setup::addTrainingPhotos);
    counts(photos.path("validation"), setup::addValidationPhotos);
    counts(photos.path("testing"), setup::addTestingPhotos);
    return setup.build();
  }

  private static void counts(JsonNode array, IntConsumer counts) {
    array.forEach(count -> counts.accept(count.asInt()));
  }

  TrainingOutcome outcome() {
    TrainingOutcome.Builder outcome =
        TrainingOutcome.newBuilder()
            .setSteps(json.path("steps").asLong())
            .setPhotos(json.path("photos").asInt())
            .setAccuracy(number(json, "accuracy"))
            .setAccuracyInterval(interval(json))
            .setCrossEntropy(number(json, "cross_entropy"))
            .setMacroF1(number(json, "macro_f1"))
            .setCalibration(calibration(json.path("calibration")));
    if (json.path("diverged_at_step").isIntegralNumber()) {
      outcome.setDivergedAtStep(json.path("diverged_at_step").longValue());
    }
    json.path("labels").forEach(label -> outcome.addLabels(labelScore(label)));
    for (JsonNode row : json.path("confusion")) {
      ConfusionRow.Builder counts = outcome.addConfusionBuilder();
      counts(row, counts::addCounts);
    }
    JsonNode crossValidation = json.path("cross_validation");
    if (crossValidation.path("accuracy").isNumber()) {
      outcome.setCrossValidation(crossValidation(crossValidation));
    }
    json.path("mistakes").forEach(one -> outcome.addMistakes(mistake(one)));
    return outcome.build();
  }

  private static Interval interval(JsonNode json) {
    JsonNode bounds = json.path("accuracy_95_percent_interval");
    return Interval.newBuilder()
        .setLow(bounds.path(0).asDouble())
        .setHigh(bounds.path(1).asDouble(1))
        .build();
  }

  private static LabelScore labelScore(JsonNode json) {
    return LabelScore.newBuilder()
        .setLabel(json.path("label").asText())
        .setPhotos(json.path("photos").asInt())
        .setPrecision(number(json, "precision"))
        .setRecall(number(json, "recall"))
        .setF1(number(json, "f1"))
        .build();
  }

  private static Calibration calibration(JsonNode json) {
    Calibration.Builder calibration =
        Calibration.newBuilder().setExpectedError(number(json, "expected_error"));
    for (JsonNode bin : json.path("bins")) {
      calibration
          .addBinsBuilder()
          .setAbove(bin.path("above").asDouble())
          .setUpTo(bin.path("up_to").asDouble())
          .setPhotos(bin.path("photos").asInt())
          .setConfidence(number(bin, "confidence"))
          .setAccuracy(number(bin, "accuracy"));
    }
    return calibration.build();
  }

  private static CrossValidation crossValidation(JsonNode json) {
    return CrossValidation.newBuilder()
        .setFolds(json.path("folds").asInt())
        .setPhotos(json.path("photos").asInt())
        .setRight(json.path("right").asInt())
        .setAccuracy(json.path("accuracy").asDouble())
        .setAccuracyInterval(interval(json))
        .build();
  }

  private static Mistake mistake(JsonNode json) {
    Mistake.Builder mistake =
        Mistake.newBuilder()
            .setPhoto(json.path("photo").asText())
            .setLabel(json.path("label").asText())
            .setPredicted(json.path("predicted").asText())
            .setProbability((float) json.path("probability").asDouble());
    if (json.path("image").isInt()) {
      mistake.setImage(json.path("image").intValue());
    }
    return mistake.build();
  }

  private static double number(JsonNode json, String field) {
    return json.path(field).isNumber() ? json.path(field).doubleValue() : Double.NaN;
  }
}
