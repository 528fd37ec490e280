package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A label is the folder's name, from the folder to everything that Pupil prints and writes. */
class LabelsIT {
  private static final JsonMapper JSON = new JsonMapper();

  /** By code point, which is the order of the outputs. */
  private static final List<String> LABELS =
      List.of(
          "!?&",
          "<b>Golden_Retriever, \"|*",
          "\u00c4pfel",
          "\u043a\u043e\u0448\u043a\u0430",
          "\u0643\u0644\u0628",
          "\u0915\u0941\u0924\u094d\u0924\u093e",
          "\u72ac",
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67");

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void photosOfEachLabel() throws IOException {
    List<Path> photos = new ArrayList<>(Photos.examples("bird"));
    photos.addAll(Photos.examples("flower"));
    for (int i = 0; i < LABELS.size(); i++) {
      Path to = Files.createDirectories(folder.resolve("photos").resolve(LABELS.get(i)));
      for (Path photo : photos.subList(5 * i, 5 * i + 5)) {
        Files.copy(photo, to.resolve(photo.getFileName()));
      }
    }
    pupil = PupilProgram.in(folder);
  }

  private PupilRun taught(String... flags) {
    List<String> arguments = new ArrayList<>(List.of("retrain", "--image_dir=photos"));
    arguments.add(Photos.QUICK);
    arguments.addAll(List.of(flags));
    return pupil.run(arguments.toArray()).succeeded();
  }

  private static List<String> texts(JsonNode list, String field) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.path(field).asText()));
    return texts;
  }

  @Test
  void everyLabelComesThroughAsItIs() throws IOException {
    PupilRun run = taught("--saved_model_dir=saved", "--print_misclassified_test_images");
    LABELS.forEach(label -> run.errContains(label + " 5").outContains("  " + label));
    Path model = folder.resolve("pupil-model");
    assertThat(Files.readAllLines(model.resolve("labels.txt"))).isEqualTo(LABELS);
    JsonNode evaluation = JSON.readTree(Files.readString(model.resolve("evaluation.json")));
    assertThat(texts(evaluation.path("labels"), "label")).isEqualTo(LABELS);
    assertThat(Files.readString(model.resolve("runs/run-1/metadata.tsv")))
        .contains(LABELS.stream().map(label -> "\n" + label + "\t" + label + "/").toList());

    String photo = "photos/" + LABELS.get(6);
    PupilRun plain = pupil.run("label_image", "--top_k=8", photo).succeeded();
    LABELS.forEach(label -> plain.outContains("\n" + label + " 0."));
    PupilRun csv = pupil.run("label_image", "--csv", "--top_k=8", photo).succeeded();
    assertThat(Csv.rows(csv.out()).get(1)).containsAll(LABELS);
    PupilRun json = pupil.run("label_image", "--json", "--top_k=8", photo).succeeded();
    assertThat(texts(JSON.readTree(json.out()).get(0).path("labels"), "label"))
        .containsExactlyInAnyOrderElementsOf(LABELS);
    assertThat(
            Files.readString(folder.resolve("saved/saved_model.pb"), StandardCharsets.ISO_8859_1))
        .contains(
            new String(
                LABELS.get(4).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  @Test
  void theBoardShowsEveryLabelAsItIs() throws IOException {
    taught();
    try (BoardServer board = BoardServer.start(pupil)) {
      board.loaded();
      JsonNode tags = JSON.readTree(board.request("data/plugin/pr_curves/tags").body());
      assertThat(tags.elements().next().fieldNames())
          .toIterable()
          .containsExactlyInAnyOrderElementsOf(
              LABELS.stream().map(label -> label + "/pr_curves").toList());
      JsonNode overview = JSON.readTree(board.request("data/plugin/pupil/overview").body());
      assertThat(overview.findValues("label").stream().map(JsonNode::asText)).containsAll(LABELS);
    }
  }

  @Test
  void theOriginalsRuleIsThereForThoseWhoNeedIt() throws IOException {
    for (String label : LABELS) {
      if (!label.contains("Golden") && !label.contains("pfel")) {
        TestFiles.deleteTree(folder.resolve("photos").resolve(label));
      }
    }
    Path labels = folder.resolve("pupil-model/labels.txt");
    taught("--label_rule=retrain");
    assertThat(labels).hasContent(" b golden retriever \n pfel\n");
    taught(
        "--label_rule=folder",
        "--split_rule=retrain",
        "--validation_percentage=0",
        "--testing_percentage=0");
    assertThat(labels).hasContent(LABELS.get(1) + "\n" + LABELS.get(2) + "\n");
    taught("--split_rule=retrain", "--validation_percentage=0", "--testing_percentage=0");
    assertThat(labels).hasContent(" b golden retriever \n pfel\n");
    pupil
        .run("retrain", "--image_dir=photos", "--label_rule=lower")
        .failedWith(2, "--label_rule", "folder, retrain", "lower")
        .inOneLine();
  }
}
