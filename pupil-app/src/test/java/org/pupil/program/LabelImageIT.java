package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pupil label_image} prints. */
class LabelImageIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void model() throws IOException {
    pupil = PupilProgram.in(folder);
    TestFiles.link(folder.resolve("pupil-model"), TAUGHT.graph().getParent());
    TestFiles.link(folder.resolve("photos"), TAUGHT.photos());
  }

  private static double probability(String line, String label) {
    assertThat(line).matches(Pattern.quote(label) + " [01]\\.\\d+");
    return Double.parseDouble(line.substring(label.length() + 1));
  }

  @Test
  void onePhotoGetsALineForEachLabelTheLikeliestFirst() {
    PupilRun run = pupil.run("label_image", "--image=photos/bird/duck.jpg").succeeded();
    run.errIsEmpty();
    List<String> lines = run.outLines();
    assertThat(lines).hasSize(2);
    double bird = probability(lines.get(0), "bird");
    double fruit = probability(lines.get(1), "fruit");
    assertThat(bird).isBetween(0.5, 1.0);
    assertThat(bird + fruit).isCloseTo(1, within(1e-6));

    pupil.run("label", "photos/bird/duck.jpg").succeeded().outIs(run.out());
    pupil
        .run("label-image", "--top-k=1", "photos/bird/duck.jpg")
        .succeeded()
        .outIs(lines.get(0) + "\n");
  }

  @Test
  void manyPhotosGetABlockEachInTheirOrder() {
    PupilRun run =
        pupil
            .run(
                "label_image",
                "--image=photos/fruit/banana.jpg",
                "--image",
                "photos/bird/duck.jpg",
                "photos/bird/crow.jpg")
            .succeeded();
    assertThat(run.out())
        .matches(
            """
            photos/fruit/banana.jpg
            fruit .*
            bird .*

            photos/bird/duck.jpg
            bird .*
            fruit .*

            photos/bird/crow.jpg
            bird .*
            fruit .*

            """);
  }

  @Test
  void aFolderStandsForItsPhotos() {
    PupilRun run = pupil.run("label_image", "photos", "--top_k=1").succeeded();
    List<String> expected = new ArrayList<>();
    for (String label : List.of("bird", "fruit")) {
      for (Path photo : Photos.examples(label).subList(0, 12)) {
        expected.add("photos/" + label + "/" + photo.getFileName());
      }
    }
    assertThat(run.outLines())
        .filteredOn(line -> line.startsWith("photos/"))
        .containsExactlyElementsOf(expected);
    assertThat(run.outLines()).hasSize(3 * expected.size());
  }

  /** Who counts answers would miss one for the empty file, and one for the raw photo. */
  @Test
  void whatIsNotUsedOfAFolderIsSaid() throws IOException {
    Path mixed = Photos.birdsAndFruit(folder.resolve("mixed"), 2, 1);
    Files.createFile(mixed.resolve("bird/nothing.jpg"));
    Files.write(mixed.resolve("camera.nef"), new byte[] {1});
    Files.writeString(mixed.resolve("notes.txt"), "Dear Sir");

    PupilRun run = pupil.run("label_image", "--csv", "mixed").exitedWith(3);

    assertThat(run.outLines()).hasSize(5);
    run.errContains("error: mixed/bird/nothing.jpg: ", "empty", "warning: ", "camera.nef");
    assertThat(run.err()).doesNotContain("notes.txt");
  }

  private void noise(Path file) throws IOException {
    Random random = new Random(1);
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 64 * 64; pixel++) {
      image.setRGB(pixel % 64, pixel / 64, random.nextInt(0x1000000));
    }
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void aPhotoUnlikeTheTrainingPhotosIsSaidAndRejectedOnDemand() throws IOException {
    noise(folder.resolve("noise.png"));
    String said = "noise.png: unlike anything it was trained on\n";
    PupilRun run =
        pupil.run("label_image", "photos/bird/duck.jpg", "noise.png", "--json").succeeded();
    run.errIs(said);
    JsonNode answers = JSON.readTree(run.out());
    assertThat(answers.get(0).get("unlike_training").asBoolean()).isFalse();
    assertThat(answers.get(1).get("unlike_training").asBoolean()).isTrue();
    assertThat(answers.get(0).get("familiarity").asDouble())
        .isGreaterThan(answers.get(1).get("familiarity").asDouble());

    pupil.run("label_image", "--reject", "noise.png").exitedWith(8).errIs(said);
    pupil.run("label_image", "--reject", "photos/bird/duck.jpg").succeeded().errIsEmpty();
    // What cannot be read weighs more.
    pupil.run("label_image", "--reject", "noise.png", "nowhere.jpg").exitedWith(3);
  }

  /** What a model knows of its training photos goes with it, to the last digit. */
  @Test
  void anOnnxFileOfAModelSaysTheSame() throws IOException {
    noise(folder.resolve("noise.png"));
    pupil.run("export", "--onnx=model.onnx").succeeded();
    for (String form : List.of("--csv", "--json", "--top_k=1")) {
      Object[] asked = {"label_image", form, "--reject", "photos/bird/duck.jpg", "noise.png"};
      PupilRun graph = pupil.run(asked).exitedWith(8);
      Object[] onnx = Arrays.copyOf(asked, asked.length + 1);
      onnx[asked.length] = "--graph=model.onnx";
      pupil.run(onnx).exitedWith(8).outIs(graph.out()).errIs(graph.err());
    }
    PupilRun csv = pupil.run("label_image", "--csv", "photos/bird/duck.jpg").succeeded();
    assertThat(csv.outLines().get(0)).endsWith(",familiarity,unlike_training,undecided");
    assertThat(csv.outLines().get(1)).matches(".*,0\\.\\d+,false,(true|false)");
  }

  /** It has nothing to say of that; asked to reject by it, it says so rather than nothing. */
  @Test
  void aModelOfThePythonScriptsDoesNotKnowItsTrainingPhotos() throws IOException {
    Path run = Checkout.shared("data/retrain-run");
    Object[] python = {
      "label_image",
      "--graph=" + run.resolve("retrained_graph.pb"),
      "--labels=" + run.resolve("retrained_labels.txt"),
      "photos/bird/duck.jpg",
      "--csv"
    };
    PupilRun csv = pupil.run(python).succeeded();
    csv.errIsEmpty();
    assertThat(csv.outLines().get(0)).endsWith(",label_2,probability_2");
    python[4] = "--json";
    JsonNode answer = JSON.readTree(pupil.run(python).succeeded().out()).get(0);
    assertThat(answer.has("familiarity")).isFalse();
    python[4] = "--reject";
    pupil.run(python).failedWith(4, "--reject", "train it again").inOneLine();
  }

  @Test
  void aFolderWithoutPhotosIsNamedAndTheOthersLabelled() throws IOException {
    Files.createDirectory(folder.resolve("none"));
    pupil
        .run("label_image", "none", "photos/bird/duck.jpg", "--top_k=1")
        .exitedWith(3)
        .endsWithError("none: no photos in this folder")
        .outContains("photos/bird/duck.jpg\nbird ");
  }

  @Test
  void aDashIsThePhotoOnStandardInput() {
    PupilRun file = pupil.run("label_image", Photos.duck()).succeeded();
    pupil.reading(Photos.duck()).run("label_image", "--image", "-").succeeded().outIs(file.out());
    pupil.run("label_image", "-").failedWith(3, "-: the file is empty").inOneLine();
  }

  @Test
  void csvIsReadBackWithEveryName() {
    Path odd = TestFiles.write(folder.resolve("a, \"b\"\nc.jpg"), Photos.duckBytes());
    PupilRun run =
        pupil
            .run(
                "label_image", "--csv", odd.getFileName(), "photos/fruit/banana.jpg", "nowhere.jpg")
            .exitedWith(3)
            .errContains("error: nowhere.jpg: there is no such file in ");
    List<List<String>> rows = Csv.rows(run.out());
    assertThat(rows.get(0))
        .containsExactly(
            "image",
            "error",
            "label",
            "probability",
            "label_2",
            "probability_2",
            "familiarity",
            "unlike_training",
            "undecided");
    assertThat(rows.get(1)).startsWith("a, \"b\"\nc.jpg", "", "bird").hasSize(9);
    assertThat(Double.parseDouble(rows.get(1).get(3)) + Double.parseDouble(rows.get(1).get(5)))
        .isCloseTo(1, within(1e-6));
    assertThat(rows.get(2)).startsWith("photos/fruit/banana.jpg", "", "fruit");
    assertThat(rows.get(3).get(0)).isEqualTo("nowhere.jpg");
    assertThat(rows.get(3).get(1)).startsWith("there is no such file in ");
    assertThat(rows).hasSize(4);
  }

  @Test
  void jsonIsReadBackWithAnEntryForWhatCannotBeRead() throws IOException {
    TestFiles.write(folder.resolve("letter.jpg"), "Dear aunt");
    PupilRun plain = pupil.run("label_image", "photos/bird/duck.jpg").succeeded();
    PupilRun run =
        pupil
            .run(
                "label_image",
                "--json",
                "photos/bird/duck.jpg",
                "letter.jpg",
                "photos/bird/crow.jpg")
            .exitedWith(3)
            .endsWithError("letter.jpg: not an image")
            .inOneLine();
    JsonNode all = JSON.readTree(run.out());
    assertThat(all).hasSize(3);
    JsonNode duck = all.get(0);
    assertThat(duck.fieldNames())
        .toIterable()
        .containsExactly("image", "labels", "familiarity", "unlike_training", "undecided");
    assertThat(duck.get("image").asText()).isEqualTo("photos/bird/duck.jpg");
    assertThat(duck.get("labels"))
        .extracting(
            label -> label.get("label").asText() + " " + label.get("probability").decimalValue())
        .containsExactlyElementsOf(plain.outLines());
    assertThat(all.get(1).fieldNames()).toIterable().containsExactly("image", "error");
    assertThat(all.get(1).get("error").asText()).startsWith("not an image");
    assertThat(all.get(2).get("image").asText()).isEqualTo("photos/bird/crow.jpg");

    JsonNode one =
        JSON.readTree(
            pupil.run("label_image", "--json", "--top_k=1", Photos.duck()).succeeded().out());
    assertThat(one.get(0).get("labels")).hasSize(1);
  }

  @Test
  void namesWithEverythingInThemWorkUnderThePlainLocale() throws IOException {
    String[] names = {
      "a b.jpg", "it's \"q\".jpg", "new\nline.jpg", "Käse 日本.jpg", "*.jpg", "@file.jpg", "$HOME.jpg"
    };
    for (String name : names) {
      TestFiles.write(folder.resolve(name), Photos.duckBytes());
    }
    Object[] arguments = new Object[names.length + 2];
    arguments[0] = "label_image";
    arguments[1] = "--json";
    System.arraycopy(names, 0, arguments, 2, names.length);
    PupilRun run = pupil.with("LANG", "C").with("LC_ALL", "C").run(arguments).succeeded();
    assertThat(JSON.readTree(run.out()))
        .extracting(entry -> entry.get("image").asText())
        .containsExactly(names);
    assertThat(JSON.readTree(run.out())).allMatch(entry -> entry.get("labels").size() == 2);

    TestFiles.write(folder.resolve("--csv"), Photos.duckBytes());
    pupil.run("label_image", "--", "--csv").succeeded().outContains("bird ");
    pupil.run("label_image", "--image=--csv").succeeded().outContains("bird ");
  }

  /** What real TensorFlow says with Pupil's kind of decoding; a test of the library uses it too. */
  private static final Path ACCURATELY_DECODED =
      Checkout.folder()
          .resolve("pupil-core/src/test/resources/org/pupil/labelling/python_graph_scores.txt");

  @Test
  void aGraphOfThePythonScriptsLabelsWithTheOriginalsFlags() throws IOException {
    Path run = Checkout.shared("data/retrain-run");
    Path photos = Checkout.shared("data/cats-dogs");
    Pattern block = Pattern.compile("== --image (\\S+)\\n((?:\\w+ \\(score=[\\d.]+\\)\\n?)+)");
    List<MatchResult> blocks =
        block.matcher(Files.readString(ACCURATELY_DECODED)).results().toList();
    assertThat(blocks).hasSize(4);
    Object[] arguments = new Object[9 + blocks.size()];
    arguments[0] = "label_image";
    arguments[1] = "--graph=" + run.resolve("retrained_graph.pb");
    arguments[2] = "--labels=" + run.resolve("retrained_labels.txt");
    arguments[3] = "--input_layer=input";
    arguments[4] = "--output_layer=final_result";
    arguments[5] = "--input_height=224";
    arguments[6] = "--input_width=224";
    arguments[7] = "--input_mean=127";
    arguments[8] = "--input_std=127";
    for (int i = 0; i < blocks.size(); i++) {
      arguments[9 + i] = "--image=" + photos.resolve(blocks.get(i).group(1));
    }
    List<String> lines = pupil.run(arguments).succeeded().outLines();
    for (int i = 0; i < blocks.size(); i++) {
      List<String> wanted = blocks.get(i).group(2).lines().toList();
      for (int j = 0; j < 2; j++) {
        String label = wanted.get(j).substring(0, wanted.get(j).indexOf(' '));
        String score = wanted.get(j).replaceAll(".*=(.*)\\)", "$1");
        assertThat(probability(lines.get(4 * i + 1 + j), label))
            .isCloseTo(Double.parseDouble(score), within(1e-5));
      }
    }
  }

  @Test
  void aReaderThatHasSeenEnoughEndsItQuietly() {
    StringBuilder photos = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      photos.append(" photos/bird/duck.jpg");
    }
    pupil
        .shell("pupil label_image" + photos + " | head -n 1")
        .exitedWith(0)
        .outIs("photos/bird/duck.jpg\n")
        .errIsEmpty();
    pupil.shell("pupil label_image --json" + photos + " | head -n 1").outIs("[ {\n").errIsEmpty();
    pupil.shell("{ pupil label_image" + photos + "; echo $? >status; } | head -n 1");
    assertThat(folder.resolve("status")).hasContent("5\n");
    if (Files.exists(Path.of("/dev/full"))) {
      pupil
          .shell("pupil label_image photos/bird/duck.jpg > /dev/full")
          .failedWith(5, "cannot write to standard output", "space")
          .inOneLine();
    }
  }

  @Test
  void noPhotoAtAllIsWrongUsage() {
    pupil.run("label_image").failedWith(2, "no photo", "--image").inOneLine();
    pupil.run("label_image", "--image=").failedWith(2, "--image").inOneLine();
    pupil.run("label_image", "").failedWith(2, "--image").inOneLine();
    pupil.run("label_image", "nowhere").failedWith(3, "nowhere: there is no such file").inOneLine();
  }
}
