package org.pupil.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read whole. Numbers may stand in it as texts, and texts as numbers.
 *
 * <p>It is read by Jackson's streaming parser: data binding takes a tenth of a second to set up,
 * which is a sixth of what it takes to label a photo. Of two fields of one name the last counts.
 */
final class JsonObject {
  private static final JsonFactory JSON = new JsonFactory();

  /** Each is a {@link BigInteger}, a text (other numbers, too), a list, a map, or null. */
  private final Map<?, ?> fields;

  private JsonObject(Map<?, ?> fields) {
    this.fields = fields;
  }

  /**
   * Reads one object and nothing else.
   *
   * @throws JsonProcessingException if the text is not JSON, or goes on behind it
   * @throws IllegalArgumentException if it is JSON, but no object
   */
  static JsonObject parse(String json) throws JsonProcessingException {
    try (JsonParser in = JSON.createParser(json)) {
      Object value = value(in, in.nextToken());
      if (in.nextToken() != null) {
        throw new JsonParseException(in, "there is something behind the end");
      }
      return object("the description", value);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be read", e);
    }
  }

  /** Nested no deeper than the parser allows. */
  private static @Nullable Object value(JsonParser in, @Nullable JsonToken token)
      throws IOException {
    if (token == null) {
      throw new JsonParseException(in, "there is nothing");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
          fields.put(name, value(in, in.nextToken()));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
          values.add(value(in, next));
        }
        yield values;
      }
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> in.getBigIntegerValue();
      default -> in.getText();
    };
  }

  private static JsonObject object(String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> fields) {
      return new JsonObject(fields);
    }
    throw new IllegalArgumentException(name + " must be an object");
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  boolean isArray(String name) {
    return fields.get(name) instanceof List;
  }

  /** A field that is a whole number and does not stand there as a text. */
  BigInteger wholeNumber(String name) {
    if (fields.get(name) instanceof BigInteger number) {
      return number;
    }
    throw new IllegalArgumentException(name + " must be a whole number");
  }

  /** A field that must be there and not be null, as all of these unless they say otherwise. */
  JsonObject object(String name) {
    return object(name, fields.get(name));
  }

  /** A field that may be missing or null. */
  @Nullable JsonObject objectOrNull(String name) {
    return fields.get(name) == null ? null : object(name);
  }

  /** A text. */
  String text(String name) {
    return text(name, fields.get(name));
  }

  /** A text that may be missing or null. */
  @Nullable String textOrNull(String name) {
    return fields.get(name) == null ? null : text(name);
  }

  private static String text(String name, @Nullable Object value) {
    if (value instanceof String || value instanceof BigInteger) {
      return value.toString();
    }
    throw new IllegalArgumentException(name + " must be a text");
  }

  /** All fields, as texts, in their order. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    fields.forEach((name, value) -> texts.put((String) name, text((String) name, value)));
    return texts;
  }

  /** An array of texts. */
  List<String> texts(String name) {
    if (fields.get(name) instanceof List<?> values) {
      return values.stream().map(value -> text(name, value)).toList();
    }
    throw new IllegalArgumentException(name + " must be an array");
  }

  /** An array of whole numbers. */
  List<Integer> integers(String name) {
    return texts(name).stream().map(Integer::valueOf).toList();
  }

  /** A whole number; 0 where it is missing. */
  int integer(String name) {
    return has(name) ? Integer.parseInt(text(name)) : 0;
  }

  /** A whole number; 0 where it is missing. */
  long longInteger(String name) {
    return has(name) ? Long.parseLong(text(name)) : 0;
  }

  /** A number, which need not be finite; 0 where it is missing. */
  double number(String name) {
    return has(name) ? Double.parseDouble(text(name)) : 0;
  }
}
