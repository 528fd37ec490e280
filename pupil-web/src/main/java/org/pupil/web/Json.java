package org.pupil.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON as TensorBoard writes it: ASCII only, and NaN, Infinity and -Infinity as strings, because
 * JSON has no such numbers.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          // An answer that broke off must not look whole.
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Writes a value piece by piece. */
  @FunctionalInterface
  public interface Writing {
    void write(JsonGenerator json) throws IOException;
  }

  private Json() {}

  /** Answers with a map, list, record, string or number. */
  public static void answer(Context context, Object value) {
    stream(context, json -> json.writePOJO(value));
  }

  /** Answers with what is written while the browser already reads. */
  public static void stream(Context context, Writing writing) {
    context.contentType("application/json");
    try (JsonGenerator json = MAPPER.createGenerator(context.outputStream())) {
      writing.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads JSON that a client sent.
   *
   * @throws RequestException (400) if it is none, or of another form
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw RequestException.badRequest("not the JSON that is wanted: null");
      }
      return value;
    } catch (JsonMappingException e) {
      throw RequestException.badRequest("not the JSON that is wanted" + at(e));
    } catch (JsonProcessingException e) {
      throw RequestException.badRequest(
          "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  /** Where it was, in the words of who wrote it and not of this program. */
  private static String at(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() != null) {
        path.append('.').append(step.getFieldName());
      } else {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.isEmpty() ? "" : ", at " + path.substring(path.charAt(0) == '.' ? 1 : 0);
  }
}
