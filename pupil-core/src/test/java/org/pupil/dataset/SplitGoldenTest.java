package org.pupil.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both rules against tables that Python made; see src/test/reference/split.py. */
class SplitGoldenTest {
  private static final FileSystem FILES = Jimfs.newFileSystem(Configuration.unix());

  /** Photos of these names below an image folder, in the order of a scan. */
  static Dataset photos(List<String> names) {
    return photos(names, "");
  }

  /** The same in an image folder that was typed so. */
  private static Dataset photos(List<String> names, String place) {
    TreeMap<String, Integer> labels = new TreeMap<>(Names.BY_CODE_POINT);
    names.forEach(name -> labels.put(folder(name), 0));
    int next = 0;
    for (Map.Entry<String, Integer> label : labels.entrySet()) {
      label.setValue(next++);
    }
    return new Dataset(
        new Labels(List.copyOf(labels.keySet())),
        names.stream()
            .sorted(Names.BY_CODE_POINT)
            .map(
                name ->
                    new Photo(
                        new PhotoFile(FILES.getPath("/data", name), 1, 0),
                        Normalizer.normalize(name, Normalizer.Form.NFC),
                        labels.get(folder(name))))
            .toList(),
        List.of(),
        place);
  }

  private static String folder(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  private static Map<String, String> assign(
      List<String> names, SplitSettings settings, String imageDir) {
    Dataset photos = photos(names, imageDir);
    SplitSet[] sets = settings.rule().assign(photos, settings);
    Map<String, String> byName = new LinkedHashMap<>();
    for (int i = 0; i < sets.length; i++) {
      byName.put(photos.photos().get(i).name(), sets[i].lowerCaseName());
    }
    return byName;
  }

  /** One line of the table: case, rule, image_dir, validation, testing, seed, name, set. */
  private record Line(String golden, SplitSettings settings, String dir, String name, String set) {
    static Line of(String line) {
      String[] cells = line.split("\t", -1);
      SplitRule rule = SplitRule.valueOf(cells[1].toUpperCase(Locale.ROOT));
      return new Line(
          cells[0],
          new SplitSettings(
              rule,
              Integer.parseInt(cells[4]),
              Integer.parseInt(cells[3]),
              Long.parseLong(cells[5])),
          cells[2],
          cells[6],
          cells[7]);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyPhotoIsWhereTheTableHasIt() throws IOException {
    Map<String, List<Line>> cases = new LinkedHashMap<>();
    try (InputStream in = SplitGoldenTest.class.getResourceAsStream("split.tsv")) {
      new String(in.readAllBytes(), UTF_8)
          .lines()
          .skip(1)
          .map(Line::of)
          .forEach(line -> cases.computeIfAbsent(line.golden(), c -> new ArrayList<>()).add(line));
    }
    assertThat(cases).hasSize(13);
    return cases.entrySet().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.getKey(),
                    () -> {
                      List<Line> lines = golden.getValue();
                      Map<String, String> expected = new LinkedHashMap<>();
                      lines.forEach(line -> expected.put(line.name(), line.set()));
                      Line first = lines.get(0);
                      assertThat(
                              assign(
                                  lines.stream().map(Line::name).toList(),
                                  first.settings(),
                                  first.dir()))
                          .containsExactlyInAnyOrderEntriesOf(expected);
                    }));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b/0.jpg, 24613004, 18.3381171, testing",
    "a/b/5.jpg, 11966668, 8.9158625, validation",
    "photos/cat/b.jpg, 66913053, 49.8541098, training",
    "photos/dog/leaf_nohash_1.jpg, 63253907, 47.1278336, training",
    "photos/dog/leaf_nohash_2.JPG, 63253907, 47.1278336, training",
    "flower_photos/daisy/100080576_f52e8ee070_n.jpg, 86776883, 64.6538166, training",
    "./flower_photos/daisy/100080576_f52e8ee070_n.jpg, 484826, 0.3612235, validation",
    "photos/\u00e4/\u00e9.png, 27102574, 20.1929913, training",
  })
  void theRetrainRuleGivesTheKnownVectors(String path, int value, double position, String set) {
    assertThat(RetrainRule.value(path)).isEqualTo(value);
    assertThat(RetrainRule.position(path)).isCloseTo(position, within(5e-8));
    String name = path.substring(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1);
    String dir = path.substring(0, path.length() - name.length());
    SplitSettings settings = new SplitSettings(SplitRule.RETRAIN, 10, 10, 0);
    // A slash at the end of the folder makes no difference.
    assertThat(assign(List.of(name), settings, dir)).containsValue(set);
    assertThat(assign(List.of(name), settings, dir.substring(0, dir.length() - 1)))
        .containsValue(set);
  }

  @ParameterizedTest
  @CsvSource({"C:\\my\\photos, C:/my/photos/", "photos\\, photos/", "photos/, photos/", "'', ''"})
  void theRetrainRuleSplitsOnWindowsAsElsewhere(String place, String prefix) {
    assertThat(RetrainRule.prefix(place, "\\")).isEqualTo(prefix);
  }

  @Test
  void elsewhereABackslashIsALetterOfAName() {
    assertThat(RetrainRule.prefix("my\\photos", "/")).isEqualTo("my\\photos/");
  }

  @Test
  void theRetrainRuleHashesNamesAsTheyAreOnDisk() {
    String composed = "\u00e4/\u00e9.png";
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
    SplitSettings settings = new SplitSettings(SplitRule.RETRAIN, 0, 15, 0);

    // 20.19 composed, 12.62 decomposed, says Python.
    assertThat(assign(List.of(composed), settings, "photos")).containsEntry(composed, "training");
    assertThat(assign(List.of(decomposed), settings, "photos"))
        .containsEntry(composed, "validation");
  }

  @Test
  void theRetrainRuleGivesTheSplitThatThePythonScriptMade() throws IOException {
    Path reference = sharedData().resolve("retrain-run").resolve("split.json");
    assumeThat(reference).as("the original script's run is not beside this checkout").exists();
    JsonNode json = new ObjectMapper().readTree(Files.readString(reference));
    Map<String, String> expected = new LinkedHashMap<>();
    json.get("sets")
        .properties()
        .forEach(
            label ->
                label
                    .getValue()
                    .properties()
                    .forEach(
                        set ->
                            set.getValue()
                                .forEach(
                                    file ->
                                        expected.put(
                                            label.getKey() + "/" + file.asText(), set.getKey()))));
    assertThat(expected).hasSize(1399);
    SplitSettings settings =
        new SplitSettings(
            SplitRule.RETRAIN,
            json.get("testing_percentage").asInt(),
            json.get("validation_percentage").asInt(),
            0);

    assertThat(assign(List.copyOf(expected.keySet()), settings, json.get("image_dir").asText()))
        .containsExactlyInAnyOrderEntriesOf(expected);
  }

  private static Path sharedData() {
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (@Nullable Path at = start; at != null; at = at.getParent()) {
      Path data = at.resolve("shared").resolve("data");
      if (Files.isDirectory(data)) {
        return data;
      }
    }
    return start.resolve("shared").resolve("data");
  }
}
