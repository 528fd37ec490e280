package org.pupil.labelling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.dataset.PhotoSource;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.familiarity.Familiarity;
import org.pupil.images.Alpha;
import org.pupil.model.KnownPhotos;
import org.pupil.model.Model;
import org.pupil.model.TinyModel;
import org.pupil.training.FinalLayer;

class LabellerTest {
  @TempDir static Path folder;
  private static LabellingGraph model;

  @BeforeAll
  static void teach() {
    model = read(TinyModel.written(folder));
  }

  private static LabellingGraph read(Path graph) {
    return LabellingGraph.of(Model.read(graph), Overrides.NONE);
  }

  /** Of the size that the model takes, so that no pixel is changed on the way. */
  private static byte[] picture(int number) {
    return Pictures.png(5, 4, (x, y) -> pixel(number, x, y));
  }

  private static int pixel(int number, int x, int y) {
    return (number * 7919 + x * 271 + y * 65537 + 12345) * 31 & 0xffffff;
  }

  private static double[] expected(int number) {
    float[] unit = new float[4 * 5 * 3];
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 5; x++) {
        for (int colour = 0; colour < 3; colour++) {
          unit[(y * 5 + x) * 3 + colour] = (pixel(number, x, y) >> (16 - 8 * colour) & 0xff) / 255f;
        }
      }
    }
    return TinyModel.probabilities(unit);
  }

  private static PhotoSource photo(int number) {
    return PhotoSource.of("photo " + number, () -> picture(number));
  }

  private static List<LabelledPhoto> label(
      LabellingGraph model, int threads, List<PhotoSource> photos) {
    List<LabelledPhoto> answers = new ArrayList<>();
    try (Labeller labeller = Labeller.open(model, Engines.auto(), threads, photos.size())) {
      labeller.label(photos, answers::add);
    }
    return answers;
  }

  @Test
  void theAnswerIsWhatThePlainFormulaGivesTheHighestFirst() {
    for (LabelledPhoto answer :
        label(model, 1, IntStream.range(0, 20).mapToObj(LabellerTest::photo).toList())) {
      double[] expected = expected(Integer.parseInt(answer.source().name().substring(6)));
      assertThat(answer.error()).isEmpty();
      assertThat(answer.labels()).hasSize(3);
      for (LabelProbability label : answer.labels()) {
        assertThat((double) label.probability())
            .isCloseTo(expected[TinyModel.LABELS.indexOf(label.label())], within(1e-6));
      }
      assertThat(answer.labels())
          .isSortedAccordingTo((a, b) -> Float.compare(b.probability(), a.probability()));
    }
  }

  /** A model that knows reddish and bluish photos. */
  private static Path knowing(Path place) {
    Familiarity known = KnownPhotos.familiarity();
    Path graph = place.resolve("knowing.pb");
    Model.of(
            TinyModel.backbone(place),
            TinyModel.layer(),
            TinyModel.description(),
            Optional.of(known))
        .writeGraph(graph);
    return graph;
  }

  private static PhotoSource plain(int rgb) {
    return PhotoSource.of(Integer.toHexString(rgb), () -> Pictures.png(5, 4, (x, y) -> rgb));
  }

  @Test
  void whatTheTrainingPhotosLookLikeIsToldFromTheSameRun(@TempDir Path place) throws Exception {
    LabellingGraph knows = read(knowing(place));
    List<PhotoSource> photos = List.of(plain(0xff9090), plain(0x9090ff), plain(0x90ff90), photo(3));
    List<LabelledPhoto> answers = label(knows, 1, photos);
    List<LabelledPhoto> without = label(model, 1, photos);

    assertThat(answers)
        .extracting(answer -> answer.trust().orElseThrow().unlikeTraining())
        .startsWith(false, false, true);
    // The features 135 / 64, 24 / 64 and 24 / 64, against 0.8, 0.6 and 0.
    assertThat(answers.get(0).trust().orElseThrow().familiarity()).isCloseTo(0.879f, within(1e-3f));
    for (int i = 0; i < photos.size(); i++) {
      assertThat(answers.get(i).labels()).isEqualTo(without.get(i).labels());
      assertThat(without.get(i).trust()).isEmpty();
    }
    try (Labeller labeller = Labeller.open(knows, Engines.auto(), 1, 1)) {
      assertThat(labeller.label(photos.get(2), photos.get(2).read())).isEqualTo(answers.get(2));
    }
  }

  @Test
  void anAnswerIsUndecidedWhereTheSecondLabelIsNearlyAsLikely(@TempDir Path place) {
    List<LabelledPhoto> answers =
        label(
            read(knowing(place)), 1, IntStream.range(0, 40).mapToObj(LabellerTest::photo).toList());

    for (LabelledPhoto answer : answers) {
      float first = answer.labels().get(0).probability();
      float second = answer.labels().get(1).probability();
      assertThat(answer.trust().orElseThrow().undecided()).isEqualTo(first < 2 * second);
    }
    assertThat(answers)
        .extracting(answer -> answer.trust().orElseThrow().undecided())
        .contains(true, false);
  }

  @Test
  void anotherSizeOrLayerThanTheModelsOwnIsNotComparedWithItsPhotos(@TempDir Path place) {
    Model known = Model.read(knowing(place));
    Overrides same = sized(OptionalInt.of(4), Optional.of("Placeholder"));
    Overrides larger = sized(OptionalInt.of(8), Optional.empty());
    Overrides scaled = sized(OptionalInt.empty(), Optional.of("input/scaled"));

    assertThat(LabellingGraph.of(known, same).trust()).isPresent();
    assertThat(LabellingGraph.of(known, larger).trust()).isEmpty();
    assertThat(LabellingGraph.of(known, scaled).trust()).isEmpty();
  }

  private static Overrides sized(OptionalInt height, Optional<String> inputLayer) {
    Overrides none = Overrides.NONE;
    return new Overrides(
        none.labels(),
        inputLayer,
        none.outputLayer(),
        height,
        none.inputWidth(),
        none.inputMean(),
        none.inputStd(),
        none.alpha());
  }

  @Test
  void aDescriptionThatSpeaksOfAnotherFeaturesLayerIsRefused(@TempDir Path place) {
    Model own = Model.read(knowing(place));
    for (String layer : List.of("nowhere", "pupil/neighbours", "input/scaled")) {
      Model other = KnownPhotos.withFeaturesLayer(own, layer, place);
      assertThatThrownBy(() -> Labeller.open(other, Overrides.NONE, Engines.auto(), 1, 1).close())
          .isInstanceOfSatisfying(
              PupilException.class,
              e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL));
    }
  }

  /** The model was taught with transparent pixels on white, and labels so without being told. */
  @Test
  void transparentPixelsAreSeenAsTheModelWasTaught() {
    BufferedImage ring = new BufferedImage(5, 4, BufferedImage.TYPE_INT_ARGB);
    ring.setRGB(2, 1, 0xff000000);
    ring.setRGB(3, 1, 0xff800040);
    PhotoSource nothing = PhotoSource.of("on nothing", () -> png(ring));
    PhotoSource white =
        PhotoSource.of(
            "on white",
            () ->
                Pictures.png(
                    5, 4, (x, y) -> ring.getRGB(x, y) == 0 ? 0xffffff : ring.getRGB(x, y)));
    PhotoSource black =
        PhotoSource.of("on black", () -> Pictures.png(5, 4, (x, y) -> ring.getRGB(x, y)));
    LabellingGraph old =
        new LabellingGraph(
            model.network(), model.input(), Alpha.DROP, model.labels(), model.trust());

    List<LabelledPhoto> answers = label(model, 1, List.of(nothing, white, black));
    assertThat(answers.get(0).labels()).isEqualTo(answers.get(1).labels());
    assertThat(answers.get(0).labels()).isNotEqualTo(answers.get(2).labels());
    List<LabelledPhoto> dropped = label(old, 1, List.of(nothing, black));
    assertThat(dropped.get(0).labels()).isEqualTo(dropped.get(1).labels());
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }

  /** Every third photo fails, each in another way. */
  private static PhotoSource mixed(int number) {
    return switch (number % 12) {
      case 0 ->
          PhotoSource.of(
              "photo " + number,
              () -> {
                throw new IOException("gone");
              });
      case 3 -> PhotoSource.of("photo " + number, () -> new byte[0]);
      case 6 -> PhotoSource.of("photo " + number, () -> "text".getBytes(UTF_8));
      case 9 ->
          PhotoSource.of(
              "photo " + number,
              () -> {
                throw new OutOfMemoryError("Required array size too large");
              });
      default -> photo(number);
    };
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,300", "2,300", "7,300", "16,13"})
  void answersComeInTheOrderOfThePhotosOneAtATimeFailuresIncluded(int threads, int count) {
    List<PhotoSource> photos = IntStream.range(0, count).mapToObj(LabellerTest::mixed).toList();
    List<LabelledPhoto> answers = new ArrayList<>();
    AtomicBoolean busy = new AtomicBoolean();
    try (Labeller labeller = Labeller.open(model, Engines.auto(), threads, count)) {
      labeller.label(
          photos,
          answer -> {
            assertThat(busy.getAndSet(true)).isFalse();
            answers.add(answer);
            busy.set(false);
          });
    }

    assertThat(answers.stream().map(LabelledPhoto::source).toList()).isEqualTo(photos);
    for (int i = 0; i < count; i++) {
      LabelledPhoto answer = answers.get(i);
      assertThat(answer.error().isPresent()).isEqualTo(i % 3 == 0);
      assertThat(answer.labels()).hasSize(i % 3 == 0 ? 0 : 3);
      if (i % 3 != 0) {
        double best = DoubleStream.of(expected(i)).max().orElseThrow();
        assertThat((double) answer.labels().get(0).probability()).isCloseTo(best, within(1e-6));
      }
    }
  }

  @Test
  void whatIsSaidOfAPhotoDoesNotDependOnThreadsOrNeighbours() {
    List<PhotoSource> photos = IntStream.range(0, 100).mapToObj(LabellerTest::mixed).toList();
    List<LabelledPhoto> alone =
        photos.stream().flatMap(photo -> label(model, 1, List.of(photo)).stream()).toList();
    assertThat(label(model, 1, photos)).isEqualTo(alone);
    assertThat(label(model, 5, photos)).isEqualTo(alone);
  }

  @Test
  void reasonsArePlain() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    List<LabelledPhoto> answers =
        label(
            model,
            2,
            List.of(
                mixed(12),
                mixed(6),
                mixed(9),
                PhotoSource.file(folder.resolve("none.jpg")),
                PhotoSource.file(folder),
                PhotoSource.file(empty)));

    assertThat(answers.stream().map(answer -> answer.error().orElseThrow()).toList())
        .containsExactly(
            "it cannot be read (gone)",
            "not an image (JPEG, PNG, GIF, BMP, WebP or TIFF)",
            "it is too large for the memory",
            "there is no such file",
            "it cannot be read (it is a folder)",
            "the file is empty");
    assertThat(answers.get(5).source().name()).isEqualTo(empty.toString());
  }

  @Test
  void ofEquallyLikelyLabelsTheLaterIsFirstAsInTheOriginals() {
    Path graph = folder.resolve("ties.pb");
    // The second label is ahead, the others are equal whatever the photo shows.
    FinalLayer layer = new FinalLayer(3, new float[9], new float[] {0, 1, 0});
    Model.of(TinyModel.backbone(folder), layer, TinyModel.description()).writeGraph(graph);

    assertThat(label(read(graph), 1, List.of(photo(3))).get(0).labels())
        .extracting(LabelProbability::label)
        .containsExactly("bee", "wasp 2", "ant");
  }

  @Test
  void noPhotosNoAnswers() {
    assertThat(label(model, 2, List.of())).isEmpty();
  }

  @Test
  void aLabellerCanBeUsedMoreThanOnce() {
    try (Labeller labeller = Labeller.open(model, Engines.auto(), 2, 1)) {
      List<LabelledPhoto> first = new ArrayList<>();
      List<LabelledPhoto> second = new ArrayList<>();
      PhotoSource one = photo(1);
      PhotoSource two = photo(2);
      labeller.label(List.of(one, two), first::add);
      labeller.label(List.of(two, one), second::add);
      assertThat(second).containsExactly(first.get(1), first.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void whatTheConsumerThrowsComesOutAndItIsNotCalledAgain(int threads) {
    List<PhotoSource> photos = IntStream.range(0, 200).mapToObj(LabellerTest::mixed).toList();
    List<String> heard = new ArrayList<>();
    AtomicBoolean waited = new AtomicBoolean();
    try (Labeller labeller = Labeller.open(model, Engines.auto(), threads, 200)) {
      assertThatThrownBy(
              () ->
                  labeller.label(
                      photos,
                      answer -> {
                        synchronized (heard) {
                          heard.add(answer.source().name());
                        }
                        if (answer.source().name().equals("photo 20")) {
                          if (waited.compareAndSet(false, true)) {
                            awaitAnotherAnswer();
                          }
                          throw new IllegalStateException("the pipe is broken");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the pipe is broken");
      synchronized (heard) {
        assertThat(heard)
            .isEqualTo(
                IntStream.rangeClosed(0, 20)
                    .mapToObj(i -> "photo " + i)
                    .collect(Collectors.toList()));
      }
    }
  }

  /** Until another worker stands before the consumer with an answer of its own, if there is one. */
  private static void awaitAnotherAnswer() {
    while (!otherWorkers().isEmpty()
        && otherWorkers().stream().noneMatch(state -> state == Thread.State.BLOCKED)) {
      Thread.onSpinWait();
    }
  }

  private static List<Thread.State> otherWorkers() {
    Thread[] all = new Thread[1000];
    return Stream.of(all)
        .limit(Thread.enumerate(all))
        .filter(thread -> thread.getName().startsWith("photo-worker"))
        .filter(thread -> !thread.equals(Thread.currentThread()))
        .map(Thread::getState)
        .filter(state -> state != Thread.State.TERMINATED)
        .toList();
  }

  @Test
  void aFaultOfASourceIsNotSwallowed() {
    PhotoSource faulty =
        PhotoSource.of(
            "faulty",
            () -> {
              throw new IllegalStateException("a fault");
            });
    assertThatThrownBy(() -> label(model, 2, List.of(photo(1), faulty, photo(2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a fault");
  }

  @Test
  void threadsMustBeOneOrMore() {
    assertThatThrownBy(() -> Labeller.open(model, Engines.auto(), 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, was 0");
  }
}
