package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.pupil.labelling.Float32Text;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Trust;

/**
 * One JSON array; a photo that could not be labelled has {@code error} instead of {@code labels}.
 * Where the model knows how far its answers can be trusted, {@code familiarity}, {@code
 * unlike_training} and {@code undecided} follow the labels.
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
          writeNumber("probability", label.probability());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      if (photo.trust().isPresent()) {
        write(photo.trust().get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Trust trust) throws IOException {
    writeNumber("familiarity", trust.familiarity());
    json.writeBooleanField("unlike_training", trust.unlikeTraining());
    json.writeBooleanField("undecided", trust.undecided());
  }

  /** JSON has no word for what is not a number. */
  private void writeNumber(String field, float number) throws IOException {
    if (Float.isFinite(number)) {
      json.writeFieldName(field);
      json.writeNumber(Float32Text.of(number));
    } else {
      json.writeNullField(field);
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
