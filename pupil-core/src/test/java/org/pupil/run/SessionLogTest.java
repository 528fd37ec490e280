package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.images.Distortions;
import org.pupil.images.ThumbnailMaker;
import org.pupil.log.EventReader;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.proto.training.TrainingSetup;
import org.pupil.log.record.TrainingRecords;
import org.pupil.log.record.TrainingTags;
import org.pupil.training.Optimizer;

/** What a training run writes for the board, read back. */
class SessionLogTest {
  private static final int SIDE = ThumbnailMaker.SIDE;

  @TempDir Path folder;
  private TestRun testRun;

  @BeforeEach
  void paint() {
    testRun = new TestRun(folder);
  }

  /** Photos that nothing can tell from those of the other label, so that some are mistaken. */
  private void paintLookalikes() {
    for (int i = 0; i < 20; i++) {
      testRun.picture("apple", "odd" + i + ".png", 0x3040b0 + i);
      testRun.picture("sky", "odd" + i + ".png", 0xa02010 + i);
    }
  }

  private Optional<Summary.Value> value(String tag) throws IOException {
    List<Summary.Value> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(testRun.summaries)) {
      Path file =
          files.filter(path -> path.toString().endsWith(".pupil")).findFirst().orElseThrow();
      try (EventReader reader = EventReader.of(file)) {
        while (reader.next()) {
          Event event = reader.event().orElseThrow();
          event.getSummary().getValueList().stream()
              .filter(value -> value.getTag().equals(tag))
              .forEach(found::add);
        }
      }
    }
    return found.stream().findFirst();
  }

  private TrainingSetup setup() throws IOException {
    return TrainingRecords.setup(value(TrainingTags.SETUP).orElseThrow()).orElseThrow();
  }

  private TrainingOutcome outcome() throws IOException {
    return TrainingRecords.outcome(value(TrainingTags.OUTCOME).orElseThrow()).orElseThrow();
  }

  private String text(String tag) throws IOException {
    return value(tag).orElseThrow().getTensor().getStringVal(0).toStringUtf8();
  }

  private BufferedImage image(String tag, int sample) throws IOException {
    byte[] file = value(tag).orElseThrow().getTensor().getStringVal(2 + sample).toByteArray();
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  @Test
  void theBeginningSaysHowManyStepsAndPhotosThereAre() throws IOException {
    testRun.inSteps(12).run();
    TrainingSetup setup = setup();
    assertThat(setup.getSteps()).isEqualTo(12);
    assertThat(setup.getOptimizer()).isEqualTo("gradient_descent");
    assertThat(setup.getEngine()).isEqualTo("onnx");
    assertThat(setup.getLabels(1)).isEqualTo("leaf");
    for (int label = 0; label < 3; label++) {
      Split split = testRun.heard.splits.get(0);
      assertThat(setup.getTrainingPhotos(label)).isEqualTo(split.count(SplitSet.TRAINING, label));
      assertThat(setup.getValidationPhotos(label))
          .isEqualTo(split.count(SplitSet.VALIDATION, label));
      assertThat(setup.getTestingPhotos(label)).isEqualTo(split.count(SplitSet.TESTING, label));
    }
    assertThat(text(TrainingTags.SETUP))
        .contains("the optimizer **gradient_descent** in 12 steps")
        .contains(
            "| leaf | %d | %d | %d |"
                .formatted(
                    setup.getTrainingPhotos(1),
                    setup.getValidationPhotos(1),
                    setup.getTestingPhotos(1)));
    new TestRun(folder).training(Optimizer.AUTO, 0.1, 12, 0).run();
    assertThat(setup().hasSteps()).isFalse();
    assertThat(text(TrainingTags.SETUP)).contains("until nothing changes any more");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20})
  void whatDistortionsDoToNinePhotosIsShown(int variants) throws IOException {
    testRun.distortions = new Distortions(false, 0, 0, 80, 0, 0, 0, variants);
    testRun.inSteps(3).run();
    int columns = 1 + (variants == 3 ? 3 : 8);
    BufferedImage picture = image(TrainingTags.DISTORTIONS, 0);
    assertThat(picture.getWidth()).isEqualTo(columns * 98 - 2);
    assertThat(picture.getHeight()).isEqualTo(9 * 98 - 2);
    List<Photo> training = testRun.heard.splits.get(0).photos(SplitSet.TRAINING);
    for (int row = 0; row < 9; row++) {
      // On the left is the photo as it is; the photos are from all over the set.
      Photo photo = training.get((2 * row + 1) * training.size() / 18);
      BufferedImage file = ImageIO.read(testRun.photos.resolve(photo.name()).toFile());
      assertNear(picture.getRGB(48, row * 98 + 48), file.getRGB(4, 3));
    }
    Set<Integer> greens = new HashSet<>();
    for (int column = 0; column < columns; column++) {
      greens.add((picture.getRGB(column * 98 + 48, 4 * 98 + 48) >> 8 & 0xFF) / 4);
    }
    assertThat(greens).hasSizeGreaterThan(columns / 2);
  }

  @Test
  void withoutDistortionsThereIsNoPictureOfThem() throws IOException {
    testRun.inSteps(3).run();
    assertThat(value(TrainingTags.DISTORTIONS)).isEmpty();
  }

  @Test
  void theEndSaysTheScoresAndTheMistakesOfWhichItWasSurest() throws IOException {
    paintLookalikes();
    RunResult report = testRun.inSteps(12).run();
    TrainingOutcome outcome = outcome();

    JsonNode file = new JsonMapper().readTree(testRun.out.resolve("evaluation.json").toFile());
    for (int truth = 0; truth < 3; truth++) {
      for (int predicted = 0; predicted < 3; predicted++) {
        assertThat(outcome.getConfusion(truth).getCounts(predicted))
            .isEqualTo(file.path("confusion").path(truth).path(predicted).asInt());
      }
    }
    assertThat(outcome.getAccuracy()).isEqualTo(file.path("accuracy").asDouble());
    assertThat(outcome.getSteps()).isEqualTo(12);
    int wrong = report.test().misclassified().size();
    assertThat(wrong).isGreaterThan(2);
    assertThat(outcome.getMistakesCount()).isEqualTo(Math.min(wrong, 16));
    float last = 1;
    for (int i = 0; i < outcome.getMistakesCount(); i++) {
      org.pupil.log.proto.training.Mistake mistake = outcome.getMistakes(i);
      assertThat(mistake.getProbability()).isLessThanOrEqualTo(last);
      last = mistake.getProbability();
      assertThat(mistake.getPhoto()).startsWith(mistake.getLabel() + "/");
      assertThat(mistake.getPredicted()).isNotEqualTo(mistake.getLabel());
      assertThat(mistake.getImage()).isEqualTo(i);
      // Its thumbnail has the colour of the photo.
      BufferedImage photo = ImageIO.read(testRun.photos.resolve(mistake.getPhoto()).toFile());
      assertNear(image("pupil/misclassified", i).getRGB(SIDE / 2, SIDE / 2), photo.getRGB(4, 3));
    }
    Summary.Value images = value("pupil/misclassified").orElseThrow();
    assertThat(images.getMetadata().getSummaryDescription())
        .contains("1. " + outcome.getMistakes(0).getPhoto() + ": is ");
  }

  private static void assertNear(int rgb, int wanted) {
    for (int bits = 0; bits < 24; bits += 8) {
      assertThat(Math.abs((rgb >> bits & 0xFF) - (wanted >> bits & 0xFF))).isLessThan(14);
    }
  }

  @Test
  void theSettingsAreThoseByWhichTheResultMayDiffer() throws IOException {
    testRun.options.putAll(
        Map.of("board", "true", "run_name", "slow", "threads", "2", "input_mean", "3"));
    testRun.inSteps(2).run();
    String settings =
        value("pupil/config").orElseThrow().getTensor().getStringVal(0).toStringUtf8();
    assertThat(settings.lines().skip(2).map(line -> line.replaceAll("\\| (\\w+) .*", "$1")))
        .containsExactly(
            "learning_rate",
            "how_many_training_steps",
            "train_batch_size",
            "optimizer",
            "architecture",
            "seed",
            "image_dir",
            "input_mean");
  }

  @Test
  void theConfusionMatrixIsAPicture() throws IOException {
    testRun.run();
    Summary.Value value = value("pupil/confusion_matrix").orElseThrow();
    BufferedImage image = image("pupil/confusion_matrix", 0);
    assertThat(value.getTensor().getStringVal(0).toStringUtf8()).isEqualTo("" + image.getWidth());
    assertThat(value.getTensor().getStringVal(1).toStringUtf8()).isEqualTo("" + image.getHeight());
  }

  @Test
  void withoutTestPhotosThereAreNoPictures() throws IOException {
    testRun.split = TestRun.apart(0, 10, 0);
    testRun.run();
    assertThat(value("pupil/confusion_matrix")).isEmpty();
    assertThat(outcome().getAccuracy()).isNaN();
    assertThat(outcome().getMistakesList()).isEmpty();
    assertThat(text(TrainingTags.OUTCOME)).contains("There are no test photos");
  }

  @Test
  void theProjectorShowsEveryPhotoWithItsThumbnailAndWhatItWasTakenFor() throws IOException {
    RunResult report = testRun.inSteps(12).run();
    List<Photo> photos = testRun.heard.bottlenecks.photos();
    List<String> table = Files.readAllLines(testRun.summaries.resolve("metadata.tsv"));
    BufferedImage sprite = ImageIO.read(testRun.summaries.resolve("sprite.jpg").toFile());

    assertThat(Files.readString(testRun.summaries.resolve("projector_config.pbtxt")))
        .contains("tensor_shape: 52\n  tensor_shape: 3\n");
    assertThat(testRun.summaries.resolve("bottlenecks.pupil.f32")).hasSize(52 * 3 * 4);
    assertThat(table).hasSize(53);
    for (int i = 0; i < 52; i++) {
      String[] cells = table.get(i + 1).split("\t", -1);
      Photo photo = photos.get(i);
      assertThat(cells[1]).isEqualTo(photo.name()).startsWith(cells[0] + "/");
      assertThat(cells[2]).isEqualTo(testRun.heard.splits.get(0).setOf(i).lowerCaseName());
      float[] probabilities =
          report.result().layer().probabilities(testRun.heard.bottlenecks.bottlenecks().row(i));
      int predicted = List.of("apple", "leaf", "sky").indexOf(cells[3]);
      assertThat(Float.parseFloat(cells[4])).isEqualTo(probabilities[predicted]);
      if (photo.label() == 2) {
        continue; // the colours of these pictures change within them
      }
      assertNear(
          sprite.getRGB(i % 8 * SIDE + SIDE / 2, i / 8 * SIDE + SIDE / 2),
          ImageIO.read(new File(photo.source().name())).getRGB(4, 3));
    }
  }

  @Test
  void aWarmStartReadsNoPhotoForItsThumbnails() throws IOException {
    testRun.inSteps(2).run();
    byte[] sprite = Files.readAllBytes(testRun.summaries.resolve("sprite.jpg"));
    Files.delete(testRun.summaries.resolve("sprite.jpg"));
    TestRun again = new TestRun(folder);
    again.inSteps(2);
    again.heard.whenBottlenecksAreReady =
        () ->
            again
                .heard
                .bottlenecks
                .photos()
                .forEach(photo -> new File(photo.source().name()).delete());
    again.run();
    assertThat(testRun.summaries.resolve("sprite.jpg")).hasBinaryContent(sprite);
  }

  @Test
  void filesOfOthersStayAndAreTold() throws IOException {
    Files.createDirectories(testRun.summaries);
    Path others = testRun.summaries.resolve("projector_config.pbtxt");
    Files.writeString(others, "embeddings { tensor_path: 'mine.tsv' }");
    testRun.run();
    assertThat(testRun.heard.projectorLeftOut).containsExactly(others);
    assertThat(others).hasContent("embeddings { tensor_path: 'mine.tsv' }");
    assertThat(testRun.summaries.resolve("sprite.jpg")).doesNotExist();
  }
}
