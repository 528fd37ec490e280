package org.pupil.app;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pupil.inventory.Kept;

/** What Pupil keeps and can make again, as a JSON array {@code kept}. */
final class KeptJson {
  private KeptJson() {}

  static void write(List<Kept> all, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("kept");
    for (Kept kept : all) {
      json.writeStartObject();
      json.writeStringField("kind", kept.kind().toString());
      json.writeNumberField("bytes", kept.bytes());
      json.writeArrayFieldStart("paths");
      for (Path path : kept.paths()) {
        json.writeString(path.toString());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
