package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.pupil.labelling.Float32Text;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.Trust;

/**
 * One JSON array with an object for each photo, whose first field is {@code image}. Nothing is
 * written before the first photo, so that an error before it stands alone.
 */
final class JsonPhotos implements AutoCloseable {
  private final JsonGenerator json;
  private boolean begun;

  /**
   * @param out stays open
   */
  JsonPhotos(PrintStream out) {
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

  /** What an object has beside the photo's name. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes the object of a photo. */
  void write(String image, Fields rest) {
    try {
      if (!begun) {
        json.writeStartArray();
        begun = true;
      }
      json.writeStartObject();
      json.writeStringField("image", image);
      rest.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the object of a photo that could not be read. */
  void writeFailure(String image, String reason) {
    write(image, own -> own.writeStringField("error", reason));
  }

  /** Writes the field {@code labels}. */
  void writeLabels(List<LabelProbability> labels) throws IOException {
    json.writeArrayFieldStart("labels");
    for (LabelProbability label : labels) {
      json.writeStartObject();
      json.writeStringField("label", label.label());
      writeNumber("probability", label.probability());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes how familiar a photo is, as far as the model knows that. */
  void writeFamiliarity(Trust trust) throws IOException {
    writeNumber("familiarity", trust.familiarity());
    json.writeBooleanField("unlike_training", trust.unlikeTraining());
  }

  /** Writes a number; JSON has no word for what is none. */
  void writeNumber(String field, float number) throws IOException {
    json.writeFieldName(field);
    if (Float.isFinite(number)) {
      json.writeNumber(Float32Text.of(number));
    } else {
      json.writeNull();
    }
  }

  /** Ends the array. */
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
