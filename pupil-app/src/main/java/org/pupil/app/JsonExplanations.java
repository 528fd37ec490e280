package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pupil.errors.Message;
import org.pupil.explain.ChangedAnswer;
import org.pupil.explain.EvidenceMap;
import org.pupil.explain.Explanation;
import org.pupil.explain.HeatMap;
import org.pupil.explain.SimilarPhoto;
import org.pupil.labelling.Float32Text;
import org.pupil.labelling.LabelProbability;

/** One JSON array with an object for each photo; {@code docs/formats.md} specifies it. */
final class JsonExplanations implements ExplanationPrinter {
  private final JsonGenerator json;
  private boolean begun;

  JsonExplanations(PrintStream out) {
    try {
      json =
          new JsonFactory()
              .createGenerator(out)
              .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
              .useDefaultPrettyPrinter();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something of an object, which standard output may refuse. */
  @FunctionalInterface
  private interface Part {
    void write() throws IOException;
  }

  private void object(String image, Part rest) {
    try {
      if (!begun) {
        json.writeStartArray();
        begun = true;
      }
      json.writeStartObject();
      json.writeStringField("image", image);
      rest.write();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void printFailure(String image, String reason) {
    object(image, () -> json.writeStringField("error", reason));
  }

  @Override
  public void print(Explanation explanation, Optional<HeatMapFiles.Written> written) {
    object(
        explanation.image(),
        () -> {
          json.writeStringField("sentence", explanation.sentence());
          json.writeBooleanField("undecided", explanation.isUndecided());
          writeLabels(explanation.labels());
          if (explanation.heatMap().isPresent() && written.isPresent()) {
            writeHeatMap(explanation.heatMap().get(), written.get());
          }
          writeSimilar(explanation.similar());
          writeChanges(explanation.changes());
          json.writeArrayFieldStart("missing");
          for (Message message : explanation.missing()) {
            json.writeString(message.in(SettingFlags::of));
          }
          json.writeEndArray();
        });
  }

  private void writeLabels(List<LabelProbability> labels) throws IOException {
    json.writeArrayFieldStart("labels");
    for (LabelProbability label : labels) {
      json.writeStartObject();
      json.writeStringField("label", label.label());
      writeNumber("probability", label.probability());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** JSON has no word for what is not a number. */
  private void writeNumber(String field, float number) throws IOException {
    json.writeFieldName(field);
    if (Float.isFinite(number)) {
      json.writeNumber(Float32Text.of(number));
    } else {
      json.writeNull();
    }
  }

  private void writeHeatMap(HeatMap map, HeatMapFiles.Written written) throws IOException {
    json.writeObjectFieldStart("heat_map");
    json.writeStringField("file", written.file().toString());
    json.writeArrayFieldStart("maps");
    for (HeatMap.Panel panel : map.panels()) {
      EvidenceMap evidence = panel.evidence();
      json.writeStartObject();
      json.writeStringField("label", panel.label());
      writeNumber("bias", (float) evidence.bias());
      json.writeArrayFieldStart("evidence");
      for (int row = 0; row < evidence.rows(); row++) {
        json.writeStartArray();
        for (int column = 0; column < evidence.columns(); column++) {
          json.writeNumber(Float32Text.of(evidence.value(row, column)));
        }
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeSimilar(List<SimilarPhoto> similar) throws IOException {
    json.writeArrayFieldStart("similar");
    for (SimilarPhoto photo : similar) {
      json.writeStartObject();
      json.writeStringField("image", photo.photo().source().name());
      json.writeStringField("label", photo.label());
      json.writeStringField("answered", photo.answered());
      writeNumber("similarity", photo.similarity());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeChanges(List<ChangedAnswer> changes) throws IOException {
    json.writeArrayFieldStart("changes");
    for (ChangedAnswer answer : changes) {
      json.writeStartObject();
      json.writeStringField("change", answer.change().name().toLowerCase(Locale.ROOT));
      writeLabels(answer.labels());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void close() {
    try (json) {
      if (begun) {
        json.writeEndArray();
        json.writeRaw('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
