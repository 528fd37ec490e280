package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.pupil.labelling.Float32Text;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;

/**
 * One JSON array; a photo that could not be labelled has {@code error} instead of {@code labels}.
 */
final class JsonAnswers implements AnswerPrinter {
  private final JsonGenerator json;
  private final int topK;
  private boolean begun;

  JsonAnswers(PrintStream out, int topK) {
    this.topK = topK;
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

  @Override
  public void print(LabelledPhoto photo) {
    try {
      if (!begun) {
        json.writeStartArray();
        begun = true;
      }
      json.writeStartObject();
      json.writeStringField("image", photo.source().name());
      if (photo.error().isPresent()) {
        json.writeStringField("error", photo.error().get());
      } else {
        json.writeArrayFieldStart("labels");
        for (LabelProbability label : photo.labels().stream().limit(topK).toList()) {
          json.writeStartObject();
          json.writeStringField("label", label.label());
          writeProbability(label.probability());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON has no word for what is not a number. */
  private void writeProbability(float probability) throws IOException {
    if (Float.isFinite(probability)) {
      json.writeFieldName("probability");
      json.writeNumber(Float32Text.of(probability));
    } else {
      json.writeNullField("probability");
    }
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
