package org.pupil.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pupil.errors.EditDistance;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.InputFile;
import org.pupil.files.Reason;

/**
 * The photo sets that are known by name. They are in a JSON file: an array with an object for each
 * set, see {@code datasets.json} beside this class.
 *
 * @param datasets in the order of the file
 */
public record Catalogue(List<KnownDataset> datasets) {
  private static final String RESOURCE = "datasets.json";
  private static final long LARGEST = 1 << 20;
  private static final int FEW_SLIPS = 3;
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");
  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}");

  public Catalogue {
    datasets = List.copyOf(datasets);
  }

  /** The one that comes with Pupil. */
  public static Catalogue builtIn() {
    try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not in the jar");
      }
      return read(RESOURCE, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " is damaged", e);
    }
  }

  /**
   * Reads another one.
   *
   * @throws PupilException (bad input) if it cannot be read, or is no catalogue
   */
  public static Catalogue read(Path file) {
    try {
      return read(file.toString(), InputFile.read(file, LARGEST));
    } catch (JsonProcessingException e) {
      throw bad(file.toString(), e.getOriginalMessage());
    } catch (IOException e) {
      throw PupilException.badInput(
          Message.of(Setting.CATALOGUE, " " + file + " cannot be read: " + Reason.of(e)), e);
    }
  }

  private static Catalogue read(String file, byte[] json) throws IOException {
    List<KnownDataset> datasets = new ArrayList<>();
    for (JsonNode node : new ObjectMapper().readTree(json)) {
      try {
        datasets.add(dataset(node));
      } catch (IllegalArgumentException e) {
        throw bad(file, node.path("name").asText("a data set") + ": " + e.getMessage());
      }
    }
    if (datasets.isEmpty()) {
      throw bad(file, "there is no data set in it");
    }
    return new Catalogue(datasets);
  }

  private static PupilException bad(String file, String reason) {
    return PupilException.badInput(
        Message.of(Setting.CATALOGUE, " " + file + " is no catalogue: " + reason));
  }

  private static KnownDataset dataset(JsonNode node) {
    List<KnownDataset.RemoteFile> files = new ArrayList<>();
    for (JsonNode file : node.path("files")) {
      Optional<String> hash = optional(file, "hash");
      if (hash.isPresent() && !HASH.matcher(hash.get()).matches()) {
        throw new IllegalArgumentException("hash must be sha256: or md5: with its digits");
      }
      URI address = URI.create(text(file, "address"));
      Addresses.check(address);
      files.add(new KnownDataset.RemoteFile(address, file.path("size").asLong(0), hash));
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files is missing");
    }
    String name = text(node, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name must be of a to z, 0 to 9 and _");
    }
    return new KnownDataset(
        name,
        text(node, "title"),
        text(node, "licence"),
        URI.create(text(node, "page")),
        files,
        Layout.valueOf(text(node, "layout").toUpperCase(Locale.ROOT)),
        optional(node, "inner"),
        texts(node, "leave_out"),
        texts(node, "labels"));
  }

  private static String text(JsonNode node, String field) {
    return optional(node, field)
        .orElseThrow(() -> new IllegalArgumentException(field + " is missing"));
  }

  private static Optional<String> optional(JsonNode node, String field) {
    String value = node.path(field).asText("");
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    node.path(field).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The set of that name, in any letter case, with dashes or underscores. */
  public Optional<KnownDataset> find(String name) {
    String wanted = plain(name);
    return datasets.stream().filter(dataset -> plain(dataset.name()).equals(wanted)).findFirst();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Says that there is no such set, and which there are. */
  PupilException unknown(String name) {
    Optional<String> meant =
        datasets.stream()
            .map(KnownDataset::name)
            .min(Comparator.comparingInt(known -> EditDistance.between(plain(known), plain(name))))
            .filter(known -> EditDistance.between(plain(known), plain(name)) <= FEW_SLIPS);
    return PupilException.badInput(
        "there is no file, folder or data set %s%s; the data sets are %s"
            .formatted(
                name,
                meant.map(known -> ": did you mean " + known + "?").orElse(""),
                datasets.stream().map(KnownDataset::name).collect(Collectors.joining(", "))));
  }
}
