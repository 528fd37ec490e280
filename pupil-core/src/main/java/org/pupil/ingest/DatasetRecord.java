package org.pupil.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pupil.dataset.Names;
import org.pupil.dataset.SplitSet;
import org.pupil.errors.PupilException;
import org.pupil.files.InputFile;
import org.pupil.files.Reason;

/**
 * What a folder of photos says of itself: where it came from and how it was read.
 *
 * @param source as messages call it
 * @param fingerprint equal for two requests that give the same photos
 * @param hash of the archive, {@code sha256:} and hexadecimal digits; empty for folders, and for a
 *     set of several files
 * @param licence under which the photos may be used; empty if nobody said it
 * @param layout how it was read, as typed
 * @param counts how many photos each label has, by label in code-point order
 * @param hasSets whether its photos are divided
 */
record DatasetRecord(
    String source,
    String fingerprint,
    String hash,
    String licence,
    String layout,
    SortedMap<String, Integer> counts,
    boolean hasSets) {
  /** The file in which it is. */
  static final String FILE = "pupil-dataset.json";

  /** Checksums of all photos, as {@code sha256sum} writes and checks them. */
  static final String SUMS = "SHA256SUMS";

  static final String CONTACT_SHEET = "contact-sheet.png";

  /** What {@code retrain} can read in place of the folder: it has the groups, too. */
  static final String TABLE = "photos.csv";

  private static final Set<String> OWN = Set.of(FILE, SUMS, CONTACT_SHEET, TABLE);
  private static final long LARGEST = 64 << 20;
  private static final int VERSION = 1;
  private static final int SUM_LENGTH = 64 + 2;

  /** Whether a file at the top of such a folder is none of the photo set's. */
  static boolean isOwn(String name) {
    return OWN.contains(name);
  }

  /**
   * Reads it.
   *
   * @return empty if there is none in the folder
   * @throws PupilException (bad input) if it is damaged
   */
  static Optional<DatasetRecord> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode node = new ObjectMapper().readTree(InputFile.read(file, LARGEST));
      SortedMap<String, Integer> counts = new TreeMap<>(Names.BY_CODE_POINT);
      node.path("labels")
          .properties()
          .forEach(label -> counts.put(label.getKey(), label.getValue().asInt()));
      return Optional.of(
          new DatasetRecord(
              node.path("source").asText(),
              node.path("fingerprint").asText(),
              node.path("hash").asText(),
              node.path("licence").asText(),
              node.path("layout").asText(),
              counts,
              node.path("sets").asBoolean()));
    } catch (IOException e) {
      throw PupilException.badInput(
          file + " cannot be read: " + Reason.of(e) + ": delete the folder to make it again", e);
    }
  }

  /** Writes it into a folder that is being made. */
  void write(Path folder) throws IOException {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("pupil_dataset", VERSION);
    node.put("source", source);
    node.put("hash", hash);
    node.put("licence", licence);
    node.put("layout", layout);
    node.put("sets", hasSets);
    node.put("photos", counts.values().stream().mapToInt(Integer::intValue).sum());
    ObjectNode labels = node.putObject("labels");
    counts.forEach(labels::put);
    node.put("fingerprint", fingerprint);
    Files.writeString(folder.resolve(FILE), node.toPrettyString() + "\n");
  }

  /** Writes the checksums of the photos. */
  static void writeSums(Path folder, List<Placed> photos) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(SUMS))) {
      for (Placed photo : photos) {
        out.write(photo.sha256() + "  " + photo.path() + "\n");
      }
    }
  }

  /** Writes a table that has the groups, which folders cannot have. */
  static void writeTable(Path folder, List<Placed> photos) throws IOException {
    try (CsvWriter out = CsvWriter.builder().build(folder.resolve(TABLE))) {
      out.writeRecord("file", "label", "split", "group");
      for (Placed photo : photos) {
        out.writeRecord(
            photo.path(),
            photo.label(),
            photo.set().map(SplitSet::lowerCaseName).orElse(""),
            photo.group());
      }
    }
  }

  /**
   * How many photos with a checksum are no longer there.
   *
   * @throws PupilException (bad input) if the checksums cannot be read
   */
  static int gone(Path folder) {
    int gone = 0;
    try (BufferedReader in = Files.newBufferedReader(folder.resolve(SUMS))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.length() > SUM_LENGTH
            && !Files.exists(folder.resolve(line.substring(SUM_LENGTH)))) {
          gone++;
        }
      }
    } catch (IOException e) {
      throw PupilException.badInput(
          "%s cannot be read: %s: delete the folder to make it again"
              .formatted(folder.resolve(SUMS), Reason.of(e)),
          e);
    }
    return gone;
  }
}
