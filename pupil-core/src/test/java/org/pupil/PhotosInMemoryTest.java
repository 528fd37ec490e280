package org.pupil;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.DatasetBuilder;
import org.pupil.dataset.PhotoSource;
import org.pupil.evaluation.Evaluation;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.model.Model;
import org.pupil.model.TinyModel;

/** The same photos give the same classifier, from a folder or from memory. */
class PhotosInMemoryTest {
  private static final String QUICK = "mobilenet_0.25_128";

  /** The example photos of the checkout. */
  private static final Path EXAMPLES = SharedFolder.checkout().resolve("examples/photos");

  @TempDir Path place;

  private Teaching quick(Teaching teaching) {
    return teaching.architecture(QUICK).bottleneckDir(place.resolve("cache"));
  }

  private static List<Path> photosBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
      Collections.shuffle(found, new Random(1));
      return found;
    }
  }

  private static Dataset inMemory(Path folder) throws IOException {
    DatasetBuilder builder = Dataset.builder();
    for (Path file : photosBelow(folder)) {
      String label = folder.relativize(file).getName(0).toString();
      builder.add(label, file.getFileName().toString(), Files.readAllBytes(file));
    }
    return builder.build();
  }

  /** All of the graph but the text that says when and with which settings it was made. */
  private List<NodeDef> nodes(Classifier classifier, String name) {
    classifier.save(place.resolve(name));
    GraphDef graph = TinyModel.graphOf(Model.read(place.resolve(name).resolve("graph.pb")));
    return graph.getNodeList().subList(1, graph.getNodeCount());
  }

  private static void assertSame(Classifier one, Classifier other, Path photo) {
    assertThat(one.labels()).isEqualTo(other.labels());
    assertThat(one.label(photo).labels()).isEqualTo(other.label(photo).labels());
    assertThat(one.provenance().data()).isEqualTo(other.provenance().data());
    assertThat(one.provenance().test()).isEqualTo(other.provenance().test());
    assertThat(one.evaluation().orElseThrow().misclassified())
        .isEqualTo(other.evaluation().orElseThrow().misclassified());
  }

  @Test
  void theExamplePhotosGiveTheSameModelBitForBit() throws IOException {
    Path duck = EXAMPLES.resolve("bird/duck.jpg");
    try (Classifier folder = quick(Pupil.teaching(EXAMPLES)).run();
        // In a cache of its own, so that the bottlenecks are computed and not found.
        Classifier memory =
            quick(Pupil.teaching(inMemory(EXAMPLES))).bottleneckDir(place.resolve("other")).run()) {
      assertSame(memory, folder, duck);
      assertThat(nodes(memory, "memory")).isEqualTo(nodes(folder, "folder"));
      assertThat(memory.provenance().options()).doesNotContainKey("image_dir");
    }
  }

  @Test
  void catsAndDogsGiveTheSameModelBitForBitInStepsAndDistorted() throws IOException {
    Path all = SharedFolder.get("data/cats-dogs");
    Path some = place.resolve("some");
    for (String label : List.of("cat", "dog")) {
      Files.createDirectories(some.resolve(label));
      try (Stream<Path> files = Files.list(all.resolve(label))) {
        for (Path file : files.sorted().limit(40).toList()) {
          Files.copy(file, some.resolve(label).resolve(file.getFileName()));
        }
      }
    }
    Path photo = photosBelow(some).get(0);
    try (Classifier folder = distorted(Pupil.teaching(some)).run();
        Classifier memory = distorted(Pupil.teaching(inMemory(some))).run()) {
      assertSame(memory, folder, photo);
      assertThat(nodes(memory, "memory")).isEqualTo(nodes(folder, "folder"));
    }
  }

  private Teaching distorted(Teaching teaching) {
    return quick(teaching)
        .howManyTrainingSteps(3)
        .trainBatchSize(10)
        .flipLeftRight(true)
        .randomCrop(20);
  }

  private static BufferedImage picture(int number) {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 63; i++) {
      int colour = (number % 2 == 0 ? 0x20a030 : 0x3040b0) + number * 0x010101 + i;
      image.setRGB(i % 9, i / 9, colour);
    }
    return image;
  }

  private Dataset pictures() {
    DatasetBuilder builder = Dataset.builder();
    for (int i = 0; i < 40; i++) {
      builder.add(i % 2 == 0 ? "leaf" : "sky", picture(i));
    }
    return builder.build();
  }

  @Test
  void imagesInMemoryTeach() {
    try (Classifier classifier = quick(Pupil.teaching(pictures())).run()) {
      assertThat(classifier.label(picture(50)).best().label()).isEqualTo("leaf");
      assertThat(classifier.label(picture(51)).best().label()).isEqualTo("sky");
    }
  }

  @Test
  void aRunWithLogsShowsPhotosFromMemoryToo() throws IOException {
    DatasetBuilder builder = Dataset.builder();
    for (int i = 0; i < 40; i++) {
      byte[] png = PhotoSource.image("", picture(i)).read();
      // Some under the wrong label, so that there are mistakes to show.
      builder.add(i % 2 == 0 || i % 7 == 0 ? "leaf" : "sky", new ByteArrayInputStream(png));
    }
    Path folder = place.resolve("kept");
    try (Classifier classifier =
        quick(Pupil.teaching(builder.build())).testingPercentage(50).folder(folder).run()) {
      Evaluation.Misclassified wrong = classifier.evaluation().orElseThrow().misclassified().get(0);
      assertThat(wrong.truth()).isNotEqualTo(wrong.predicted());
    }
    Path run = folder.resolve("runs/run-1");
    assertThat(ImageIO.read(Files.newInputStream(file(run, "sprite.jpg")))).isNotNull();
    assertThat(Files.readString(file(run, "metadata.tsv"))).contains("leaf/", "sky/");
  }

  private static Path file(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  @Test
  void aPhotoInMemoryThatIsNoneIsNamedAndLeftOut() {
    List<String> problems = new ArrayList<>();
    DatasetBuilder builder = Dataset.builder().add("sky", "night.jpg", new byte[] {1, 2, 3});
    for (int i = 0; i < 40; i++) {
      builder.add(i % 2 == 0 ? "leaf" : "sky", picture(i));
    }
    TeachingListener listener =
        new TeachingListener() {
          @Override
          public void problem(String message) {
            problems.add(message);
          }
        };
    try (Classifier classifier = quick(Pupil.teaching(builder.build())).listener(listener).run()) {
      assertThat(classifier.labels()).containsExactly("leaf", "sky");
    }
    assertThat(problems).anyMatch(problem -> problem.startsWith("sky/night.jpg: not an image"));
  }
}
