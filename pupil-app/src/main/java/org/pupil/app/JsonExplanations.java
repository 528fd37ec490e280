package org.pupil.app;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.pupil.errors.Message;
import org.pupil.explain.ChangedAnswer;
import org.pupil.explain.EvidenceMap;
import org.pupil.explain.Explanation;
import org.pupil.explain.HeatMap;
import org.pupil.explain.LayerPictures;
import org.pupil.explain.SimilarPhoto;
import org.pupil.labelling.Float32Text;

/** One JSON array with an object for each photo; {@code docs/formats.md} specifies it. */
final class JsonExplanations implements ExplanationPrinter {
  private final JsonPhotos photos;

  JsonExplanations(PrintStream out) {
    this.photos = new JsonPhotos(out);
  }

  @Override
  public void printFailure(String image, String reason) {
    photos.writeFailure(image, reason);
  }

  @Override
  public void print(Explanation explanation, WrittenPictures pictures) {
    photos.write(
        explanation.image(),
        json -> {
          json.writeStringField("sentence", explanation.sentence());
          if (explanation.trust().isPresent()) {
            photos.writeFamiliarity(explanation.trust().get());
          }
          json.writeBooleanField("undecided", explanation.isUndecided());
          photos.writeLabels(explanation.labels());
          if (explanation.heatMap().isPresent() && pictures.heatMap().isPresent()) {
            writeHeatMap(json, explanation.heatMap().get(), pictures.heatMap().get());
          }
          if (pictures.layers().isPresent()) {
            writeLayers(json, pictures.layers().get());
          }
          writeSimilar(json, explanation.similar());
          writeChanges(json, explanation.changes());
          json.writeArrayFieldStart("missing");
          for (Message message : explanation.missing()) {
            json.writeString(message.in(SettingFlags::of));
          }
          json.writeEndArray();
        });
  }

  private void writeHeatMap(JsonGenerator json, HeatMap map, HeatMapFiles.Written written)
      throws IOException {
    json.writeObjectFieldStart("heat_map");
    json.writeStringField("file", written.file().toString());
    json.writeArrayFieldStart("maps");
    for (HeatMap.Panel panel : map.panels()) {
      EvidenceMap evidence = panel.evidence();
      json.writeStartObject();
      json.writeStringField("label", panel.label());
      photos.writeNumber("bias", (float) evidence.bias());
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

  private void writeLayers(JsonGenerator json, WrittenPictures.Layers written) throws IOException {
    LayerPictures pictures = written.pictures();
    json.writeObjectFieldStart("layers");
    if (written.filters().isPresent()) {
      json.writeStringField("filters", written.filters().get().toString());
    }
    json.writeStringField("maps", written.maps().toString());
    json.writeStringField("changed", written.changed().toString());
    json.writeStringField("change", pictures.change().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("convolutions", pictures.convolutions());
    photos.writeNumber("similarity_of_means", (float) pictures.similarityOfMeans());
    json.writeArrayFieldStart("shown");
    for (LayerPictures.Layer layer : pictures.layers()) {
      json.writeStartObject();
      json.writeNumberField("convolution", layer.number());
      json.writeNumberField("height", layer.height());
      json.writeNumberField("width", layer.width());
      json.writeNumberField("channels", layer.channels());
      photos.writeNumber("similarity", (float) layer.similarity());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeSimilar(JsonGenerator json, List<SimilarPhoto> similar) throws IOException {
    json.writeArrayFieldStart("similar");
    for (SimilarPhoto photo : similar) {
      json.writeStartObject();
      json.writeStringField("image", photo.photo().source().name());
      json.writeStringField("label", photo.label());
      json.writeStringField("answered", photo.answered());
      photos.writeNumber("similarity", photo.similarity());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeChanges(JsonGenerator json, List<ChangedAnswer> changes) throws IOException {
    json.writeArrayFieldStart("changes");
    for (ChangedAnswer answer : changes) {
      json.writeStartObject();
      json.writeStringField("change", answer.change().name().toLowerCase(Locale.ROOT));
      photos.writeLabels(answer.labels());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void close() {
    photos.close();
  }
}
