package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.FormatsDocument;
import org.pupil.dataset.Labels;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Score;
import org.pupil.images.ThumbnailMaker;
import org.pupil.images.ThumbnailSheet;
import org.pupil.log.EventReader;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.Summary;
import org.pupil.record.ProjectorFiles;
import org.pupil.record.RunStatus;
import org.pupil.training.FinalLayer;
import org.pupil.training.PenaltyChoice;
import org.pupil.training.TemperatureChoice;
import org.pupil.training.TrainingResult;

/** What docs/formats.md says of scores and event files is what is written. */
class RunFormatsTest {
  private static final TrainingResult RESULT =
      new TrainingResult(
          new FinalLayer(1, new float[3], new float[3]),
          9,
          Optional.empty(),
          Optional.of(
              new PenaltyChoice(
                  0.25, 5, List.of(), Optional.of(new PenaltyChoice.HeldOut(40, 37)))),
          Optional.empty(),
          Optional.of(new TemperatureChoice(1.5, 40, 0.375, 0.25)));

  private static final QuickAssessment ASSESSMENT =
      new QuickAssessment(
          Optional.of(new TrainingPhotosJudged(new Score(0.925, 0.75, 0.9741639742254119), 1.5)),
          Optional.of(new QuickAssessment.AllPhotos(57, 5, 5, new Score(0.9375, 0.875, 0.96875))));

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  /** Seven photos of three labels, of which the second and the sixth are taken for flowers. */
  private static Evaluation evaluation() {
    return Evaluation.of(
        new Labels(List.of("bird", "flower", "fruit")),
        new int[] {0, 0, 1, 1, 1, 2, 2},
        new float[][] {
          {0.875f, 0.0625f, 0.0625f},
          {0.25f, 0.625f, 0.125f},
          {0.125f, 0.75f, 0.125f},
          {0.25f, 0.6875f, 0.0625f},
          {0.0625f, 0.9375f, 0},
          {0.0625f, 0.75f, 0.1875f},
          {0.03125f, 0.03125f, 0.9375f}
        });
  }

  @Test
  void theExampleOfAnEvaluationIsWhatIsWritten() throws IOException {
    Path file = folder.resolve("evaluation.json");
    EvaluationFile.write(file, evaluation(), RESULT, ASSESSMENT);
    String written = Files.readString(file);

    assertThat(written).endsWith("}\n");
    assertSame(JSON.readTree(written), JSON.readTree(FormatsDocument.example("evaluation")), "");
  }

  private static void assertSame(JsonNode written, JsonNode example, String where) {
    assertThat(written.getNodeType()).as(where).isEqualTo(example.getNodeType());
    if (example.isDouble()) {
      assertThat(written.asDouble()).as(where).isCloseTo(example.asDouble(), within(1e-12));
    } else if (example.isContainerNode()) {
      assertThat(written.properties().stream().map(Map.Entry::getKey).toList())
          .as(where)
          .isEqualTo(example.properties().stream().map(Map.Entry::getKey).toList());
      assertThat(written.size()).as(where).isEqualTo(example.size());
      example
          .properties()
          .forEach(
              field ->
                  assertSame(
                      written.path(field.getKey()),
                      field.getValue(),
                      where + "/" + field.getKey()));
      for (int i = 0; example.isArray() && i < example.size(); i++) {
        assertSame(written.path(i), example.path(i), where + "/" + i);
      }
    } else {
      assertThat(written).as(where).isEqualTo(example);
    }
  }

  @Test
  void everyFieldOfAnEvaluationIsExplained() throws IOException {
    Set<String> names = new TreeSet<>();
    addNames(JSON.readTree(EvaluationFile.text(evaluation(), RESULT, ASSESSMENT)), names);
    // Explained with the group that they stand in.
    names.removeAll(List.of("label", "above", "up_to"));
    assertThat(FormatsDocument.fields()).containsAll(names);
    assertThat(FormatsDocument.text()).contains("`label`", "`above`", "`up_to`");
  }

  @Test
  void anEvaluationIsLaidOutAsJacksonDoes() throws IOException {
    String text = EvaluationFile.text(evaluation(), RESULT, ASSESSMENT);
    assertThat(text).isEqualTo(JSON.readTree(text).toPrettyString() + "\n");
  }

  private static void addNames(JsonNode node, Set<String> names) {
    node.properties().forEach(field -> names.add(field.getKey()));
    node.forEach(child -> addNames(child, names));
  }

  private static Path eventFile(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.filter(file -> file.toString().endsWith(".pupil")).findFirst().orElseThrow();
    }
  }

  private static String kind(Summary.Value value) {
    if (value.hasSimpleValue()) {
      return "scalar";
    }
    return value.hasHisto() ? "histogram" : value.getMetadata().getPluginData().getPluginName();
  }

  private static Set<String> written(Path summaries, String run) throws IOException {
    Set<String> rows = new TreeSet<>();
    try (EventReader reader = EventReader.of(eventFile(summaries.resolve(run)))) {
      while (reader.next()) {
        Event event = reader.event().orElseThrow();
        for (Summary.Value value : event.getSummary().getValueList()) {
          rows.add(run + " " + value.getTag() + " " + kind(value));
        }
      }
    }
    return rows;
  }

  private static Set<String> documented(String run) throws IOException {
    Set<String> rows = new TreeSet<>();
    for (List<String> row : FormatsDocument.columns("tags")) {
      // The longest tag is followed by one space only.
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.addAll(List.of(cell.split(" (?=histogram$)", -1))));
      if (cells.get(0).equals(run)) {
        String tag = cells.get(1);
        for (String label : List.of("apple", "leaf", "sky")) {
          rows.add(run + " " + tag.replace("LABEL", label) + " " + cells.get(2));
        }
      }
    }
    return rows;
  }

  @Test
  void theTagsOfEachRunAreThoseOfTheTable() throws IOException {
    TestRun testRun = new TestRun(folder).inSteps(11);
    // Photos that cannot be told apart, so that there are mistakes.
    for (int i = 0; i < 20; i++) {
      testRun.picture("apple", "odd" + i + ".png", 0x3040b0 + i);
      testRun.picture("sky", "odd" + i + ".png", 0xa02010 + i);
    }
    testRun.run();

    assertThat(documented("train")).hasSize(14);
    assertThat(written(testRun.summaries, "train")).isEqualTo(documented("train"));
    assertThat(written(testRun.summaries, ".")).isEqualTo(documented("."));
    Set<String> likeTrain = new TreeSet<>();
    documented("train").forEach(row -> likeTrain.add(row.replace("train ", "validation ")));
    assertThat(written(testRun.summaries, "validation")).isEqualTo(likeTrain);
    assertThat(FormatsDocument.example("tags")).contains("validation  (the same as train)");
  }

  @Test
  void theFilesAreCalledAndBeginAsTheDocumentSays() throws IOException {
    TestRun testRun = new TestRun(folder).inSteps(1);
    testRun.run();
    Path file = eventFile(testRun.summaries);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(file.getFileName().toString())
        .matches("events\\.out\\.tfevents\\.1795523415\\..+\\.\\d+\\.\\d+\\.pupil");
    assertThat(FormatsDocument.text())
        .contains("events.out.tfevents.SECONDS.HOST.PROCESS.COUNTER.pupil");
    assertThat(FormatsDocument.columns("record"))
        .extracting(row -> row.get(0))
        .containsExactly("8 bytes", "4 bytes", "n bytes", "4 bytes");
    // Two records by that layout.
    byte[] first = new byte[Math.toIntExact(bytes.getLong(0))];
    bytes.get(12, first);
    assertThat(Event.parseFrom(first).getFileVersion()).isEqualTo("brain.Event:2");
    int next = 8 + 4 + first.length + 4;
    byte[] second = new byte[Math.toIntExact(bytes.getLong(next))];
    bytes.get(next + 12, second);
    assertThat(Event.parseFrom(second).hasSessionLog()).isTrue();
  }

  @Test
  void theProjectorsFilesAreThoseOfTheTable() throws IOException {
    TestRun testRun = new TestRun(folder).inSteps(1);
    testRun.run();
    try (Stream<Path> files = Files.list(testRun.summaries)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.contains("tfevents") && !name.equals(RunStatus.FILE))
          .containsExactlyInAnyOrderElementsOf(
              FormatsDocument.columns("projector").stream().map(row -> row.get(0)).toList());
    }
    String side = ThumbnailMaker.SIDE + " x " + ThumbnailMaker.SIDE + " pixels";
    assertThat(FormatsDocument.example("projector")).contains(side);
    assertThat(FormatsDocument.text())
        .contains("a JPEG of " + side)
        .contains("Of more than %,d photos".formatted(ThumbnailSheet.MOST_THUMBNAILS))
        .contains("of more than %,d numbers".formatted(ProjectorFiles.MOST_FLOATS));
  }

  @Test
  void labelsWithSignsOfMarkdownStandInTextsAsTheyAre() {
    Evaluation evaluation =
        Evaluation.of(
            new Labels(List.of("<b>a_b|*", "__init__")),
            new int[] {0, 1},
            new float[][] {{0.875f, 0.125f}, {0.125f, 0.875f}});

    assertThat(LogTexts.summary(evaluation, List.of()))
        .contains("| \\<b\\>a_b\\|\\* | 1 |", "| \\_\\_init\\_\\_ | 1 |");
    assertThat(LogTexts.numbers(evaluation.labels().names(), List.of(1, 2)))
        .isEqualTo("\n\nlabel 1: \\<b\\>a_b\\|\\*, label 2: \\_\\_init\\_\\_");
  }
}
