package org.pupil.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.Classifier;
import org.pupil.Pupil;
import org.pupil.SharedFolder;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.dataset.Labels;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.Overrides;
import org.pupil.labelling.Trust;
import org.pupil.log.proto.GraphDef;
import org.pupil.model.Model;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkProbe;

/** A classifier of the example photos explains photos that are made for it. */
class ExplainerTest {
  private static final Path PHOTOS = SharedFolder.checkout().resolve("examples/photos");

  /** Rows and columns of the pictures, and of the object on them. */
  private static final int SIDE = 400;

  private static final int OBJECT = 150;
  private static final int MARGIN = 25;

  @TempDir private static Path folder;
  private static Explainer explainer;
  private static Explanation atTheDoor;

  @BeforeAll
  static void train() {
    try (Classifier classifier =
        Pupil.teaching(PHOTOS).bottleneckDir(folder.resolve("bottlenecks")).run()) {
      classifier.save(folder.resolve("model"));
      classifier.saveOnnx(folder.resolve("model.onnx"));
      atTheDoor = classifier.explain(PHOTOS.resolve("bird/crow.jpg"));
    }
    explainer = open(model());
  }

  @AfterAll
  static void close() {
    explainer.close();
  }

  private static Model model() {
    return Model.read(folder.resolve("model/graph.pb"));
  }

  private static Explainer open(Model model) {
    return Explainer.open(model, Overrides.NONE, Engines.auto(), 2);
  }

  private static Explanation explain(Explainer by, byte[] content) throws IOException {
    return by.explain(PhotoSource.bytes("a photo", content), 99, TrainingPhotos.none(), 0);
  }

  private static BufferedImage example(String name) throws IOException {
    return ImageIO.read(PHOTOS.resolve(name).toFile());
  }

  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, file)).isTrue();
    return file.toByteArray();
  }

  /** An example photo, small, on grey noise. */
  private static BufferedImage composed(String name, int width, int height, int left, int top)
      throws IOException {
    Random random = new Random(1);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level = Math.max(0, Math.min(255, (int) (128 + 20 * random.nextGaussian())));
        image.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(example(name), left, top, OBJECT, OBJECT, null);
    graphics.dispose();
    return image;
  }

  /** The part of what speaks for the label that lies in a box, whose places are 0 to 1. */
  private static double massIn(
      EvidenceMap map, double left, double top, double right, double bottom) {
    double inside = 0;
    double all = 0;
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        double value = Math.max(0, map.value(row, column));
        all += value;
        inside +=
            value
                * overlap(column, map.columns(), left, right)
                * overlap(row, map.rows(), top, bottom);
      }
    }
    return inside / all;
  }

  /** The middle of the place that says most for the label: 0 to 1 to the right and down. */
  private static double[] strongest(EvidenceMap map) {
    float[] values = map.values();
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    int row = Math.floorDiv(best, map.columns());
    int column = Math.floorMod(best, map.columns());
    return new double[] {(column + 0.5) / map.columns(), (row + 0.5) / map.rows()};
  }

  /** The part of a position that lies between two places. */
  private static double overlap(int index, int count, double from, double to) {
    return Math.max(0, Math.min(index + 1, to * count) - Math.max(index, from * count));
  }

  private static double mean(List<LabelProbability> labels, String without) {
    return labels.stream()
        .filter(label -> !label.label().equals(without))
        .mapToDouble(label -> Math.log(label.probability()))
        .average()
        .orElseThrow();
  }

  /** Whatever is added to all logits, their differences are those of log-probabilities. */
  @ParameterizedTest
  @ValueSource(strings = {"model/graph.pb", "model.onnx"})
  void allEvidenceAndTheBiasMakeUpTheAnswer(String file) throws IOException {
    try (Explainer opened = open(Model.read(folder.resolve(file)))) {
      for (String photo : List.of("bird/duck.jpg", "fruit/apple_fuji.jpg", "mammal/badger.jpg")) {
        Explanation explanation = explain(opened, Files.readAllBytes(PHOTOS.resolve(photo)));
        List<HeatMap.Panel> panels = explanation.heatMap().orElseThrow().panels();
        assertThat(panels).hasSize(4);
        assertThat(panels.get(0).label()).isEqualTo(photo.substring(0, photo.indexOf('/')));
        for (HeatMap.Panel panel : panels) {
          double above = Math.log(panel.probability()) - mean(explanation.labels(), panel.label());
          assertThat(panel.evidence().total()).as(panel.label()).isCloseTo(above, within(2e-3));
          assertThat(panel.evidence().rows()).isEqualTo(9);
        }
      }
    }
  }

  @Test
  void whatIsSeenInTheModelIsSeenInItsOnnxFile() throws IOException {
    byte[] photo = Files.readAllBytes(PHOTOS.resolve("bird/duck.jpg"));
    try (Explainer onnx = open(Model.read(folder.resolve("model.onnx")))) {
      float[] one = bestMap(explain(explainer, photo)).values();
      assertThat(bestMap(explain(onnx, photo)).values()).containsExactly(one, within(1e-4f));
    }
  }

  private static EvidenceMap bestMap(Explanation explanation) {
    return explanation.heatMap().orElseThrow().panels().get(0).evidence();
  }

  /** Of 48 example photos in each quadrant, 62 % of the heat lies on the object in the mean. */
  @ParameterizedTest
  @CsvSource({
    "bird/adelaide-rosella.jpg, bird",
    "bird/blackbird.jpg, bird",
    "mammal/badger.jpg, mammal"
  })
  void theHeatLiesOnTheObjectInWhicheverQuadrantItIs(String photo, String label)
      throws IOException {
    int far = SIDE - OBJECT - MARGIN;
    for (int left : List.of(MARGIN, far)) {
      for (int top : List.of(MARGIN, far)) {
        byte[] picture = file(composed(photo, SIDE, SIDE, left, top), "png");
        Explanation explanation = explain(explainer, picture);

        assertThat(explanation.best().label()).isEqualTo(label);
        double x = (double) left / SIDE;
        double y = (double) top / SIDE;
        double side = (double) OBJECT / SIDE;
        EvidenceMap map = bestMap(explanation);
        // It is on a seventh of the picture, and more than three times as much there.
        assertThat(massIn(map, x, y, x + side, y + side))
            .as("%s at %d, %d", photo, left, top)
            .isGreaterThan(0.45);
        double[] strongest = strongest(map);
        assertThat(strongest[0]).isBetween(x, x + side);
        assertThat(strongest[1]).isBetween(y, y + side);
      }
    }
  }

  @Test
  void aWidePhotoKeepsItsShapeAndItsPlaces() throws IOException {
    byte[] picture = file(composed("bird/adelaide-rosella.jpg", 500, 200, 325, 25), "png");
    Explanation explanation = explain(explainer, picture);

    assertThat(massIn(bestMap(explanation), 0.6, 0, 1, 1)).isGreaterThan(0.7);
    BufferedImage drawn = drawn(explanation);
    // The photo and four maps beside one another, of 384 x 154 pixels each.
    assertThat(drawn.getWidth()).isEqualTo(20 + 5 * (384 + 20));
    assertThat(drawn.getHeight()).isEqualTo(20 + 40 + 154 + 20 + 24 + 40 + 10);
  }

  private static BufferedImage drawn(Explanation explanation) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(explanation.heatMap().orElseThrow().png()));
  }

  /** Stored lying on its left side, the photo is shown and explained as it stands. */
  @Test
  void aTurnedPhotoIsExplainedUpright() throws IOException {
    BufferedImage upright = composed("bird/adelaide-rosella.jpg", 300, 400, 25, 25);
    BufferedImage lying = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 400; y++) {
      for (int x = 0; x < 300; x++) {
        lying.setRGB(y, 299 - x, upright.getRGB(x, y)); // to the left
      }
    }
    Explanation expected = explain(explainer, file(upright, "png"));
    Explanation turned = explain(explainer, turnedRight(file(lying, "jpg")));

    assertThat(massIn(bestMap(turned), 0, 0, 0.6, 0.5)).isGreaterThan(0.7);
    assertThat(bestMap(turned).values()).containsExactly(bestMap(expected).values(), within(0.2f));
    assertThat(drawn(turned).getHeight()).isEqualTo(drawn(expected).getHeight());
  }

  /** A JPEG that says of itself that it is to be turned to the right: orientation 6. */
  private static byte[] turnedRight(byte[] jpeg) {
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'I',
      'I',
      42,
      0,
      8,
      0,
      0,
      0,
      1,
      0,
      0x12,
      1,
      3,
      0,
      1,
      0,
      0,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(exif);
    file.write(jpeg, 2, jpeg.length - 2);
    return file.toByteArray();
  }

  @Test
  void aChangedPhotoIsAnsweredAsIfItHadBeenGivenSo() throws IOException {
    BufferedImage photo = composed("bird/blackbird.jpg", 288, 288, 60, 40);
    BufferedImage mirrored = new BufferedImage(288, 288, BufferedImage.TYPE_INT_RGB);
    BufferedImage dark = new BufferedImage(288, 288, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 288; y++) {
      for (int x = 0; x < 288; x++) {
        photo.setRGB(x, y, photo.getRGB(x, y) & 0xFEFEFE);
        mirrored.setRGB(287 - x, y, photo.getRGB(x, y));
        dark.setRGB(x, y, (photo.getRGB(x, y) & 0xFEFEFE) >> 1);
      }
    }
    Explanation explanation = explain(explainer, file(photo, "png"));

    assertThat(explanation.changes())
        .extracting(ChangedAnswer::change)
        .containsExactly(Change.values());
    assertSame(answer(explanation, Change.MIRRORED), explain(explainer, file(mirrored, "png")));
    assertSame(answer(explanation, Change.DARKENED), explain(explainer, file(dark, "png")));
  }

  private static List<LabelProbability> answer(Explanation explanation, Change change) {
    return explanation.changes().stream()
        .filter(answer -> answer.change() == change)
        .findFirst()
        .orElseThrow()
        .labels();
  }

  private static void assertSame(List<LabelProbability> labels, Explanation explanation) {
    assertThat(labels).hasSize(4);
    for (int i = 0; i < labels.size(); i++) {
      assertThat(labels.get(i).label()).isEqualTo(explanation.labels().get(i).label());
      assertThat(labels.get(i).probability())
          .isCloseTo(explanation.labels().get(i).probability(), within(1e-5f));
    }
  }

  @Test
  void theMostSimilarTrainingPhotoOfACopyIsItsOriginal() throws IOException {
    Path bottlenecks = folder.resolve("bottlenecks");
    try (TrainingPhotos training =
        TrainingPhotos.find(
            model(), Optional.empty(), Optional.empty(), folder.resolve("nowhere"))) {
      // The model itself says where its photos and their bottlenecks are.
      assertThat(bottlenecks).isNotEmptyDirectory();
      byte[] crow = Files.readAllBytes(PHOTOS.resolve("bird/crow.jpg"));
      Explanation copy = explainer.explain(PhotoSource.bytes("copy.jpg", crow), 1, training, 3);
      Explanation itself =
          explainer.explain(PhotoSource.file(PHOTOS.resolve("bird/crow.jpg")), 1, training, 3);

      SimilarPhoto first = copy.similar().get(0);
      assertThat(first.photo().name()).isEqualTo("bird/crow.jpg");
      assertThat(first.similarity()).isCloseTo(1, within(1e-4f));
      assertThat(first.label()).isEqualTo("bird");
      assertThat(first.isRight()).isTrue();
      assertThat(copy.sentence()).startsWith("bird ").contains("; looks most like crow.jpg and ");
      assertThat(copy.similar())
          .isSortedAccordingTo((a, b) -> Float.compare(b.similarity(), a.similarity()))
          .hasSize(3);
      // One of the second likeliest label is there to be compared with.
      assertThat(copy.similar())
          .anyMatch(photo -> photo.label().equals(copy.labels().get(1).label()));
      assertThat(itself.similar()).noneMatch(photo -> photo.photo().name().equals("bird/crow.jpg"));
      assertThat(itself.similar().get(0).photo().name())
          .isEqualTo(copy.similar().get(1).photo().name());
    }
  }

  /** For a page that has words of its own around them. */
  @Test
  void theMapsAreDrawnOneByOneToo() throws IOException {
    byte[] photo = file(composed("bird/crow.jpg", 600, 300, 40, 60), "png");
    HeatMap map = explain(explainer, photo).heatMap().orElseThrow();

    List<byte[]> overlays = map.overlays();
    assertThat(overlays).hasSize(4).doesNotHaveDuplicates();
    assertThat(overlays.get(0)).isEqualTo(map.overlay());
    BufferedImage plain = ImageIO.read(new ByteArrayInputStream(map.photoJpeg()));
    for (byte[] overlay : overlays) {
      BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(overlay));
      assertThat(drawn.getWidth()).isEqualTo(plain.getWidth()).isEqualTo(384);
      assertThat(drawn.getHeight()).isEqualTo(plain.getHeight()).isEqualTo(192);
    }
    double most = 0;
    for (HeatMap.Panel panel : map.panels()) {
      for (float value : panel.evidence().values()) {
        most = Math.max(most, Math.abs(value));
      }
    }
    assertThat(Double.parseDouble(map.scale())).isCloseTo(most, within(0.005));
  }

  @Test
  void aLabelKeepsItsOwnDirectionInATitle() {
    EvidenceMap evidence = new EvidenceMap(1, 1, new float[] {1}, 0);
    assertThat(new HeatMap.Panel("אב", 0.625f, Optional.of("cat\n"), evidence).title())
        .isEqualTo("\u2068אב\u2069 0.63, not \u2068cat\\n\u2069");
  }

  /** The cache knows the contents, but not the files. */
  @Test
  void photosThatWereMovedAreFoundByTheirContents() throws IOException {
    Path moved = folder.resolve("moved");
    for (String name : List.of("bird/crow.jpg", "bird/duck.jpg", "fruit/banana.jpg")) {
      Files.createDirectories(moved.resolve(name).getParent());
      Files.copy(PHOTOS.resolve(name), moved.resolve(name));
    }
    byte[] crow = Files.readAllBytes(PHOTOS.resolve("bird/crow.jpg"));
    try (TrainingPhotos training =
        TrainingPhotos.find(
            model(), Optional.of(moved), Optional.empty(), folder.resolve("nowhere"))) {
      Explanation explanation =
          explainer.explain(PhotoSource.bytes("copy.jpg", crow), 1, training, 9);

      assertThat(explanation.similar())
          .extracting(similar -> similar.photo().name())
          .containsExactlyInAnyOrder("bird/crow.jpg", "bird/duck.jpg", "fruit/banana.jpg");
    }
  }

  @Test
  void whatTheCacheDoesNotHaveIsComputedOnRequestAndOnce() throws IOException {
    byte[] crow = Files.readAllBytes(PHOTOS.resolve("bird/crow.jpg"));
    Path cache = folder.resolve("another");
    Path broken = folder.resolve("broken");
    for (String name : List.of("bird/crow.jpg", "bird/duck.jpg", "fruit/banana.jpg")) {
      Files.createDirectories(broken.resolve(name).getParent());
      Files.copy(PHOTOS.resolve(name), broken.resolve(name));
    }
    Files.write(broken.resolve("fruit/broken.jpg"), Arrays.copyOf(crow, 1000));
    for (int computed : List.of(4, 0)) {
      Counted counted = new Counted();
      try (TrainingPhotos training =
          TrainingPhotos.find(model(), Optional.of(broken), Optional.of(cache), cache)
              .complete(Engines.auto(), folder, 2, Clock.systemUTC(), counted)) {
        assertThat(counted.done).isEqualTo(computed);
        Explanation explanation =
            explainer.explain(PhotoSource.bytes("copy.jpg", crow), 1, training, 9);
        assertThat(explanation.missing()).isEmpty();
        assertThat(explanation.similar()).hasSize(3);
        assertThat(explanation.similar().get(0).photo().name()).isEqualTo("bird/crow.jpg");
        assertThat(explanation.similar().get(0).similarity()).isCloseTo(1, within(1e-4f));
      }
      Files.deleteIfExists(broken.resolve("fruit/broken.jpg")); // it would be tried again
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsSaidAndTheRestIsDone() throws IOException {
    byte[] crow = Files.readAllBytes(PHOTOS.resolve("bird/crow.jpg"));
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Counted counted = new Counted();
    try (TrainingPhotos training =
        TrainingPhotos.find(model(), Optional.of(PHOTOS), Optional.of(file.resolve("in")), file)
            .complete(Engines.auto(), folder, 2, Clock.systemUTC(), counted)) {
      Explanation explanation = explainer.explain(PhotoSource.bytes("crow", crow), 1, training, 3);

      assertThat(explanation.heatMap()).isPresent();
      assertThat(explanation.missing()).singleElement().asString().contains("no similar photos");
    }
  }

  /** How many bottlenecks were computed. */
  private static final class Counted implements BottleneckComputer.Listener {
    private int done;

    @Override
    public void started(int photos, int cached) {}

    @Override
    public void advanced(int now) {
      done = now;
    }

    @Override
    public void finished() {}
  }

  @Test
  void whatIsNotThereIsSaidAndTheRestIsDone() throws IOException {
    byte[] crow = Files.readAllBytes(PHOTOS.resolve("bird/crow.jpg"));
    Path empty = Files.createDirectories(folder.resolve("empty"));
    try (TrainingPhotos training =
        TrainingPhotos.find(model(), Optional.empty(), Optional.of(empty), empty)) {
      Explanation explanation = explainer.explain(PhotoSource.bytes("crow", crow), 1, training, 3);

      assertThat(explanation.heatMap()).isPresent();
      assertThat(explanation.similar()).isEmpty();
      assertThat(explanation.missing())
          .singleElement()
          .hasToString(
              "no similar photos: %s has no bottlenecks of the model's network: give bottleneckDir"
                  .formatted(empty));
      assertThat(explanation.sentence()).matches("bird (>0\\.99|0\\.\\d\\d)(, \\w+ 0\\.\\d\\d)?");
    }
    assertThat(empty).isEmptyDirectory();
  }

  /** Its bottlenecks are scores, made of the mean of a map by one more layer. */
  @Test
  void aGraphOfTheOriginalScriptIsExplainedWithoutAMap() throws IOException {
    Path run = SharedFolder.get("data/retrain-run");
    Overrides overrides =
        Overrides.NONE.withLabels(
            new Labels(Files.readAllLines(run.resolve("retrained_labels.txt"))));
    Model python = Model.read(run.resolve("retrained_graph.pb"));
    try (Explainer opened = Explainer.open(python, overrides, Engines.auto(), 1);
        TrainingPhotos training =
            TrainingPhotos.find(
                python, Optional.of(PHOTOS), Optional.empty(), folder.resolve("nowhere"))) {
      Explanation explanation =
          opened.explain(PhotoSource.file(PHOTOS.resolve("mammal/badger.jpg")), 3, training, 5);

      assertThat(explanation.labels()).extracting(LabelProbability::label).contains("cat", "dog");
      assertThat(explanation.changes()).hasSize(Change.values().length);
      assertThat(explanation.heatMap()).isEmpty();
      assertThat(explanation.missing()).hasSize(2);
      assertThat(explanation.missing().get(0).toString()).startsWith("no heat map: ");
      assertThat(explanation.missing().get(1))
          .hasToString(
              "no similar photos: the model was not made by Pupil, so what it was trained on is not known");
    }
  }

  @Test
  void aClassifierExplainsItself() throws IOException {
    Explanation expected = explain(explainer, Files.readAllBytes(PHOTOS.resolve("bird/crow.jpg")));

    assertThat(atTheDoor.missing()).isEmpty();
    assertThat(atTheDoor.similar()).isNotEmpty();
    assertThat(atTheDoor.labels()).isEqualTo(expected.labels());
    assertThat(bestMap(atTheDoor).values()).containsExactly(bestMap(expected).values());
  }

  /** Six images are shared out among 1, 2, 4 threads, and no more than there are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 100})
  void theNumberOfThreadsChangesNothing(int threads) throws IOException {
    byte[] photo = Files.readAllBytes(PHOTOS.resolve("mammal/rabbit_little.jpg"));
    Explanation expected = explain(explainer, photo);
    try (Explainer other = Explainer.open(model(), Overrides.NONE, Engines.auto(), threads)) {
      Explanation found = explain(other, photo);
      assertThat(found.labels()).isEqualTo(expected.labels());
      assertThat(found.trust()).isEqualTo(expected.trust());
      assertThat(found.changes()).isEqualTo(expected.changes());
      assertThat(bestMap(found).values()).containsExactly(bestMap(expected).values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model/graph.pb", "model.onnx"})
  void aPhotoIsAsFamiliarAsItIsToTheLabeller(String file) throws IOException {
    PhotoSource photo = PhotoSource.file(PHOTOS.resolve("mammal/rabbit_little.jpg"));
    Model model = Model.read(folder.resolve(file));
    List<LabelledPhoto> labelled = new ArrayList<>();
    try (Explainer opened = open(model);
        Labeller labeller = Labeller.open(model, Overrides.NONE, Engines.auto(), 1, 1)) {
      labeller.label(List.of(photo), labelled::add);
      Trust expected = labelled.get(0).trust().orElseThrow();
      Trust found = opened.explain(photo, 1, TrainingPhotos.none(), 0).trust().orElseThrow();
      assertThat(found.familiarity()).isCloseTo(expected.familiarity(), within(1e-5f));
      assertThat(found.unlikeTraining()).isEqualTo(expected.unlikeTraining());
      assertThat(found.undecided()).isEqualTo(expected.undecided());
    }
  }

  /** What is wrong with a model is told before what is wrong with the photo. */
  @Test
  void aModelThatTheEngineRefusesIsToldByTheFirstPhoto() {
    try (Explainer opened = Explainer.open(model(), Overrides.NONE, new Refusing(), 1)) {
      assertThatThrownBy(() -> explain(opened, new byte[] {1, 2, 3}))
          .isInstanceOf(PupilException.class)
          .hasMessage("no such operation");
    }
  }

  /** An engine that no graph is good enough for. */
  private static final class Refusing implements NetworkEngine {
    @Override
    public String name() {
      return "refusing";
    }

    @Override
    public void preload() {}

    @Override
    public Network open(NetworkGraph graph, InputSpec input, Purpose purpose) {
      throw PupilException.badModel("no such operation");
    }

    @Override
    public NetworkProbe probe(GraphDef graph, String input, String where) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void whatIsNoPhotoIsRefused() {
    assertThatThrownBy(() -> explain(explainer, new byte[] {1, 2, 3}))
        .isInstanceOf(UndecodableImageException.class);
  }
}
