package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code pupil evaluate} says of models and of photos. */
class EvaluateIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void program() {
    pupil = PupilProgram.in(folder);
  }

  private String graph() {
    return "--graph=" + TAUGHT.graph();
  }

  private PupilRun judge(String... more) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", graph(), "--image_dir=new"));
    arguments.addAll(List.of(more));
    return pupil.run(arguments.toArray(Object[]::new));
  }

  private PupilRun crossValidate(String... more) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", Photos.QUICK, "--image_dir=new"));
    arguments.addAll(List.of(more));
    return pupil.run(arguments.toArray(Object[]::new));
  }

  /** Photos that the model was not trained from: the 13th and later ones of two labels. */
  private void newPhotos(int each) throws IOException {
    for (String label : List.of("bird", "fruit")) {
      Path to = Files.createDirectories(folder.resolve("new").resolve(label));
      for (Path photo : Photos.examples(label).subList(12, 12 + each)) {
        Files.copy(photo, to.resolve(photo.getFileName()));
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void assertIsScore(JsonNode score) {
    assertThat(names(score)).containsExactly("value", "low", "high");
    assertThat(score.get("low").asDouble()).isLessThanOrEqualTo(score.get("value").asDouble());
    assertThat(score.get("value").asDouble()).isLessThanOrEqualTo(score.get("high").asDouble());
  }

  @Test
  void aModelIsScoredAsItLabels() throws IOException {
    newPhotos(10);
    JsonNode json = JSON.readTree(judge("--json").succeeded().out());
    PupilRun labelled =
        pupil.run("label_image", graph(), "new/bird", "new/fruit", "--top_k=1").succeeded();
    List<String> lines = labelled.outLines();
    int right = 0;
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 3) {
      String label = Path.of(lines.get(i)).getName(1).toString();
      if (lines.get(i + 1).startsWith(label + " ")) {
        right++;
      } else {
        wrong.add(lines.get(i));
      }
    }
    assertThat(json.get("photos").asInt()).isEqualTo(20);
    assertThat(json.get("accuracy").get("value").asDouble()).isEqualTo(right / 20.0);
    assertThat(json.get("mistakes").findValuesAsText("image"))
        .containsExactlyInAnyOrderElementsOf(wrong);
    JsonNode counts = json.get("confusion_matrix").get("counts");
    assertThat(counts.get(0).get(0).asInt() + counts.get(1).get(1).asInt()).isEqualTo(right);
    assertThat(counts.get(0).get(0).isInt()).isTrue();
  }

  @Test
  void bottlenecksThatAreInTheCacheAreUsed() throws IOException {
    newPhotos(6);
    List<Path> photos = new ArrayList<>();
    for (String label : List.of("bird", "fruit")) {
      try (Stream<Path> files = Files.list(folder.resolve("new").resolve(label))) {
        photos.addAll(files.toList());
      }
    }
    FileTime longAgo = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
    for (Path photo : photos) {
      Files.setLastModifiedTime(photo, longAgo);
    }
    JsonNode first = JSON.readTree(judge("--json").succeeded().out());
    // Who would read the photos now could not.
    for (Path photo : photos) {
      Files.write(photo, new byte[(int) Files.size(photo)]);
      Files.setLastModifiedTime(photo, longAgo);
    }
    JsonNode again = JSON.readTree(judge("--json").succeeded().out());
    assertThat(again).isEqualTo(first);
    assertThat(again.get("photos").asInt()).isEqualTo(12);
  }

  /** That of a model whose backbone the program does not have, run as a whole. */
  @Test
  void aModelThatRunsAsAWholeSaysTheSame() throws IOException {
    newPhotos(10);
    JsonNode cached =
        JSON.readTree(judge("--json", "--group_near_duplicates=false").succeeded().out());
    // What a person says of the input is heard by the whole model only.
    JsonNode whole = JSON.readTree(judge("--json", "--alpha=white").succeeded().out());
    assertThat(whole.get("accuracy")).isEqualTo(cached.get("accuracy"));
    assertThat(whole.get("log_loss").get("value").asDouble())
        .isCloseTo(cached.get("log_loss").get("value").asDouble(), within(1e-4));
  }

  @Test
  void aGraphOfThePythonScriptsIsJudgedWithTheOriginalsFlags() throws IOException {
    Path run = Checkout.shared("data/retrain-run");
    Path photos = Checkout.shared("data/cats-dogs");
    for (String label : List.of("cat", "dog")) {
      Path to = Files.createDirectories(folder.resolve("new").resolve(label));
      try (Stream<Path> files = Files.list(photos.resolve(label))) {
        for (Path photo : files.sorted().limit(10).toList()) {
          Files.copy(photo, to.resolve(photo.getFileName()));
        }
      }
    }
    String graph = "--graph=" + run.resolve("retrained_graph.pb");
    pupil
        .run("evaluate", graph, "--image_dir=new")
        .failedWith(4, "retrained_graph.pb", "give --labels");
    JsonNode json =
        JSON.readTree(
            pupil
                .run(
                    "evaluate",
                    "--json",
                    graph,
                    "--image_dir=new",
                    "--labels=" + run.resolve("retrained_labels.txt"),
                    "--input_layer=input",
                    "--output_layer=final_result",
                    "--input_height=224",
                    "--input_width=224",
                    "--input_mean=127",
                    "--input_std=127")
                .succeeded()
                .out());
    assertThat(json.get("photos").asInt()).isEqualTo(20);
    assertThat(json.get("accuracy").get("value").asDouble()).isGreaterThan(0.7);
  }

  /** A smaller copy, as a JPEG file of another quality. */
  private static void copySmaller(Path photo, int percent) throws IOException {
    BufferedImage image = ImageIO.read(photo.toFile());
    int width = image.getWidth() * percent / 100;
    int height = image.getHeight() * percent / 100;
    BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = smaller.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    ImageIO.write(
        smaller, "jpeg", photo.resolveSibling(percent + "-" + photo.getFileName()).toFile());
  }

  private static double width(JsonNode score) {
    return score.get("high").asDouble() - score.get("low").asDouble();
  }

  @Test
  void copiesOfAPhotoMakeNoIntervalOfAModelNarrower() throws IOException {
    newPhotos(6);
    double of12 = width(JSON.readTree(judge("--json").succeeded().out()).get("accuracy"));
    for (String label : List.of("bird", "fruit")) {
      for (Path photo : Photos.examples(label).subList(12, 18)) {
        Path copied = folder.resolve("new").resolve(label).resolve(photo.getFileName());
        copySmaller(copied, 80);
        copySmaller(copied, 65);
      }
    }
    PupilRun grouped = judge("--json").succeeded();
    grouped.errContains("36 photos are nearly the same as others (");
    assertThat(width(JSON.readTree(grouped.out()).get("accuracy"))).isGreaterThan(0.9 * of12);
    PupilRun apart = judge("--json", "--group_near_duplicates=false").succeeded();
    assertThat(apart.err()).doesNotContain("nearly the same");
    assertThat(width(JSON.readTree(apart.out()).get("accuracy"))).isLessThan(0.6 * of12);
    judge("--alpha=white").succeeded().errContains("that are nearly the same were not looked for");
  }

  @Test
  void theJsonHasTheFieldsThatScriptsRelyOn() throws IOException {
    newPhotos(8);
    JsonNode json = JSON.readTree(judge("--json").succeeded().out());
    assertThat(names(json).subList(0, 9))
        .containsExactly(
            "photos",
            "accuracy",
            "balanced_accuracy",
            "log_loss",
            "brier_score",
            "expected_calibration_error",
            "labels",
            "confusion_matrix",
            "mistakes");
    for (String score :
        List.of("accuracy", "balanced_accuracy", "log_loss", "brier_score", "macro_f1")) {
      assertIsScore(json.get(score));
    }
    assertThat(json.get("labels")).hasSize(2);
    for (JsonNode label : json.get("labels")) {
      assertThat(names(label)).containsExactly("label", "photos", "precision", "recall", "f1");
      assertIsScore(label.get("recall"));
    }
    assertThat(names(json.get("confusion_matrix"))).containsExactly("labels", "counts");
    assertThat(json.has("cross_validation")).isFalse();
  }

  @Test
  void withoutAModelAllPhotosAreCrossValidated() throws IOException {
    newPhotos(12);
    PupilRun text = crossValidate().succeeded().talksToPeople();
    assertThat(text.out())
        .startsWith("Cross-validation of 24 photos: each was judged by final layers that had\n")
        .contains(
            "(5 folds, dealt 5 times; counts are means)",
            "\nAccuracy  ",
            "Would more photos help?");
    assertThat(text.outLines())
        .filteredOn(line -> !line.contains("/"))
        .allMatch(line -> line.length() <= 80);
    JsonNode json = JSON.readTree(crossValidate("--json").succeeded().out());
    assertThat(json.get("photos").asInt()).isEqualTo(24);
    assertThat(json.get("cross_validation").get("repeats").asInt()).isEqualTo(5);
    assertIsScore(json.get("learning_curve").get("accuracy_with_twice_as_many"));
    assertThat(json.get("learning_curve").get("points").size()).isGreaterThanOrEqualTo(3);
    // The bottlenecks are there already.
    crossValidate("--json").succeeded().errContains("0 computed now, 24 from the cache");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void aFewPhotosAreEnoughToCrossValidate(int each) throws IOException {
    newPhotos(each);
    JsonNode json = JSON.readTree(crossValidate("--json").succeeded().out());
    assertThat(json.get("photos").asInt()).isEqualTo(2 * each);
    JsonNode accuracy = json.get("accuracy");
    assertThat(accuracy.get("high").asDouble() - accuracy.get("low").asDouble()).isGreaterThan(0.2);
    crossValidate().succeeded();
  }

  /** By the 1,001 outputs of a backbone: which label is which does not matter. */
  @Test
  void aThousandLabelsAreJudgedInATextAndAReportOfBearableSize() throws IOException {
    Path backbone = Checkout.shared("models/mobilenet_v1_0.25_224/mobilenet_v1_0.25_224_frozen.pb");
    List<String> labels = new ArrayList<>();
    BufferedImage tiny = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int label = 0; label < 1001; label++) {
      labels.add("label %04d of a thousand".formatted(label));
      Path to = Files.createDirectories(folder.resolve("new").resolve(labels.get(label)));
      if (label > 0) {
        tiny.setRGB(label % 8, label / 8 % 8, label * 7919);
        ImageIO.write(tiny, "png", to.resolve("photo.png").toFile());
      }
    }
    Files.delete(folder.resolve("new").resolve(labels.get(0)));
    Files.write(folder.resolve("labels.txt"), labels);
    List<String> flags =
        List.of(
            "evaluate",
            "--graph=" + backbone,
            "--image_dir=new",
            "--labels=labels.txt",
            "--input_layer=input",
            "--output_layer=MobilenetV1/Predictions/Softmax",
            "--input_height=32",
            "--input_width=32",
            "--report=report.html");
    PupilRun text = pupil.run(flags.toArray()).succeeded();
    text.outContains("The model was judged by 1000 photos", "(and 951 more; --json has them all)");
    assertThat(text.outLines())
        .filteredOn(line -> !line.contains("/") && !line.contains(" for label "))
        .allMatch(line -> line.length() <= 80);
    assertThat(Files.size(folder.resolve("report.html"))).isLessThan(5_000_000);
    List<Object> json = new ArrayList<>(flags);
    json.add("--json");
    JsonNode object = JSON.readTree(pupil.run(json.toArray()).succeeded().out());
    assertThat(object.get("labels")).hasSize(1001);
    for (String score : List.of("balanced_accuracy", "macro_precision", "macro_f1")) {
      assertIsScore(object.get(score));
    }
  }

  @Test
  void onePhotoALabelCannotBeHeldOut() throws IOException {
    newPhotos(1);
    crossValidate()
        .failedWith(3, "--image_dir: no label has two photos that do not belong together")
        .outIsEmpty();
  }

  @Test
  void labelsThatTheModelDoesNotKnowAreLeftOutAndTold() throws IOException {
    newPhotos(6);
    Photos.copy("flower", 3, folder.resolve("new"));
    PupilRun run = judge("--json").succeeded();
    run.errContains("the model does not know the label 'flower': its photos (3) are left out");
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.get("photos").asInt()).isEqualTo(12);
    assertThat(json.get("unknown_labels").get(0).asText()).isEqualTo("flower");
    judge().succeeded().outContains("Not judged: 3 photos of labels that the model does not know");
    judge("--assert_accuracy_at_least=0")
        .exitedWith(7)
        .endsWithError("the accuracy is of 12 photos only, as the model does not know the labels");
  }

  @Test
  void aLabelThatDiffersOnlyInCaseIsPerhapsMeant() throws IOException {
    newPhotos(4);
    Files.move(folder.resolve("new/fruit"), folder.resolve("new/moved"));
    Files.move(folder.resolve("new/moved"), folder.resolve("new/Fruit"));
    judge()
        .succeeded()
        .errContains("its photos (4) are left out; it differs from the model's 'fruit' only in");
  }

  @Test
  void aFolderWithoutAnyOfTheModelsLabelsCannotJudgeIt() {
    Photos.copy("flower", 3, folder.resolve("new"));
    Photos.copy("mammal", 3, folder.resolve("new"));
    judge()
        .failedWith(
            3, "the model knows none of its labels (flower, mammal), but bird, fruit: name the")
        .inOneLine();
  }

  @Test
  void oneLabelIsEnoughToJudgeAModel() throws IOException {
    newPhotos(6);
    TestFiles.deleteTree(folder.resolve("new/fruit"));
    PupilRun run = judge("--json").succeeded();
    run.errContains("no photos of fruit, which the model knows too: nothing is said of them");
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.get("photos").asInt()).isEqualTo(6);
    assertThat(json.get("labels").get(1).get("photos").asInt()).isZero();
    assertThat(json.get("labels").get(1).get("recall").get("value").isNull()).isTrue();
    assertThat(json.get("roc_areas").get(0).get("area").isNull()).isTrue();
    judge().succeeded();
    crossValidate().failedWith(3, "only one label, 'bird', in new");
  }

  @Test
  void unreadablePhotosAreListedAndNotScored() throws IOException {
    newPhotos(6);
    TestFiles.write(folder.resolve("new/bird/text.jpg"), "a letter");
    TestFiles.write(folder.resolve("new/bird/half.jpg"), Photos.halfAJpeg());
    for (PupilRun run : List.of(judge("--json"), crossValidate("--json"))) {
      run.succeeded().errContains("new/bird/text.jpg is left out: ", "new/bird/half.jpg is left");
      JsonNode json = JSON.readTree(run.out());
      assertThat(json.get("photos").asInt()).isEqualTo(12);
      assertThat(json.get("unreadable").findValuesAsText("image"))
          .containsExactlyInAnyOrder("new/bird/text.jpg", "new/bird/half.jpg");
    }
    judge().succeeded().outContains("Not judged: 2 photos that could not be read");
    judge("--strict").exitedWith(3).endsWithError("--strict: new/bird/").outIsEmpty();
    crossValidate("--strict").exitedWith(3).endsWithError("--strict: new/bird/").outIsEmpty();
  }

  @Test
  void withoutAReadablePhotoThereIsNothingToSay() {
    byte[] letter = "a letter".getBytes(StandardCharsets.UTF_8);
    for (String name : List.of("bird/1.jpg", "bird/2.jpg", "fruit/1.jpg")) {
      TestFiles.write(folder.resolve("new").resolve(name), letter);
    }
    judge().exitedWith(3).endsWithError("none of 3 photos can be read, such as new/bird/1.jpg");
    crossValidate().exitedWith(3).endsWithError("none of 3 photos can be read, such as new/bird");
  }

  @Test
  void scriptsCanAssertAnAccuracy() throws IOException {
    newPhotos(6);
    judge("--assert_accuracy_at_least=0.3").succeeded();
    judge("--assert_accuracy_at_least=0", "--lower_bound").succeeded();
    judge("--assert_accuracy_at_least=1", "--lower_bound")
        .exitedWith(7)
        .endsWithError("the low end of the accuracy's interval is 0.", "below --assert_accuracy")
        .outContains("Accuracy ");
    judge("--assert_accuracy_at_least=1.5").failedWith(2, "must be 0 to 1, was 1.5");
    judge("--lower_bound").failedWith(2, "--lower_bound goes with --assert_accuracy_at_least");
  }

  @Test
  void aModelIsComparedWithAnother() throws IOException {
    newPhotos(6);
    String same = "--against=" + TAUGHT.graph();
    judge(same).succeeded().outContains("They are right and wrong on the same photos.");
    JsonNode against = JSON.readTree(judge(same, "--json").succeeded().out()).get("against");
    assertThat(against.get("photos").asInt()).isEqualTo(12);
    assertThat(against.get("p_value").asDouble()).isEqualTo(1);
    assertThat(against.get("both_right").asInt() + against.get("both_wrong").asInt()).isEqualTo(12);
    crossValidate(same).failedWith(2, "--against compares with a model: name it with --graph");
  }

  @Test
  void photosThatMayHaveTaughtTheModelAreNoTest() {
    pupil
        .run("evaluate", graph(), "--image_dir=" + TAUGHT.photos())
        .succeeded()
        .errContains("if they were these, it has seen most of them, and the figures are too good");
  }

  @Test
  void flagsOfAnotherKindOfEvaluationAreRefused() throws IOException {
    newPhotos(2);
    judge(Photos.QUICK).failedWith(2, "--architecture chooses a network, but the model of --graph");
    crossValidate("--output_layer=x").failedWith(2, "--output_layer says something of a model");
    pupil.run("evaluate", graph()).failedWith(2, "--image_dir is required");
    pupil.run("evaluate", "new").failedWith(2, "type ", "evaluate --image_dir new");
    pupil
        .run("evaluate", "--graph=none.pb", "--image_dir=new")
        .failedWith(4, "there is no graph none.pb");
  }
}
