package org.pupil.run;

import java.util.List;
import java.util.Map;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LabelScore;
import org.pupil.log.record.Markdown;

/** What a log says in words alone, in Markdown; records have words of their own. */
final class LogTexts {
  private LogTexts() {}

  /** The outcome in short. */
  static String summary(Evaluation evaluation, List<Mistake> mistakes) {
    StringBuilder text = new StringBuilder();
    if (evaluation.photos() == 0) {
      return "There are no test photos, so nothing is known about new photos.\n";
    }
    text.append(
        "**%s right** of %d test photos (on new photos like these: %s to %s, with 95 %% confidence)."
            .formatted(
                Markdown.percent(evaluation.accuracy()),
                evaluation.photos(),
                Markdown.percent(evaluation.interval().low()),
                Markdown.percent(evaluation.interval().high())));
    text.append("\n\n| label | photos | precision | recall |\n|---|---:|---:|---:|\n");
    for (LabelScore score : evaluation.labelScores()) {
      text.append(
          "| %s | %d | %s | %s |\n"
              .formatted(
                  Markdown.escaped(evaluation.labels().name(score.label())),
                  score.photos(),
                  Markdown.percent(score.precision()),
                  Markdown.percent(score.recall())));
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
                  Markdown.escaped(mistake.photo()),
                  Markdown.escaped(mistake.truth()),
                  Markdown.escaped(mistake.predicted()),
                  Markdown.percent(mistake.probability())));
    }
    return text.toString();
  }

  /** What labels are called that a picture shows as their numbers, counted from 1. */
  static String numbers(List<String> labels, List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int number : numbers) {
      text.append(text.isEmpty() ? "\n\n" : ", ")
          .append("label %d: %s".formatted(number, Markdown.escaped(labels.get(number - 1))));
    }
    return text.toString();
  }

  /** The settings as a table. */
  static String settings(Map<String, Object> hparams) {
    StringBuilder markdown = new StringBuilder("| setting | value |\n|---|---|\n");
    hparams.forEach(
        (name, value) ->
            markdown
                .append("| ")
                .append(name)
                .append(" | ")
                .append(Markdown.escaped(value.toString()))
                .append(" |\n"));
    return markdown.toString();
  }
}
