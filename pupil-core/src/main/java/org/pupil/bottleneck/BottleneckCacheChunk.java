package org.pupil.bottleneck;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A part of a long question: positions {@code from} to {@code to} - 1 of it.
 *
 * <p>A part goes to SQLite as one JSON array, joined with a table by {@code json_each}: one
 * statement for thousands of rows. Measured beside one statement a row and a scan of the table, it
 * is the fastest for a thousand rows and no slower for a hundred thousand.
 */
record BottleneckCacheChunk(int from, int to) {
  private static final int SIZE = 4096;

  /** The parts of a question of {@code size} positions, in order. */
  static List<BottleneckCacheChunk> of(int size) {
    List<BottleneckCacheChunk> chunks = new ArrayList<>();
    for (int from = 0; from < size; from += SIZE) {
      chunks.add(new BottleneckCacheChunk(from, Math.min(size, from + SIZE)));
    }
    return chunks;
  }

  /** A JSON array of one number a position. */
  String jsonOfNumbers(IntToLongFunction numberAt) {
    StringJoiner json = new StringJoiner(",", "[", "]");
    for (int i = from; i < to; i++) {
      json.add(Long.toString(numberAt.applyAsLong(i)));
    }
    return json.toString();
  }

  /** A JSON array of one text, or null, a position. */
  String jsonOfTexts(IntFunction<@Nullable String> textAt) {
    StringBuilder json = new StringBuilder().append('[');
    for (int i = from; i < to; i++) {
      if (i > from) {
        json.append(',');
      }
      append(textAt.apply(i), json);
    }
    return json.append(']').toString();
  }

  private static void append(@Nullable String text, StringBuilder json) {
    if (text == null) {
      json.append("null");
      return;
    }
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        if (c == '"' || c == '\\') {
          json.append('\\');
        }
        json.append(c);
      }
    }
    json.append('"');
  }
}
