package org.pupil.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.files.InputFile;

/**
 * A table of files and labels: CSV with commas, semicolons, tabs or bars, or one JSON object a
 * line.
 *
 * <p>The columns are found by their names, in any letter case: {@code file} (or {@code filename},
 * {@code path}, {@code image}, {@code id} and the like), {@code label} ({@code class}, {@code
 * category}, {@code species} and the like), and if they are there {@code split} ({@code set},
 * {@code subset}) and {@code group} ({@code patient}, {@code individual}, {@code burst} and the
 * like). A table of two columns needs no names.
 *
 * @param file where it is, for messages
 * @param rows without those that are blank
 * @param fileColumn what the column of the files is called, for messages
 * @param labelColumn what the column of the labels is called, for messages
 */
public record LabelTable(Path file, List<Row> rows, String fileColumn, String labelColumn) {
  /** Ten million rows: more is a mistake or an attack. */
  private static final long LARGEST = 256 << 20;

  private static final Set<String> EXTENSIONS = Set.of("csv", "tsv", "tab", "jsonl", "ndjson");
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
  private static final int BOM = '\ufeff';

  public LabelTable {
    rows = List.copyOf(rows);
  }

  /**
   * One photo.
   *
   * @param line where the row begins, from 1
   * @param file as the table names it, with {@code /} between the parts
   * @param label not blank
   * @param set which set it belongs to, if the table says that
   * @param group empty if the table says nothing
   */
  public record Row(long line, String file, String label, Optional<SplitSet> set, String group) {}

  /** Whether a file's name is that of a table. */
  public static boolean isNamedAsTable(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * Reads a table.
   *
   * @param file where its bytes are
   * @param name what it is called: its extension says whether it is JSON lines, and messages use it
   * @throws PupilException (bad input) if it cannot be read, is larger than 256 MB, or its columns
   *     cannot be told
   */
  public static LabelTable read(Path file, Path name) {
    String extension = Names.fileName(name).toLowerCase(Locale.ROOT);
    try {
      if (Files.size(file) > LARGEST) {
        throw PupilException.badInput(
            name + " is too large for a table of photos: it may have 256 MB");
      }
      return extension.endsWith(".jsonl") || extension.endsWith(".ndjson")
          ? readJson(file, name)
          : readCsv(file, name);
    } catch (IOException e) {
      throw PupilException.badInput(name + " cannot be read: " + FileTrouble.reason(e), e);
    } catch (UncheckedIOException e) {
      throw PupilException.badInput(name + " cannot be read: it is no text", e);
    }
  }

  private static LabelTable readCsv(Path file, Path name) throws IOException {
    try (InputStream in = InputFile.open(file);
        CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .fieldSeparator(separator(file))
                .detectBomHeader(true)
                .ofCsvRecord(in)) {
      List<Row> rows = new ArrayList<>();
      TableColumns columns = null;
      for (CsvRecord record : reader) {
        if (columns == null) {
          columns = TableColumns.of(name, record.getFields());
          if (columns.hasNames()) {
            continue;
          }
        }
        columns.row(record.getStartingLineNumber(), record.getFields()).ifPresent(rows::add);
      }
      return table(name, rows, columns == null ? TableColumns.of(name, List.of()) : columns);
    } catch (CsvParseException e) {
      throw PupilException.badInput(
          "%s is no table: %s; is a quote not closed?".formatted(name, e.getMessage()), e);
    }
  }

  /** The character that the first line has most often, outside of quotes. */
  private static char separator(Path file) throws IOException {
    String line;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8))) {
      line = Optional.ofNullable(in.readLine()).orElse("");
    }
    char best = SEPARATORS.get(0);
    int most = 0;
    for (char candidate : SEPARATORS) {
      int count = 0;
      boolean isQuoted = false;
      for (int i = 0; i < line.length(); i++) {
        isQuoted ^= line.charAt(i) == '"';
        count += !isQuoted && line.charAt(i) == candidate ? 1 : 0;
      }
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private static LabelTable readJson(Path file, Path name) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<Row> rows = new ArrayList<>();
    TableColumns columns = null;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(InputFile.open(file), StandardCharsets.UTF_8))) {
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        String json =
            number == 1 && !line.isEmpty() && line.charAt(0) == BOM ? line.substring(1) : line;
        if (json.isBlank()) {
          continue;
        }
        Map<String, String> fields = fields(mapper, name, number, json);
        if (columns == null) {
          columns = TableColumns.of(name, List.copyOf(fields.keySet()));
        }
        columns.row(number, columns.inOrder(fields)).ifPresent(rows::add);
      }
    }
    return table(name, rows, columns == null ? TableColumns.of(name, List.of()) : columns);
  }

  private static Map<String, String> fields(
      ObjectMapper mapper, Path name, long number, String json) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      JsonNode node = mapper.readTree(json);
      node.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    } catch (JsonProcessingException e) {
      throw PupilException.badInput("%s, line %d is no JSON object".formatted(name, number), e);
    }
    return fields;
  }

  private static LabelTable table(Path name, List<Row> rows, TableColumns columns) {
    return new LabelTable(name, rows, columns.fileName(), columns.labelName());
  }
}
