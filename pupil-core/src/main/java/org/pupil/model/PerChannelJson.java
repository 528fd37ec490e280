package org.pupil.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.pupil.images.PerChannel;

/**
 * A mean or std in JSON: {@code 127.5} where all channels have the same, as it has always been, and
 * {@code [123.675, 116.28, 103.53]} where they have not.
 */
final class PerChannelJson {
  private static final int CHANNELS = 3;

  private PerChannelJson() {}

  /**
   * Reads a field.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static PerChannel read(JsonObject json, String name) {
    if (!json.isArray(name)) {
      return PerChannel.of(Float.parseFloat(json.text(name)));
    }
    List<String> numbers = json.texts(name);
    if (numbers.size() != CHANNELS) {
      throw new IllegalArgumentException(
          "%s has %d numbers, not %d".formatted(name, numbers.size(), CHANNELS));
    }
    return new PerChannel(
        Float.parseFloat(numbers.get(0)),
        Float.parseFloat(numbers.get(1)),
        Float.parseFloat(numbers.get(2)));
  }

  static void write(PerChannel value, JsonGenerator out) throws IOException {
    if (value.isUniform()) {
      out.writeNumber(value.red());
      return;
    }
    out.writeStartArray();
    for (float number : value.all()) {
      out.writeNumber(number);
    }
    out.writeEndArray();
  }
}
