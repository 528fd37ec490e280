package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Interval;
import org.pupil.evaluation.Score;
import org.pupil.tuning.Configuration;
import org.pupil.tuning.Hyperparameter;
import org.pupil.tuning.Importance;
import org.pupil.tuning.Ranking;
import org.pupil.tuning.Trial;
import org.pupil.tuning.TuningResult;

/**
 * Prints what a search for settings came to as one JSON object, which {@code docs/formats.md}
 * specifies. What is no number is null.
 */
final class TuneJson {
  private final JsonGenerator json;

  private TuneJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * Prints it.
   *
   * @param command that trains the winner again
   */
  static void print(PrintStream out, TuningResult result, String command) {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter()) {
      new TuneJson(json).write(result, command);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(TuningResult result, String command) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("trials");
    for (Trial trial : result.trials()) {
      write(trial);
    }
    json.writeEndArray();
    json.writeBooleanField("time_was_over", result.wasCut());
    write(result.ranking());
    json.writeArrayFieldStart("importances");
    for (Importance importance : result.importances()) {
      write(importance);
    }
    json.writeEndArray();
    write(result.run().test());
    json.writeStringField("folder", result.folder().toString());
    json.writeStringField("model", result.run().outputs().graph().toString());
    json.writeObjectFieldStart("flags");
    for (Map.Entry<String, String> flag : result.flags().entrySet()) {
      json.writeStringField(flag.getKey(), flag.getValue());
    }
    json.writeEndObject();
    json.writeStringField("command", command);
    json.writeEndObject();
  }

  private void write(Trial trial) throws IOException {
    json.writeStartObject();
    json.writeNumberField("trial", trial.number());
    write(trial.configuration());
    json.writeStringField("status", trial.status().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("folds", trial.folds());
    write("accuracy", trial.isJudged() ? trial.accuracy() : Double.NaN);
    write("cross_entropy", trial.crossEntropy());
    write("seconds", trial.seconds());
    json.writeStringField("reason", trial.reason().orElse(null));
    json.writeEndObject();
  }

  private void write(Configuration configuration) throws IOException {
    json.writeObjectFieldStart("settings");
    for (Map.Entry<Hyperparameter, String> one : configuration.values().entrySet()) {
      json.writeStringField(one.getKey().typed(), one.getValue());
    }
    json.writeEndObject();
  }

  private void write(Ranking ranking) throws IOException {
    json.writeNumberField("folds", ranking.folds());
    json.writeArrayFieldStart("ranking");
    for (Ranking.Ranked ranked : ranking.compared()) {
      json.writeStartObject();
      json.writeNumberField("trial", ranked.trial().number());
      write("accuracy", ranked.accuracy());
      write("more_cross_entropy", ranked.more());
      json.writeBooleanField("is_worse", ranked.isWorse());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("winner", ranking.winner().trial().number());
  }

  private void write(Importance importance) throws IOException {
    json.writeStartObject();
    json.writeStringField("setting", importance.hyperparameter().typed());
    write("part", importance.part());
    write("p_value", importance.pValue());
    json.writeArrayFieldStart("values");
    for (Importance.OfValue value : importance.values()) {
      json.writeStartObject();
      json.writeStringField("value", value.value());
      json.writeNumberField("trials", value.trials());
      write("median_cross_entropy", value.median());
      write("least_cross_entropy", value.best());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Evaluation test) throws IOException {
    json.writeObjectFieldStart("test");
    json.writeNumberField("photos", test.photos());
    if (test.photos() > 0) {
      Interval interval = test.interval();
      write("accuracy", new Score(test.accuracy(), interval.low(), interval.high()));
    } else {
      json.writeNullField("accuracy");
    }
    json.writeEndObject();
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
