package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.Classifier;
import org.pupil.Pupil;
import org.pupil.bottleneck.Precision;
import org.pupil.engine.EngineName;
import org.pupil.errors.PupilException;
import org.pupil.model.Model;
import org.pupil.model.TinyOnnx;
import org.pupil.network.NetworkFormat;
import org.pupil.training.Optimizer;

/** Training runs on a backbone that is an {@code .onnx} file. */
class OnnxRunTest {
  @TempDir Path folder;

  private TestRun testRun;
  private Path newest;

  @BeforeEach
  void onAnOnnxBackbone() {
    testRun = new TestRun(folder);
    testRun.backbone = TinyOnnx.request(folder);
    newest = folder.resolve("pupil-model");
    testRun.ownFolder = Optional.of(OutputRequest.below(newest));
  }

  @Test
  void theModelIsOneOnnxFileThatLabelsPhotos() {
    RunResult report = testRun.run();

    assertThat(report.outputs().graph()).isEqualTo(newest.resolve("graph.onnx")).exists();
    assertThat(newest.resolve("runs/run-1/graph.onnx")).exists();
    assertThat(newest.resolve("graph.pb")).doesNotExist();
    try (Classifier classifier = Pupil.open(newest)) {
      assertThat(classifier.labels()).containsExactly("apple", "leaf", "sky");
      for (String label : List.of("apple", "leaf", "sky")) {
        Path photo = testRun.photos.resolve(label).resolve(label + "3.png");
        assertThat(classifier.label(photo).best().label()).isEqualTo(label);
      }
      classifier.save(folder.resolve("saved"));
    }
    assertThat(folder.resolve("saved/graph.onnx"))
        .hasSameBinaryContentAs(newest.resolve("graph.onnx"));
  }

  /** The same two nodes in both formats: the layer learns the same from the same bottlenecks. */
  @Test
  void whatIsLearnedIsWhatIsLearnedOnTheSameTensorFlowGraph() throws IOException {
    RunResult onnx = testRun.run();
    TestRun other = new TestRun(folder);
    other.ownFolder = Optional.of(OutputRequest.below(folder.resolve("other")));
    RunResult tensorFlow = other.run();

    assertThat(onnx.test().accuracy()).isEqualTo(tensorFlow.test().accuracy());
    assertThat(onnx.test().logLoss())
        .isCloseTo(tensorFlow.test().logLoss(), org.assertj.core.api.Assertions.within(1e-5));
  }

  @Test
  void theNewestModelIsThatOfTheRunThatFinishedLast() {
    testRun.backbone = new TestRun(folder).backbone;
    testRun.run();
    assertThat(newest.resolve("graph.pb")).exists();

    testRun.backbone = TinyOnnx.request(folder);
    testRun.run();

    assertThat(newest.resolve("graph.pb")).doesNotExist();
    assertThat(newest.resolve("runs/run-1/graph.pb")).exists();
    assertThat(testRun.settings().outputs().newestGraph()).isEqualTo(newest.resolve("graph.onnx"));
  }

  @Test
  void intermediateModelsAreOnnxFilesToo() {
    testRun.training(Optimizer.GRADIENT_DESCENT, 0.1, 4, 2).run();

    Path file = newest.resolve("runs/run-1/intermediate/intermediate_2.onnx");
    assertThat(Model.read(file).content().format()).isEqualTo(NetworkFormat.ONNX);
  }

  private void assertRefusedBeforeAnyWork(String message) throws IOException {
    assertThatThrownBy(testRun::run).isInstanceOf(PupilException.class).hasMessage(message);
    assertThat(testRun.heard.events).isEmpty();
    try (Stream<Path> left = Files.exists(testRun.out) ? Files.list(testRun.out) : Stream.of()) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aModelIsNotNamedAsIfItWereOfTheOtherFormat() throws IOException {
    testRun.ownFolder = Optional.empty();
    assertRefusedBeforeAnyWork(
        "outputGraph must end with .onnx, as the model has the format of its backbone; was "
            + testRun.graph);

    testRun.backbone = new TestRun(folder).backbone;
    testRun.graph = testRun.out.resolve("graph.ONNX");
    assertRefusedBeforeAnyWork(
        "outputGraph must end with .pb, as the model has the format of its backbone; was "
            + testRun.graph);
  }

  @Test
  void thereIsNoSavedModelOfIt() throws IOException {
    testRun.ownFolder = Optional.empty();
    testRun.graph = testRun.out.resolve("graph.onnx");
    testRun.savedModelDir = Optional.of(testRun.out.resolve("saved"));

    assertRefusedBeforeAnyWork(
        "savedModelDir is for a backbone that is a TensorFlow graph: a model on an .onnx backbone is"
            + " an ONNX model");
  }

  @Test
  void tensorFlowIsNotLookedForToRunIt() throws IOException {
    testRun.engine = EngineName.TENSORFLOW;

    assertRefusedBeforeAnyWork("engine tensorflow does not run .onnx files: leave it out");
  }

  @Test
  void itIsNotComputedInBfloat16() throws IOException {
    testRun.precision = Precision.BFLOAT16;

    assertRefusedBeforeAnyWork(
        "precision bfloat16 needs TensorFlow, which does not run .onnx files");
  }
}
