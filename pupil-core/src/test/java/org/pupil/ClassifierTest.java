package org.pupil;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.labelling.LabelProbability;
import org.pupil.model.OnnxMetadata;
import org.pupil.model.TinyModel;
import org.pupil.onnx.proto.ModelProto;

class ClassifierTest {
  @TempDir static Path folder;
  private static Classifier classifier;

  @TempDir Path place;

  @BeforeAll
  static void open() {
    TinyModel.written(folder);
    classifier = Pupil.open(folder);
  }

  @AfterAll
  static void close() {
    classifier.close();
  }

  /** Of the size that the model takes, so that no pixel is changed on the way. */
  private static BufferedImage picture(int number) {
    BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 20; i++) {
      image.setRGB(i % 5, i / 5, (number * 7919 + i * 65537 + 12345) * 31 & 0xffffff);
    }
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "png", out)).isTrue();
    return out.toByteArray();
  }

  @Test
  void itKnowsItsLabelsAndHowItWasMade() {
    assertThat(classifier.labels()).isEqualTo(TinyModel.LABELS);
    assertThat(classifier.provenance()).isEqualTo(TinyModel.description().provenance());
    assertThat(classifier.evaluation()).isEmpty();
  }

  @Test
  void aPhotoHasOneAnswerWhereverItComesFrom() throws IOException {
    byte[] content = png(picture(3));
    Path file = Files.write(place.resolve("photo.png"), content);
    Answer answer = classifier.label(file);
    assertThat(answer.photo()).isEqualTo(file.toString());
    assertThat(answer.labels())
        .extracting(LabelProbability::label)
        .hasSameElementsAs(TinyModel.LABELS);
    assertThat(answer.best()).isEqualTo(answer.labels().get(0));
    assertThat(answer.probability(answer.best().label())).isEqualTo(answer.best().probability());
    assertThat(classifier.label(content).labels()).isEqualTo(answer.labels());
    assertThat(classifier.label(new ByteArrayInputStream(content)).labels())
        .isEqualTo(answer.labels());
    assertThat(classifier.label(picture(3)).labels()).isEqualTo(answer.labels());
    assertThat(classifier.label(picture(4)).labels()).isNotEqualTo(answer.labels());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE,
        BufferedImage.TYPE_INT_BGR
      })
  void anImageInMemoryMayBeOfAnyType(int type) {
    BufferedImage image = new BufferedImage(5, 4, type);
    image.createGraphics().drawImage(picture(1), 0, 0, null);
    assertThat(classifier.label(image).labels()).isEqualTo(classifier.label(picture(1)).labels());
  }

  /** Java thinks of grey images as linear light, and would make them brighter on the way to RGB. */
  @Test
  void aGreyImageKeepsItsNumbers() {
    BufferedImage grey = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage rgb = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 20; i++) {
      grey.getRaster().setSample(i % 5, i / 5, 0, 10 * i);
      rgb.setRGB(i % 5, i / 5, 10 * i * 0x10101);
    }
    assertThat(classifier.label(grey).labels()).isEqualTo(classifier.label(rgb).labels());
  }

  @Test
  void aPhotoThatCannotBeReadIsAnExceptionWithItsNameAndTheReason() throws IOException {
    Path text = Files.writeString(place.resolve("notes.jpg"), "not a photo");
    assertThatThrownBy(() -> classifier.label(text))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith(text + ": not an image");
    assertThatThrownBy(() -> classifier.label(place.resolve("none.jpg")))
        .isInstanceOf(PupilException.class)
        .hasMessage(place.resolve("none.jpg") + ": there is no such file");
    assertThatThrownBy(() -> classifier.label(new byte[0]))
        .isInstanceOf(PupilException.class)
        .hasMessage("the photo: the file is empty");
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    assertThatThrownBy(() -> classifier.label(closed))
        .isInstanceOf(PupilException.class)
        .hasMessage("the photo: it cannot be read (Stream closed)");
  }

  @Test
  void theBestIsPrintedAsTheCommandLinePrintsIt() {
    Answer answer =
        new Answer(
            "tom.jpg",
            List.of(new LabelProbability("dog", 0.9991627f)),
            Optional.empty(),
            Optional.empty());
    assertThat(answer.best()).hasToString("dog 0.9991627");
    assertThatThrownBy(() -> answer.probability("cat"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the model has no label cat");
  }

  @Test
  void manyThreadsMayAskAtOnce() throws Exception {
    List<List<LabelProbability>> alone = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      alone.add(classifier.label(picture(i)).labels());
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<LabelProbability>>> tasks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        BufferedImage image = picture(i);
        tasks.add(() -> classifier.label(image).labels());
      }
      List<List<LabelProbability>> together = new ArrayList<>();
      for (Future<List<LabelProbability>> answer : threads.invokeAll(tasks)) {
        together.add(answer.get());
      }
      assertThat(together).isEqualTo(alone);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void manyPhotosHaveTheirAnswersInOrderAndErrorsAmongThem() throws IOException {
    List<PhotoSource> photos = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      photos.add(PhotoSource.bytes("photo " + i, i == 7 ? new byte[0] : png(picture(i))));
    }
    List<Answer> answers = classifier.labelSources(photos.stream()).toList();
    assertThat(answers)
        .extracting(Answer::photo)
        .isEqualTo(photos.stream().map(PhotoSource::name).toList());
    for (int i = 0; i < 300; i++) {
      Answer answer = answers.get(i);
      if (i == 7) {
        assertThat(answer.error()).contains("the file is empty");
        assertThat(answer.labels()).isEmpty();
        assertThatThrownBy(answer::best)
            .isInstanceOf(PupilException.class)
            .hasMessage("photo 7: the file is empty");
      } else {
        assertThat(answer.best().probability())
            .isCloseTo(classifier.label(picture(i)).best().probability(), within(1e-6f));
      }
    }
  }

  @Test
  void photosAreReadWhileTheAnswersAre() throws IOException {
    Path photo = Files.write(place.resolve("photo.png"), png(picture(1)));
    try (Stream<Answer> answers = classifier.labelAll(Stream.generate(() -> photo))) {
      assertThat(answers.limit(3).map(Answer::photo)).containsOnly(photo.toString());
    }
  }

  @Test
  void whatIsSavedIsTheSameClassifier() throws IOException {
    Path saved = place.resolve("new/model");
    classifier.save(saved);
    try (var files = Files.list(saved)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("graph.pb", "labels.txt");
    }
    assertThat(saved.resolve("graph.pb")).hasSameBinaryContentAs(folder.resolve("graph.pb"));
    assertThat(saved.resolve("labels.txt")).hasContent("ant\nbee\nwasp 2\n");
    try (Classifier again = Pupil.open(saved.resolve("graph.pb"))) {
      assertThat(again.label(picture(2)).labels()).isEqualTo(classifier.label(picture(2)).labels());
    }
  }

  @Test
  void theScoresOfASavedClassifierGoWithIt() throws IOException {
    Path first = place.resolve("first");
    classifier.save(first);
    Files.writeString(first.resolve("evaluation.json"), "{\"photos\": 8}\n");
    Path second = place.resolve("second");
    try (Classifier opened = Pupil.open(first)) {
      opened.save(second);
    }
    assertThat(second.resolve("evaluation.json")).hasContent("{\"photos\": 8}\n");
    classifier.save(second);
    assertThat(second.resolve("evaluation.json")).doesNotExist();
  }

  @Test
  void anOnnxFileOfItIsForOtherPrograms(@TempDir Path place) throws IOException {
    Path file = place.resolve("new/insects.onnx");
    classifier.saveOnnx(file);

    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(OnnxMetadata.read(model, file).orElseThrow().labels())
        .isEqualTo(classifier.labels());
  }

  @Test
  void aFolderWithOtherThingsIsNotReplaced() throws IOException {
    Path mine = Files.writeString(place.resolve("diary.txt"), "dear diary");
    assertThatThrownBy(() -> classifier.save(place))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            place
                + " holds diary.txt, which is no part of a classifier: save it in a folder of its own");
    assertThat(mine).hasContent("dear diary");
    assertThat(place.resolve("graph.pb")).doesNotExist();
  }

  @Test
  void aModelMayComeFromAStream() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("graph.pb"));
        Classifier opened = Pupil.open(in)) {
      assertThat(opened.label(picture(2)).labels())
          .isEqualTo(classifier.label(picture(2)).labels());
    }
  }

  @Test
  void aModelMayComeFromTheClassPath() throws IOException {
    Path jar = place.resolve("program.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("models/graph.pb"));
      Files.copy(folder.resolve("graph.pb"), out);
    }
    try (URLClassLoader program = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        InputStream in = program.getResourceAsStream("models/graph.pb");
        Classifier opened = Pupil.open(in)) {
      assertThat(opened.labels()).isEqualTo(classifier.labels());
      assertThat(opened.label(picture(3)).labels())
          .isEqualTo(classifier.label(picture(3)).labels());
    }
  }

  @Test
  void whatIsNoModelIsSaidInOneLine() throws IOException {
    assertThatThrownBy(() -> Pupil.open(place))
        .isInstanceOf(PupilException.class)
        .hasMessage("there is no model " + place.resolve("graph.pb"));
    Path text = Files.writeString(place.resolve("text.pb"), "no graph");
    assertThatThrownBy(() -> Pupil.open(text))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith(text + " is not a TensorFlow graph");
    assertThatThrownBy(() -> Pupil.open(new ByteArrayInputStream(new byte[0])))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("the model is empty");
    byte[] cutOnnx = {0x08, 0x08, 0x12, 0x7f, 'p'};
    assertThatThrownBy(() -> Pupil.open(new ByteArrayInputStream(cutOnnx)))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("the model is not an ONNX model, or only a part of one");
    assertThatThrownBy(() -> Pupil.open(new ByteArrayInputStream("no graph".getBytes(UTF_8))))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("the model is not a TensorFlow graph");
    Path foreign =
        Files.write(place.resolve("foreign.pb"), TinyModel.backboneGraph().toByteArray());
    assertThatThrownBy(() -> Pupil.open(foreign))
        .isInstanceOf(PupilException.class)
        .hasMessage(foreign + " was not made by Pupil: it does not say what its labels are");
  }

  @Test
  void aClosedClassifierSaysSo() {
    Classifier closed = Pupil.open(folder);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.label(picture(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the classifier is closed");
  }

  @Test
  @Timeout(20)
  void whoClosesWaitsForNoSlowStreamAndNobodyWaitsForWhoCloses() throws Exception {
    Classifier one = Pupil.open(folder);
    PipedInputStream slow = new PipedInputStream();
    PipedOutputStream end = new PipedOutputStream(slow);
    CountDownLatch reading = new CountDownLatch(1);
    CompletableFuture<Answer> other =
        CompletableFuture.supplyAsync(() -> one.label(new Announced(slow, reading)));
    reading.await();
    one.close();
    assertThatThrownBy(() -> one.label(picture(1))).hasMessage("the classifier is closed");
    end.write(png(picture(1)));
    end.close();
    assertThatThrownBy(other::join).hasRootCauseMessage("the classifier is closed");
  }

  /** Says when somebody begins to read. */
  private static final class Announced extends FilterInputStream {
    private final CountDownLatch reading;

    Announced(InputStream in, CountDownLatch reading) {
      super(in);
      this.reading = reading;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      reading.countDown();
      return super.read(bytes, offset, length);
    }
  }

  /** A photo's source may label others, such as the pages of a book, while somebody closes. */
  @Test
  @Timeout(20)
  void aSourceMayLabelAnotherPhotoWhileSomebodyCloses() throws Exception {
    Classifier one = Pupil.open(folder);
    Thread closing = new Thread(one::close);
    PhotoSource asking =
        PhotoSource.of(
            "asking",
            () -> {
              closing.start();
              while (closing.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              return png(one.label(picture(1)).labels().isEmpty() ? picture(2) : picture(3));
            });
    assertThatThrownBy(() -> one.labelSources(Stream.of(asking)).toList())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the classifier is closed");
    closing.join();
  }

  @Test
  void nothingInsteadOfAPhotoIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> classifier.label((byte[]) null))
        .withMessage("photo");
    assertThatNullPointerException()
        .isThrownBy(() -> classifier.label((Path) null))
        .withMessage("photo");
    assertThatNullPointerException()
        .isThrownBy(() -> classifier.labelSources(Stream.of((PhotoSource) null)).toList())
        .withMessage("photo");
    assertThatNullPointerException()
        .isThrownBy(
            () -> classifier.labelSources(Stream.of(PhotoSource.of("x", () -> null))).toList())
        .withMessage("the content of x");
    assertThatNullPointerException().isThrownBy(() -> Pupil.open((Path) null)).withMessage("model");
  }
}
