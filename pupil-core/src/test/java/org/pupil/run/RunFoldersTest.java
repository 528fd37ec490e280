package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.backbone.BackboneRequest;
import org.pupil.bottleneck.ContentHash;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.training.Optimizer;

/** Each run has a folder of its own, and none harms what another left. */
class RunFoldersTest {
  private static final List<String> MODEL = List.of("graph.pb", "labels.txt", "evaluation.json");

  @TempDir Path folder;
  private TestRun testRun;
  private Path kept;
  private Path runs;

  @BeforeEach
  void paint() {
    testRun = new TestRun(folder);
    kept = folder.resolve("pupil-model");
    runs = kept.resolve("runs");
    testRun.ownFolder = Optional.of(OutputRequest.below(kept));
  }

  private void named(String name) {
    testRun.ownFolder = Optional.of(OutputRequest.builder(kept).runName(Optional.of(name)).build());
  }

  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        contents.put(
            root.relativize(path).toString(), ContentHash.of(Files.readAllBytes(path)).toString());
      }
    }
    return contents;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private String newest() throws IOException {
    return Files.readString(runs.resolve("newest"));
  }

  @Test
  void aSecondRunLeavesTheFirstAsItWas() throws IOException {
    RunResult first = testRun.run();
    Map<String, String> before = contents(runs.resolve("run-1"));
    RunResult second = testRun.inSteps(12).run();

    assertThat(before.keySet())
        .contains("graph.pb", "labels.txt", "evaluation.json", "projector_config.pbtxt")
        .anyMatch(name -> name.startsWith("events.out.tfevents."))
        .anyMatch(name -> name.startsWith("train/events.out.tfevents."))
        .anyMatch(name -> name.startsWith("validation/events.out.tfevents."));
    assertThat(contents(runs.resolve("run-1"))).isEqualTo(before);
    assertThat(names(runs)).containsExactly("newest", "run-1", "run-2");
    assertThat(names(kept)).containsExactly("evaluation.json", "graph.pb", "labels.txt", "runs");
    assertThat(first.run().orElseThrow()).isEqualTo(new RunFolder(runs, "run-1", Optional.empty()));
    assertThat(second.run().orElseThrow().before()).contains("run-1");
    assertThat(second.outputs().graph()).isEqualTo(kept.resolve("graph.pb"));
  }

  @Test
  void theNewestModelIsThatOfTheRunThatFinishedLast() throws IOException {
    testRun.run();
    testRun.inSteps(12).run();
    assertThat(newest()).isEqualTo("run-2\n");
    for (String file : MODEL) {
      assertThat(kept.resolve(file)).hasSameBinaryContentAs(runs.resolve("run-2").resolve(file));
    }
    assertThat(kept.resolve("graph.pb")).isRegularFile();
    assertThat(Files.readAllBytes(kept.resolve("graph.pb")))
        .isNotEqualTo(Files.readAllBytes(runs.resolve("run-1/graph.pb")));
  }

  /** As {@code cp pupil-model/runs/run-1/graph.pb pupil-model/graph.pb} does. */
  @Test
  void whoCopiesAnOlderModelOverTheNewestChangesNoRun() throws IOException {
    testRun.run();
    testRun.inSteps(12).run();
    Map<String, String> before = contents(runs);
    Files.write(kept.resolve("graph.pb"), Files.readAllBytes(runs.resolve("run-1/graph.pb")));
    assertThat(contents(runs)).isEqualTo(before);
  }

  @Test
  void aNameThatIsTakenGetsANumberAndThatIsTold() throws IOException {
    named("slow");
    testRun.run();
    assertThat(testRun.heard.namesTaken).isEmpty();
    testRun.run();
    RunResult third = testRun.run();
    assertThat(names(runs)).containsExactly("newest", "slow", "slow-2", "slow-3");
    assertThat(testRun.heard.namesTaken).containsExactly("slow: slow-2", "slow: slow-3");
    assertThat(third.run().orElseThrow().pathBefore()).contains(runs.resolve("slow-2"));
  }

  @Test
  void numbersGoOnAfterTheLastOneThatIsThere() throws IOException {
    Files.createDirectories(runs.resolve("run-9"));
    Files.createDirectories(runs.resolve("run-12x"));
    assertThat(RunFolder.make(runs, Optional.empty()).name()).isEqualTo("run-10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        ".hidden",
        "a/b",
        "/a",
        "a\\b",
        "a\nb",
        "a\tb",
        "\u001b[31m",
        "a\u0000",
        "c:",
        "a*",
        "newest",
        "logs",
        "Newest",
        " a",
        "a ",
        "a\u202eb",
        "a.",
        "CON",
        "nul",
        "Aux.txt",
        "com1",
        "LPT9.a.b"
      })
  void aNameThatIsNoPlainFileNameIsRefused(String name) {
    assertThatThrownBy(() -> named(name))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContaining("runName must ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
    assertThatThrownBy(() -> named("a".repeat(101))).hasMessageContaining("at most 100");
    assertThatThrownBy(() -> named("猫".repeat(86))).hasMessageContaining("240 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate 0.01", "Äpfel", "run-7", "a.b", "-x", "猫", "con2", "console"})
  void anyOtherNameIsTaken(String name) {
    named(name);
    assertThat(testRun.run().run().orElseThrow().path()).isEqualTo(runs.resolve(name));
  }

  @Test
  void runsThatBeginAtOnceGetAFolderEach() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> tasks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Optional<String> wanted = i % 2 == 0 ? Optional.empty() : Optional.of("mine");
        tasks.add(() -> RunFolder.make(runs, wanted).name());
      }
      TreeSet<String> made = new TreeSet<>();
      for (Future<String> name : threads.invokeAll(tasks)) {
        made.add(name.get());
      }
      assertThat(made).hasSize(40).contains("run-1", "run-20", "mine", "mine-20");
    } finally {
      threads.shutdownNow();
    }
  }

  // --- runs that come to nothing

  private Map<String, String> newestModel() throws IOException {
    Map<String, String> contents = contents(kept);
    contents.keySet().removeIf(name -> name.startsWith("runs/") && !name.equals("runs/newest"));
    return contents;
  }

  @Test
  void aRunThatDivergesLeavesTheNewestModelAndKeepsItsOwn() throws IOException {
    testRun.run();
    Map<String, String> before = newestModel();
    RunResult report = testRun.training(Optimizer.GRADIENT_DESCENT, 1e300, 40, 0).run();
    assertThat(report.divergence()).isPresent();
    assertThat(newestModel()).isEqualTo(before).containsKeys("graph.pb", "runs/newest");
    assertThat(report.outputs().graph()).isEqualTo(runs.resolve("run-2/graph.pb")).isNotEmptyFile();
    assertThat(newest()).isEqualTo("run-1\n");
  }

  @Test
  void aRunThatFailsInTheMiddleLeavesTheNewestModel() throws IOException {
    testRun.run();
    Map<String, String> before = newestModel();
    testRun.heard.thrownAtEvaluation = PupilException.unavailable("the disk is gone");
    assertThatThrownBy(testRun::run).hasMessage("the disk is gone");
    assertThat(newestModel()).isEqualTo(before);
  }

  @Test
  void aRunThatCannotBeginLeavesNoFolder() throws IOException {
    testRun.backbone = BackboneRequest.architecture("mobilenet_0.50_224", folder); // no network
    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(kept).doesNotExist();
    Files.createDirectories(runs.resolve("run-1"));
    assertThatThrownBy(testRun::run).isInstanceOf(PupilException.class);
    assertThat(names(runs)).containsExactly("run-1");
  }

  @Test
  void aFolderOfRunsThatCannotBeMadeIsOneLine() throws IOException {
    Files.writeString(Files.createDirectories(kept).resolve("runs"), "precious");
    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining(runs.toString())
        .hasMessageContaining("a file, not a folder");
  }

  // --- flags

  @Test
  void whereFlagsPlaceEverythingThereAreNoRuns() {
    testRun.ownFolder = Optional.empty();
    RunResult report = testRun.run();
    assertThat(report.run()).isEmpty();
    assertThat(testRun.out.resolve("runs")).doesNotExist();
  }

  @Test
  void aNameThatNothingGetsIsRefused() {
    testRun.ownFolder =
        Optional.of(
            OutputRequest.builder(kept)
                .runName(Optional.of("mine"))
                .graph(Optional.of(testRun.graph))
                .labels(Optional.of(testRun.labels))
                .summariesDir(Optional.of(testRun.summaries))
                .build());
    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageStartingWith("runName mine is of no use");
    assertThat(kept).doesNotExist();
  }

  @Test
  void whatNoFlagPlacesGoesToTheRunsFolder() throws IOException {
    testRun.run();
    Map<String, String> before = newestModel();
    testRun.ownFolder =
        Optional.of(OutputRequest.builder(kept).graph(Optional.of(testRun.graph)).build());
    RunResult report = testRun.training(Optimizer.GRADIENT_DESCENT, 0.1, 8, 5).run();
    assertThat(report.outputs().graph()).isEqualTo(testRun.graph).isNotEmptyFile();
    assertThat(testRun.out.resolve("evaluation.json")).isNotEmptyFile();
    assertThat(names(runs.resolve("run-2")))
        .contains("intermediate", "labels.txt", "train", "validation")
        .doesNotContain("graph.pb", "evaluation.json");
    // Its model is elsewhere, so the newest one here is still that of the run before.
    assertThat(newestModel()).containsAllEntriesOf(removed(before, "runs/newest"));
    assertThat(new String(Files.readAllBytes(runs.resolve("newest")), StandardCharsets.UTF_8))
        .isEqualTo("run-2\n");
  }

  private static Map<String, String> removed(Map<String, String> from, String key) {
    Map<String, String> rest = new TreeMap<>(from);
    rest.remove(key);
    return rest;
  }
}
