package org.pupil.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.backbone.BackboneRequest;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.files.FolderTree;
import org.pupil.training.Optimizer;

/** What can be wrong is said before the first photo is decoded, and nothing is harmed. */
class ChecksBeforeWorkTest {
  @TempDir Path folder;
  private TestRun testRun;

  @BeforeEach
  void paint() {
    testRun = new TestRun(folder);
  }

  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        String what = Files.isRegularFile(path) ? Files.size(path) + " bytes" : "a folder";
        content.put(root.relativize(path).toString(), what);
      }
    }
    return content;
  }

  private void assertRefused(Kind kind, String message) throws IOException {
    Map<String, String> before = files(folder);
    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.getMessage()).contains(message).doesNotContain("\n"));
    assertThat(testRun.heard.events).doesNotContain("bottlenecks");
    // No photo was decoded: there is not even a cache.
    assertThat(testRun.bottlenecks.resolve("bottlenecks.db")).doesNotExist();
    assertThat(files(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"graph", "labels", "evaluation", "intermediate", "summaries", "saved", "onnx"})
  void aPlaceBelowAFileCannotBeWritten(String what) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Path below = file.resolve("deep/place");
    String flag =
        switch (what) {
          case "graph" -> {
            testRun.graph = below;
            yield "outputGraph";
          }
          case "labels" -> {
            testRun.labels = below;
            yield "outputLabels";
          }
          case "intermediate" -> {
            testRun.intermediate = below + "/";
            testRun.training(Optimizer.GRADIENT_DESCENT, 0.1, 10, 5);
            yield "intermediateOutputGraphsDir";
          }
          case "summaries" -> {
            testRun.summaries = below;
            yield "summariesDir";
          }
          case "saved" -> {
            testRun.savedModelDir = Optional.of(below);
            yield "savedModelDir";
          }
          case "onnx" -> {
            testRun.onnx = Optional.of(below);
            yield "onnx";
          }
          default -> {
            Files.createDirectories(testRun.out.resolve("evaluation.json"));
            yield "outputGraph";
          }
        };
    assertRefused(Kind.UNAVAILABLE, flag + ": ");
  }

  @Test
  void aFolderInPlaceOfAFileIsRefused() throws IOException {
    Files.createDirectories(testRun.graph);
    assertRefused(
        Kind.UNAVAILABLE, "outputGraph: cannot write " + testRun.graph + ": it is a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "validation"})
  void aFileInPlaceOfARunIsRefused(String run) throws IOException {
    Files.createDirectories(testRun.summaries);
    Files.writeString(testRun.summaries.resolve(run), "precious");
    assertRefused(Kind.UNAVAILABLE, "summariesDir: ");
  }

  @Test
  void twoThingsInOnePlaceAreRefused() throws IOException {
    testRun.labels = testRun.out.resolve("x/../graph.pb");
    assertRefused(Kind.USAGE, "outputGraph and outputLabels must be two files");
    testRun.labels = testRun.out.resolve("evaluation.json");
    assertRefused(Kind.USAGE, "outputLabels and evaluation.json beside outputGraph must be");
    testRun.labels = testRun.out.resolve("labels.txt");
    testRun.graph = testRun.out.resolve("evaluation.json");
    assertRefused(Kind.USAGE, "must be two files");
    testRun.graph = testRun.out.resolve("graph.pb");
    testRun.onnx = Optional.of(testRun.graph);
    assertRefused(Kind.USAGE, "outputGraph and onnx must be two files");
  }

  @Test
  void aPhotoIsNotReplaced() throws IOException {
    Path photo = Files.writeString(folder.resolve("tom.JPG"), "precious");
    testRun.onnx = Optional.of(photo);
    assertRefused(Kind.USAGE, "onnx is a file to write, but " + photo + " is a photo");
    testRun.onnx = Optional.empty();
    testRun.graph = photo;
    assertRefused(Kind.USAGE, "outputGraph is a file to write, but " + photo + " is a photo");
  }

  @Test
  void aLinkToAnotherOutputIsRefused() throws IOException {
    Files.createDirectories(testRun.out);
    testRun.onnx =
        Optional.of(
            Files.createSymbolicLink(
                testRun.out.resolve("link.onnx"), testRun.graph.getFileName()));
    assertRefused(Kind.USAGE, "outputGraph and onnx must be two files");
  }

  @Test
  void anyNumberOfThingsMayGoToADevice() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device) && !Files.isRegularFile(device), "there is no /dev/null");
    testRun.graph = device;
    testRun.labels = device;
    testRun.settings().outputs().check(false, testRun.bottlenecks);
    assertThat(device).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"graph", "labels", "summaries", "bottlenecks", "intermediate"})
  void theSavedModelsFolderIsItsOwn(String what) throws IOException {
    Path saved = folder.resolve("saved");
    testRun.savedModelDir = Optional.of(saved);
    switch (what) {
      case "graph" -> testRun.graph = saved.resolve("graph.pb");
      case "labels" -> testRun.labels = saved.resolve("deep/labels.txt");
      case "summaries" -> testRun.summaries = saved.resolve("logs");
      case "bottlenecks" -> testRun.bottlenecks = saved;
      default -> {
        testRun.intermediate = saved + "/i";
        testRun.training(Optimizer.GRADIENT_DESCENT, 0.1, 10, 5);
      }
    }
    assertRefused(Kind.USAGE, "savedModelDir must be a folder of its own, but ");
  }

  @Test
  void aSavedModelFolderWithForeignFilesIsRefused() throws IOException {
    Path saved = Files.createDirectories(folder.resolve("saved"));
    Files.writeString(saved.resolve("thesis.txt"), "precious");
    testRun.savedModelDir = Optional.of(saved);
    assertRefused(Kind.UNAVAILABLE, "holds thesis.txt, which Pupil did not make");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Placeholder", "input/mean", "backbone/x", "not a name"})
  void anImpossibleFinalTensorNameIsRefused(String name) throws IOException {
    testRun.finalTensorName = name;
    assertRefused(Kind.USAGE, "finalTensorName must be ");
  }

  @Test
  void anUnknownBackboneIsRefused() throws IOException {
    testRun.backbone = BackboneRequest.architecture("mobilnet_0.25_224", folder);
    assertRefused(Kind.USAGE, "mobilnet_0.25_224");
  }

  @Test
  void aLayerThatTheBackboneLacksIsRefused() throws IOException {
    testRun.backbone = testRun.backbone.withLayers(Optional.of("photos"), Optional.of("missing"));
    assertRefused(Kind.BAD_MODEL, "bottleneckLayer missing");
  }

  @Test
  void photosThatCannotBeSplitAreRefused() throws IOException {
    testRun.split = new SplitSettings(SplitRule.RETRAIN, 1, 1, 0);
    assertRefused(Kind.BAD_INPUT, "label '");
  }

  @Test
  void aFolderOfBrokenPhotosLeavesNothing() throws IOException {
    FolderTree.delete(testRun.photos);
    for (String name : List.of("a/1.jpg", "a/2.jpg", "a/3.jpg", "b/1.jpg", "b/2.jpg", "b/3.jpg")) {
      testRun.file(name, "no photo".getBytes(UTF_8));
    }
    Map<String, String> before = files(folder);
    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT));
    assertThat(files(folder)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "no label", "one label"})
  void tooFewPhotosAreRefused(String what) throws IOException {
    FolderTree.delete(testRun.photos);
    Files.createDirectories(testRun.photos);
    switch (what) {
      case "no label" -> testRun.picture(".", "a.png", 0xa02010);
      case "one label" -> testRun.picture("only", "a.png", 0xa02010);
      default -> assertThat(testRun.photos).isEmptyDirectory();
    }
    assertRefused(Kind.BAD_INPUT, "");
  }

  @Test
  void aBackboneThatCannotBeDownloadedIsRefused() throws IOException {
    // Nothing listens at the mirror's address.
    testRun.backbone =
        BackboneRequest.architecture("mobilenet_0.50_224", folder.resolve("deep/backbones"));
    assertRefused(Kind.UNAVAILABLE, "mobilenet_0.50_224 cannot be downloaded");
  }

  @Test
  void aFolderThatIsNotThereIsRefused() throws IOException {
    Map<String, String> before = files(folder);
    RunSettings s = testRun.settings();
    RunSettings elsewhere =
        new RunSettings(
            new DatasetFolder(folder.resolve("nowhere").toString(), LabelRule.FOLDER),
            s.strict(),
            s.split(),
            s.backbone(),
            s.addresses(),
            s.alpha(),
            s.precision(),
            s.engine(),
            s.bottleneckDir(),
            s.distortions(),
            s.training(),
            s.fineTuning(),
            s.familiarity(),
            s.outputs(),
            s.threads(),
            s.version(),
            s.options());
    assertThatThrownBy(
            () -> new TrainingRun(elsewhere, Clock.systemUTC(), Map.of(), testRun.heard).run())
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
        .hasMessageContaining("nowhere");
    assertThat(files(folder)).isEqualTo(before);
  }
}
