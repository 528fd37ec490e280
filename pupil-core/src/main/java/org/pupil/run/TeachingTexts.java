package org.pupil.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.pupil.backbone.Backbone;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LabelScore;
import org.pupil.training.TrainingResult;

/**
 * What an event file says in words: Markdown for people, and JSON in a Markdown block for programs,
 * which {@code docs/formats.md} specifies.
 */
final class TeachingTexts {
  /** A larger matrix would be megabytes of text. */
  private static final int MOST_LABELS_OF_A_MATRIX = 200;

  /** An underscore means something at the edge of a word only. */
  private static final Pattern MEANS_SOMETHING =
      Pattern.compile(
          "[\\\\`*\\[\\]<>&|~]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final JsonMapper JSON = new JsonMapper();

  private TeachingTexts() {}

  /** {@code pupil/teaching}: what is known when it begins. */
  static String teaching(RunSettings settings, Backbone backbone, Split split) {
    ObjectNode json = JSON.createObjectNode();
    json.put("optimizer", settings.training().optimizer().flagValue());
    if (settings.training().optimizer().isStepwise()) {
      json.put("steps", settings.training().howManyTrainingSteps());
    } else {
      json.putNull("steps");
    }
    json.put("backbone", backbone.name());
    ArrayNode labels = json.putArray("labels");
    split.all().labels().names().forEach(labels::add);
    ObjectNode photos = json.putObject("photos");
    for (SplitSet set : SplitSet.values()) {
      ArrayNode counts = photos.putArray(set.lowerCaseName());
      for (int label = 0; label < split.all().labels().size(); label++) {
        counts.add(split.count(set, label));
      }
    }
    return block(json);
  }

  /** {@code pupil/evaluation}: what it came to. */
  static String evaluation(TrainingResult taught, Evaluation evaluation, List<Mistake> mistakes) {
    ObjectNode json = EvaluationFile.json(evaluation, taught.penaltyChoice());
    if (evaluation.labels().size() > MOST_LABELS_OF_A_MATRIX) {
      json.remove("confusion");
    }
    json.put("steps", taught.stepsDone());
    taught.divergence().ifPresent(divergence -> json.put("diverged_at_step", divergence.step()));
    ArrayNode list = json.putArray("mistakes");
    int images = 0;
    for (Mistake mistake : mistakes) {
      ObjectNode one = list.addObject();
      one.put("photo", mistake.photo());
      one.put("label", mistake.truth());
      one.put("predicted", mistake.predicted());
      one.put("probability", mistake.probability());
      if (mistake.hasPicture()) {
        one.put("image", images++);
      } else {
        one.putNull("image");
      }
    }
    return block(json);
  }

  private static String block(ObjectNode json) {
    return "```json\n" + json + "\n```\n";
  }

  /** {@code pupil/summary}: the same for people. */
  static String summary(Evaluation evaluation, List<Mistake> mistakes) {
    StringBuilder text = new StringBuilder();
    if (evaluation.photos() == 0) {
      return "There are no test photos, so nothing is known about new photos.\n";
    }
    text.append(
        "**%s right** of %d test photos (on new photos like these: %s to %s, with 95 %% confidence)."
            .formatted(
                percent(evaluation.accuracy()),
                evaluation.photos(),
                percent(evaluation.interval().low()),
                percent(evaluation.interval().high())));
    text.append("\n\n| label | photos | precision | recall |\n|---|---:|---:|---:|\n");
    for (LabelScore score : evaluation.labelScores()) {
      text.append(
          "| %s | %d | %s | %s |\n"
              .formatted(
                  cell(evaluation.labels().name(score.label())),
                  score.photos(),
                  percent(score.precision()),
                  percent(score.recall())));
    }
    if (!mistakes.isEmpty()) {
      text.append("\nThe mistakes of which it was surest:\n\n").append(captions(mistakes));
    }
    return text.toString();
  }

  /** A line for each mistake, numbered as their pictures are. */
  static String captions(List<Mistake> mistakes) {
    StringBuilder text = new StringBuilder();
    int number = 1;
    for (Mistake mistake : mistakes) {
      text.append(
          "%d. %s: is %s, was taken for %s (%s)\n"
              .formatted(
                  number++,
                  cell(mistake.photo()),
                  cell(mistake.truth()),
                  cell(mistake.predicted()),
                  percent(mistake.probability())));
    }
    return text.toString();
  }

  /** What labels are called that a picture shows as their numbers, counted from 1. */
  static String numbers(List<String> labels, List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int number : numbers) {
      text.append(text.isEmpty() ? "\n\n" : ", ")
          .append("label %d: %s".formatted(number, cell(labels.get(number - 1))));
    }
    return text.toString();
  }

  /** {@code pupil/config}: the settings. */
  static String settings(Map<String, Object> hparams) {
    StringBuilder markdown = new StringBuilder("| setting | value |\n|---|---|\n");
    hparams.forEach(
        (name, value) ->
            markdown
                .append("| ")
                .append(name)
                .append(" | ")
                .append(cell(value.toString()))
                .append(" |\n"));
    return markdown.toString();
  }

  /** A text that stands there as it is, whatever signs it has that mean something in Markdown. */
  private static String cell(String text) {
    return MEANS_SOMETHING.matcher(text.replaceAll("\\R", " ")).replaceAll("\\\\$0");
  }

  private static String percent(double part) {
    return Double.isNaN(part) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }
}
