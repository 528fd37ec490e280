package org.pupil.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.Serial;
import org.pupil.images.PerChannel;

/**
 * A mean or std in JSON: {@code 127.5} where all channels have the same, as it has always been, and
 * {@code [123.675, 116.28, 103.53]} where they have not.
 */
final class PerChannelJson {
  private static final int CHANNELS = 3;

  private PerChannelJson() {}

  /** For what reads. */
  static SimpleModule module() {
    return new SimpleModule().addDeserializer(PerChannel.class, new Reader());
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

  private static final class Reader extends StdDeserializer<PerChannel> {
    @Serial private static final long serialVersionUID = 1L;

    Reader() {
      super(PerChannel.class);
    }

    @Override
    public PerChannel deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      if (!in.isExpectedStartArrayToken()) {
        return PerChannel.of(context.readValue(in, float.class));
      }
      float[] numbers = context.readValue(in, float[].class);
      if (numbers.length != CHANNELS) {
        return context.reportInputMismatch(
            PerChannel.class, "it has %d numbers, not %d", numbers.length, CHANNELS);
      }
      return new PerChannel(numbers[0], numbers[1], numbers[2]);
    }

    @Override
    public PerChannel getNullValue(DeserializationContext context) throws JsonMappingException {
      return context.reportInputMismatch(PerChannel.class, "there must be a number");
    }
  }
}
