package org.pupil.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A table of reference bytes that a script of src/test/reference made. */
final class Table {
  private Table() {}

  /** Each line's name, and its other columns. */
  static Map<String, byte[][]> read(String resource) {
    Map<String, byte[][]> rows = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Table.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] columns = line.split("\\|", -1);
        byte[][] values = new byte[columns.length - 1][];
        for (int i = 0; i < values.length; i++) {
          values[i] = HexFormat.of().parseHex(columns[i + 1]);
        }
        rows.put(columns[0], values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
