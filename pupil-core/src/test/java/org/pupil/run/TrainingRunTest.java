package org.pupil.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.errors.Setting;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
import org.pupil.images.PerChannel;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.OnnxExport;
import org.pupil.labelling.Overrides;
import org.pupil.labelling.Pictures;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.model.OnnxMetadata;
import org.pupil.model.TinyModel;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.training.FinalLayer;
import org.pupil.training.Optimizer;

class TrainingRunTest {
  @TempDir Path folder;
  private TestRun testRun;

  @BeforeEach
  void paint() {
    testRun = new TestRun(folder);
  }

  private static List<String> filesBelow(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString().replaceAll("tfevents.*", "tfevents"))
          .sorted()
          .toList();
    }
  }

  private ModelDescription description() {
    return Model.read(testRun.graph).description().orElseThrow();
  }

  // --- what it comes to

  @Test
  void theReportIsOfTheTestPhotosAndTheFilesAreWhole() throws IOException {
    testRun.savedModelDir = Optional.of(testRun.out.resolve("saved"));
    RunResult report = testRun.run();
    Split split = testRun.heard.splits.get(0);

    assertThat(report.testPhotos()).isEqualTo(split.photos(SplitSet.TESTING)).isNotEmpty();
    assertThat(report.test().photos()).isEqualTo(report.testPhotos().size());
    assertThat(report.test().accuracy()).isGreaterThan(0.9);
    assertThat(report.divergence()).isEmpty();
    assertThat(report.auto()).isEmpty();
    assertThat(report.outputs().graph()).isEqualTo(testRun.graph);
    assertThat(filesBelow(testRun.out))
        .containsExactly(
            "evaluation.json",
            "graph.pb",
            "labels.txt",
            "logs/bottlenecks.pupil.f32",
            "logs/events.out.tfevents",
            "logs/metadata.tsv",
            "logs/projector_config.pbtxt",
            "logs/pupil-run.json",
            "logs/sprite.jpg",
            "logs/train/events.out.tfevents",
            "logs/validation/events.out.tfevents",
            "saved/saved_model.pb");
    assertThat(Files.readString(testRun.labels)).isEqualTo("apple\nleaf\nsky\n");
    assertThat(testRun.heard.events).containsExactly("found", "split", "backbone", "bottlenecks");
  }

  @Test
  void anOnnxFileIsComparedOnTheTestPhotos() throws IOException {
    testRun.onnx = Optional.of(testRun.out.resolve("deep/fruit.onnx"));
    RunResult report = testRun.run();

    OnnxExport.Exported exported = report.onnx().orElseThrow();
    assertThat(exported.file()).isEqualTo(testRun.onnx.get()).isNotEmptyFile();
    assertThat(exported.photos()).isEqualTo(report.testPhotos().size());
    assertThat(exported.isMadeUp()).isFalse();
    assertThat(exported.greatestDifference()).isLessThan(1e-5f);
    ModelDescription own = description();
    ModelDescription said =
        OnnxMetadata.read(
                ModelProto.parseFrom(Files.readAllBytes(exported.file())), exported.file())
            .orElseThrow();
    assertThat(said.provenance()).isEqualTo(own.provenance());
    assertThat(said.labels()).isEqualTo(own.labels());
  }

  @Test
  void withoutTestPhotosAnOnnxFileIsComparedOnMadeUpOnes() {
    testRun.split = TestRun.apart(0, 10, 0);
    testRun.onnx = Optional.of(testRun.out.resolve("fruit.onnx"));

    assertThat(testRun.run().onnx().orElseThrow().isMadeUp()).isTrue();
  }

  @Test
  void anExportThatFailsSaysThatTheModelIsSaved() throws IOException {
    testRun.onnx = Optional.of(testRun.out.resolve("fruit.onnx"));
    testRun.heard.whenFirstEvaluated =
        () -> {
          try {
            Files.createDirectories(testRun.onnx.get().resolve("in the way"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };

    RunResult report = testRun.run();

    assertThat(report.test().photos()).isPositive();
    assertThat(report.onnx()).isEmpty();
    PupilException failure = report.onnxFailure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("fruit.onnx")
        .hasMessageEndingWith("; the model itself is saved in " + testRun.graph);
    assertThat(Model.read(testRun.graph).description()).isPresent();
  }

  @Test
  void anExportIsNotNamedAsAGraph() {
    testRun.onnx = Optional.of(testRun.out.resolve("fruit.pb"));

    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessage("onnx must end with .onnx, was " + testRun.onnx.get());
    assertThat(testRun.heard.events).isEmpty();
  }

  @Test
  void theModelSaysHowItWasMade() throws Exception {
    testRun.options = new LinkedHashMap<>();
    for (String name : List.of("zeta", "alpha", "mid", "seed")) {
      testRun.options.put(name, name + " value");
    }
    testRun.split = TestRun.apart(20, 15, 4);
    RunResult report = testRun.inSteps(15).seed(77).run();
    Split split = testRun.heard.splits.get(0);
    ModelDescription said = description();

    assertThat(said.labels()).containsExactly("apple", "leaf", "sky");
    assertThat(said.inputHeight()).isEqualTo(4);
    assertThat(said.inputWidth()).isEqualTo(5);
    var how = said.provenance();
    assertThat(how.pupil()).isEqualTo("0.1.0");
    assertThat(how.createdAt()).isEqualTo("2026-11-24T12:30:15.250Z");
    assertThat(how.backbone().name()).isEqualTo(folder.resolve("tiny.pb").toString());
    assertThat(how.backbone().sha256())
        .isEqualTo(ContentHash.of(Files.readAllBytes(folder.resolve("tiny.pb"))).toString());
    assertThat(how.backbone().bottleneckSize()).isEqualTo(3);
    assertThat(how.backbone().mean()).isEqualTo(PerChannel.of(120));
    assertThat(how.backbone().std()).isEqualTo(PerChannel.of(64));
    assertThat(how.split().rule()).isEqualTo("stratified");
    assertThat(how.split().seed()).isEqualTo(4);
    assertThat(how.split().testingPercentage()).isEqualTo(20);
    assertThat(how.split().validationPercentage()).isEqualTo(15);
    assertThat(how.split().trainingPhotos()).isEqualTo(split.count(SplitSet.TRAINING));
    assertThat(how.split().validationPhotos()).isEqualTo(split.count(SplitSet.VALIDATION));
    assertThat(how.split().testingPhotos()).isEqualTo(split.count(SplitSet.TESTING));
    assertThat(how.training().optimizer()).isEqualTo("gradient_descent");
    assertThat(how.training().steps()).isEqualTo(15);
    assertThat(how.training().seed()).isEqualTo(77);
    assertThat(how.test().accuracy()).isEqualTo(report.test().accuracy());
    assertThat(how.test().low()).isEqualTo(report.test().interval().low());
    assertThat(how.test().high()).isEqualTo(report.test().interval().high());
    assertThat(how.test().crossEntropy()).isEqualTo(report.test().logLoss());
    assertThat(how.test().photos()).isEqualTo(split.count(SplitSet.TESTING));
    assertThat(how.data().photosPerLabel()).containsExactly(23, 17, 12);
    assertThat(how.data().sha256()).isEqualTo(fingerprint());
    assertThat(how.options().keySet()).containsExactly("zeta", "alpha", "mid", "seed");
  }

  /** As {@code cd photos; sha256sum *} would give it, with one space, labels in order. */
  private String fingerprint() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (Photo photo : testRun.heard.splits.get(0).all().photos()) {
      byte[] content = photo.source().read();
      lines
          .append(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
          .append(' ')
          .append(photo.label() == 0 ? "apple/" : photo.label() == 1 ? "leaf/" : "sky/")
          .append(Path.of(photo.source().name()).getFileName())
          .append('\n');
    }
    return ContentHash.of(lines.toString().getBytes(UTF_8)).toString();
  }

  /** Labelling the test photos with the written graph finds the very scores of the report. */
  @ParameterizedTest
  @EnumSource(Alpha.class)
  void theModelSaysWhatBecameOfTransparency(Alpha alpha) {
    testRun.alpha = alpha;
    testRun.run();
    assertThat(description().alpha()).isEqualTo(alpha);
  }

  @Test
  void theWrittenGraphLabelsTheTestPhotosAsTheyWereJudged() {
    RunResult report = testRun.run();
    FinalLayer layer = report.result().layer();
    Map<String, Integer> rowOf = new HashMap<>();
    List<Photo> all = testRun.heard.bottlenecks.photos();
    for (int i = 0; i < all.size(); i++) {
      rowOf.put(all.get(i).source().name(), i);
    }
    List<PhotoSource> sources = report.testPhotos().stream().map(Photo::source).toList();
    int[] right = new int[1];
    try (Labeller labeller =
        Labeller.open(
            Model.read(testRun.graph), Overrides.NONE, Engines.auto(), 2, sources.size())) {
      labeller.label(
          sources,
          answer -> {
            int row = rowOf.get(answer.source().name());
            float[] judged = layer.probabilities(testRun.heard.bottlenecks.bottlenecks().row(row));
            answer
                .labels()
                .forEach(
                    label ->
                        assertThat(label.probability())
                            .isCloseTo(
                                judged[labeller.labels().names().indexOf(label.label())],
                                within(1e-5f)));
            String truth = labeller.labels().name(all.get(row).label());
            right[0] += answer.labels().get(0).label().equals(truth) ? 1 : 0;
          });
    }
    assertThat(right[0]).isEqualTo(report.test().confusion().right());
  }

  @Test
  void theEvaluationIsWrittenBesideTheGraph() throws IOException {
    RunResult report = testRun.run();
    JsonNode json = new JsonMapper().readTree(testRun.out.resolve("evaluation.json").toFile());

    assertThat(json.path("photos").asInt()).isEqualTo(report.testPhotos().size());
    assertThat(json.path("accuracy").asDouble()).isEqualTo(report.test().accuracy());
    assertThat(json.path("labels").path(2).path("label").asText()).isEqualTo("sky");
    int[][] confusion = report.test().confusion().rows();
    for (int truth = 0; truth < 3; truth++) {
      for (int predicted = 0; predicted < 3; predicted++) {
        assertThat(json.path("confusion").path(truth).path(predicted).asInt())
            .isEqualTo(confusion[truth][predicted]);
      }
    }
  }

  @Test
  void stepsAreFollowedByWhatAutoWouldHaveReachedIfTheCallerAsks() {
    RunResult report = testRun.inSteps(3).trainingRun().comparingWithAuto().run();
    RunResult auto = new TestRun(folder).run();

    assertThat(report.result().stepsDone()).isEqualTo(3);
    assertThat(report.auto()).isPresent();
    assertThat(report.auto().get().logLoss()).isEqualTo(auto.test().logLoss());
    assertThat(testRun.heard.evaluations).extracting(e -> e.step()).containsExactly(0, 2);
  }

  @Test
  void nothingIsTaughtForAComparisonThatNobodyAskedFor() {
    assertThat(testRun.inSteps(3).run().auto()).isEmpty();
    assertThat(new TestRun(folder).trainingRun().comparingWithAuto().run().auto()).isEmpty();
  }

  @Test
  void intermediateGraphsHaveTheOriginalsNamesWithNoSeparatorAdded() throws IOException {
    testRun.intermediate = testRun.out + "/part";
    testRun.training(Optimizer.GRADIENT_DESCENT, 0.1, 10, 3).run();

    assertThat(testRun.heard.intermediateGraphs)
        .containsExactly(
            testRun.out + "/partintermediate_3.pb",
            testRun.out + "/partintermediate_6.pb",
            testRun.out + "/partintermediate_9.pb");
    ModelDescription third =
        Model.read(testRun.out.resolve("partintermediate_3.pb")).description().orElseThrow();
    assertThat(third.provenance().training().steps()).isEqualTo(4);
    assertThat(third.provenance().test()).isNull();
    // The last of them is the model itself but for what it says of its score.
    Model last = Model.read(testRun.out.resolve("partintermediate_9.pb"));
    assertThat(TinyModel.graphOf(last).getNodeList().subList(1, 13))
        .isEqualTo(TinyModel.graphOf(Model.read(testRun.graph)).getNodeList().subList(1, 13));
  }

  // --- sets of photos

  @Test
  void aTestBatchIsDrawnWithReplacementAndItsPhotosAreNamed() {
    RunResult report = testRun.testBatchSize(60).run();
    Split split = testRun.heard.splits.get(0);

    assertThat(report.test().photos()).isEqualTo(60);
    assertThat(report.testPhotos()).hasSize(60);
    assertThat(split.photos(SplitSet.TESTING)).containsAll(report.testPhotos());
    assertThat(new TreeSet<>(report.testPhotos().stream().map(Photo::name).toList()))
        .hasSizeGreaterThan(3);
    assertThat(description().provenance().test().photos()).isEqualTo(60);
  }

  @Test
  void withoutValidationPhotosTheTeachingIsNotWatched() throws IOException {
    testRun.split = TestRun.apart(10, 0, 0);
    testRun.inSteps(12).run();

    assertThat(testRun.heard.evaluations).hasSize(3).allMatch(e -> e.validation().isEmpty());
    assertThat(description().provenance().split().validationPhotos()).isZero();
    assertThat(filesBelow(testRun.summaries)).contains("validation/events.out.tfevents");
  }

  @Test
  void withoutTestPhotosThereIsNoScoreButAModel() throws IOException {
    testRun.split = TestRun.apart(0, 10, 0);
    RunResult report = testRun.testBatchSize(20).run();

    assertThat(report.test().photos()).isZero();
    assertThat(report.testPhotos()).isEmpty();
    assertThat(description().provenance().test()).isNull();
    String json = Files.readString(testRun.out.resolve("evaluation.json"));
    assertThat(json).contains("\"accuracy\" : null").doesNotContain("NaN");
    new JsonMapper().readTree(json);
  }

  // --- photos that are none, or twice

  @Test
  void photosThatCannotBeDecodedAreLeftOutOfEverySet() {
    testRun.file("leaf/broken.jpg", "no photo".getBytes(UTF_8));
    byte[] whole = Pictures.png(9, 7, (x, y) -> 0x20a030);
    testRun.file("leaf/half.png", Arrays.copyOf(whole, whole.length / 2));
    RunResult report = testRun.run();

    assertThat(testRun.heard.bottlenecks.failures())
        .extracting(failure -> failure.photo().name())
        .containsExactlyInAnyOrder("leaf/broken.jpg", "leaf/half.png");
    assertThat(description().provenance().data().photosPerLabel()).containsExactly(23, 17, 12);
    assertThat(report.testPhotos()).extracting(Photo::name).doesNotContain("leaf/broken.jpg");
    // The split that counts is told again.
    assertThat(testRun.heard.splits).hasSize(2);
    assertThat(testRun.heard.splits.get(0).all().photos()).hasSize(54);
    assertThat(testRun.heard.splits.get(1).all().photos()).hasSize(52);
  }

  @Test
  void aLabelThatLosesItsPhotosForASetIsTold() {
    testRun.picture("rare", "a.png", 0x808080);
    testRun.picture("rare", "b.png", 0x818181);
    testRun.file("rare/c.png", "no photo".getBytes(UTF_8));
    testRun.run();

    assertThat(testRun.heard.problems)
        .filteredOn(problem -> problem.kind() == Problem.Kind.MISSING_IN_A_SET)
        .extracting(problem -> problem.messageIn(Setting::toString))
        .containsExactly(
            "label 'rare' has no photo for validation: labels need at least three photos each:"
                + " add some");
  }

  @Test
  void aLabelOfWhichNothingIsLeftEndsTheRun() {
    testRun.file("rare/a.png", "no photo".getBytes(UTF_8));
    testRun.file("rare/b.png", "neither".getBytes(UTF_8));
    testRun.file("rare/c.png", "nor this".getBytes(UTF_8));

    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
        .hasMessage("label 'rare' has no photo to learn from");
    assertThat(testRun.graph).doesNotExist();
  }

  @Test
  void strictMakesAnErrorOfPhotosThatCannotBeDecoded() {
    testRun.file("leaf/broken.jpg", "no photo".getBytes(UTF_8));
    testRun.file("sky/broken.jpg", "no photo either".getBytes(UTF_8));
    testRun.strict = true;

    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
        .hasMessageStartingWith(
            "strict: " + testRun.photos.resolve("leaf/broken.jpg") + ": not an image")
        .hasMessageEndingWith("(2 such photos in all)");
    assertThat(testRun.graph).doesNotExist();
    assertThat(testRun.heard.bottlenecks.photos()).hasSize(52);
  }

  @Test
  void theSamePhotoUnderTwoLabelsIsTold() throws IOException {
    byte[] apple = Files.readAllBytes(testRun.photos.resolve("apple/apple3.png"));
    testRun.file("sky/copy.png", apple);
    testRun.run();

    assertThat(testRun.heard.problems)
        .filteredOn(problem -> problem.kind() == Problem.Kind.UNDER_TWO_LABELS)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.messageIn(Setting::toString))
                    .contains("apple/apple3.png", "sky/copy.png"));
  }

  @Test
  void copiesInTwoSetsAreTold() throws IOException {
    byte[] apple = Files.readAllBytes(testRun.photos.resolve("apple/apple3.png"));
    for (int i = 0; i < 30; i++) {
      testRun.file("apple/copy" + i + ".png", apple);
    }
    testRun.run();
    assertThat(testRun.heard.problems).extracting(Problem::kind).contains(Problem.Kind.ACROSS_SETS);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "4, 0", "1, 3", "4, 3"})
  void photosThatChangeWhileTheyAreDistortedEndTheRun(int threads, int variants) {
    testRun.distortions = new Distortions(true, 0, 0, 0, 0, 0, 0, variants);
    testRun.threads = threads;
    testRun.inSteps(5);
    testRun.heard.whenBottlenecksAreReady =
        () -> {
          for (Photo photo : testRun.heard.bottlenecks.photos()) {
            if (photo.label() == 2) {
              testRun.file(photo.name(), "no photo any more".getBytes(UTF_8));
            }
          }
        };

    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
        .hasMessageContaining(testRun.photos.resolve("sky").toString())
        .hasMessageContaining("cannot be read any more");
    assertThat(testRun.graph).doesNotExist();
  }

  // --- runs that diverge

  @ParameterizedTest
  @ValueSource(doubles = {1e9, 1e30, 1e38, 1e300})
  void aWildRateLeavesALayerThatGivesProbabilities(double rate) {
    // Labels that no line divides, so that every update is a large one.
    for (int i = 0; i < 20; i++) {
      testRun.picture("apple", "odd" + i + ".png", 0x3040b0 + i);
      testRun.picture("sky", "odd" + i + ".png", 0xa02010 + i);
    }
    RunResult report = testRun.training(Optimizer.GRADIENT_DESCENT, rate, 30, 0).run();

    if (rate >= 1e30) {
      assertThat(report.divergence()).isPresent();
    }
    FinalLayer layer = report.result().layer();
    for (int i = 0; i < testRun.heard.bottlenecks.photos().size(); i++) {
      float[] probabilities = layer.probabilities(testRun.heard.bottlenecks.bottlenecks().row(i));
      assertThat(probabilities[0] + probabilities[1] + probabilities[2])
          .isCloseTo(1, within(1e-5f));
    }
    assertThat(Model.read(testRun.graph).description()).isPresent();
    assertThat(testRun.out.resolve("evaluation.json")).exists();
  }

  /** The training seems to go well, although the weights are about as large as numbers get. */
  @ParameterizedTest
  @ValueSource(doubles = {1e30, 1e37, 3e38})
  void aWildRateOnPhotosThatAreEasyToTellApart(double rate) {
    RunResult report = testRun.training(Optimizer.GRADIENT_DESCENT, rate, 30, 0).run();
    assertThat(report.test().photos()).isPositive();
    assertThat(Model.read(testRun.graph).description()).isPresent();
  }
}
