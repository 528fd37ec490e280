package org.pupil;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.DatasetBuilder;
import org.pupil.model.Model;
import org.pupil.model.TinyModel;

/**
 * A classifier of cats and dogs knows that birds, flowers and fruits are something else. Part of
 * that is the photos' source and not their subject: these are cut out on white.
 */
class UnlikeTrainingTest {
  private static final int TRAINING = 240;
  private static final int HELD_OUT = 160;

  @TempDir Path folder;

  private static List<Path> photos(Path folder, long seed) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
      Collections.shuffle(found, new Random(seed));
      return found;
    }
  }

  @ParameterizedTest
  @CsvSource({"mobilenet_0.25_224", "efficientnet_lite0_288"})
  void aModelOfCatsAndDogsKnowsThemFromOtherThings(String architecture) throws IOException {
    List<Path> animals = photos(SharedFolder.get("data/cats-dogs"), 5);
    DatasetBuilder training = Dataset.builder();
    for (Path photo : animals.subList(0, TRAINING)) {
      String label = photo.getParent().getFileName().toString();
      training.add(label, photo.getFileName().toString(), Files.readAllBytes(photo));
    }
    List<Path> others = new ArrayList<>();
    for (String label : List.of("bird", "flower", "fruit")) {
      others.addAll(photos(SharedFolder.checkout().resolve("examples/photos").resolve(label), 5));
    }
    Path saved = folder.resolve("saved");
    try (Classifier classifier =
        Pupil.teaching(training.build())
            .architecture(architecture)
            .testingPercentage(5)
            .validationPercentage(5)
            .bottleneckDir(folder.resolve("cache"))
            .run()) {
      classifier.save(saved);
    }
    try (Classifier classifier = Pupil.open(saved)) {
      List<Answer> alike =
          classifier.labelAll(animals.subList(TRAINING, TRAINING + HELD_OUT).stream()).toList();
      List<Answer> unlike = classifier.labelAll(others.stream()).toList();

      assertThat(areaUnderTheCurve(alike, unlike)).isGreaterThan(0.95);
      assertThat(refused(alike)).isBetween(0.01, 0.11);
      assertThat(refused(unlike)).isGreaterThan(0.85);
    }
    assertThatItGrewByATenthAtMost(saved.resolve("graph.pb"));
  }

  /** How often a photo of the first kind is more familiar than one of the second. */
  private static double areaUnderTheCurve(List<Answer> alike, List<Answer> unlike) {
    double before = 0;
    for (Answer one : alike) {
      for (Answer other : unlike) {
        int order =
            Double.compare(one.familiarity().orElseThrow(), other.familiarity().orElseThrow());
        before += order > 0 ? 1 : order == 0 ? 0.5 : 0;
      }
    }
    return before / alike.size() / unlike.size();
  }

  private static double refused(List<Answer> answers) {
    return answers.stream().filter(Answer::unlikeTraining).count() / (double) answers.size();
  }

  private static void assertThatItGrewByATenthAtMost(Path graph) throws IOException {
    long size = Files.size(graph);
    long kept = TinyModel.graphOf(Model.read(graph)).getNode(1).getSerializedSize();
    assertThat(kept).isGreaterThan(size / 100);
    // The node with its tag and length, and what the description says of it.
    assertThat(kept + 400).isLessThan((size - kept - 400) / 10);
  }
}
