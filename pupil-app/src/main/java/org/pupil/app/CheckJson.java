package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.pupil.check.CheckResult;
import org.pupil.check.Finding;
import org.pupil.dataset.PhotoSource;

/** What a check has found, as one JSON object. */
final class CheckJson {
  private CheckJson() {}

  static void print(CheckResult report, PrintStream out) {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeNumberField("photos", report.photos());
      json.writeArrayFieldStart("findings");
      for (Finding finding : report.findings()) {
        write(finding, json);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", finding.kind().id());
    json.writeArrayFieldStart("images");
    for (PhotoSource photo : finding.photos()) {
      json.writeString(photo.name());
    }
    json.writeEndArray();
    json.writeStringField("label", finding.label().orElse(null));
    json.writeStringField("message", finding.message());
    json.writeBooleanField("serious", finding.isSerious());
    write(finding.detail(), json);
    json.writeEndObject();
  }

  private static void write(Finding.Detail detail, JsonGenerator json) throws IOException {
    if (detail instanceof Finding.Detail.Similarity near) {
      json.writeNumberField("similarity", near.similarity());
    } else if (detail instanceof Finding.Detail.Suspect suspect) {
      json.writeStringField("suggested", suspect.suggested());
      json.writeNumberField("score", suspect.score());
      json.writeNumberField("expected_wrong", suspect.expected());
    } else if (detail instanceof Finding.Detail.Shortcut shortcut) {
      json.writeStringField("cue", shortcut.cue().id());
      json.writeNumberField("accuracy", shortcut.accuracy());
      json.writeNumberField("low", shortcut.low());
      json.writeNumberField("high", shortcut.high());
      json.writeNumberField("chance", shortcut.chance());
    } else if (detail instanceof Finding.Detail.Count count) {
      json.writeNumberField("photos", count.photos());
      json.writeNumberField("most", count.most());
    }
  }
}
