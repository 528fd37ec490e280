package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.Classifier;
import org.pupil.Pupil;
import org.pupil.dataset.SplitSet;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.finetuning.FineTuningSettings;
import org.pupil.images.Distortions;
import org.pupil.model.Model;
import org.pupil.training.HeldOutComparison;

/** Training runs that train layers of the backbone too. */
class FineTuningRunTest {
  private static final FineTuningSettings QUICK =
      new FineTuningSettings(20, 20, 8, 0.02, 0.1, 0, 0, 0.9, 0);

  @TempDir Path folder;
  private TestRun testRun;

  @BeforeEach
  void makePhotos() throws IOException {
    testRun = testRun("first");
  }

  private TestRun testRun(String name) throws IOException {
    TestRun run = new TestRun(Files.createDirectories(folder.resolve(name)));
    for (String label : List.of("apple", "leaf", "sky")) {
      delete(run.photos.resolve(label));
    }
    SymmetricBackbone.paint(run, 60);
    run.backbone = SymmetricBackbone.request(run.folder);
    run.fineTuning = request(FineTuningDepth.LAST, QUICK);
    return run;
  }

  private static void delete(Path photos) throws IOException {
    try (Stream<Path> files = Files.list(photos)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(photos);
  }

  private static FineTuningRequest request(FineTuningDepth depth, FineTuningSettings settings) {
    return new FineTuningRequest(
        depth, settings, FineTuningRequest.DEFAULT_MOST_BYTES, Optional.empty(), false);
  }

  private static FineTuningRequest resumed(FineTuningRequest request) {
    return new FineTuningRequest(
        request.depth(), request.settings(), request.mostBytes(), request.timeBudget(), true);
  }

  private static HeldOutComparison comparison(RunResult result) {
    return result.fineTuning().orElseThrow().comparison();
  }

  @Test
  void learnsWhatNoFinalLayerCanSee() {
    testRun.onnx = Optional.of(folder.resolve("model.onnx"));
    testRun.savedModelDir = Optional.of(folder.resolve("saved"));
    RunResult result = testRun.run();
    HeldOutComparison comparison = comparison(result);
    assertThat(comparison.rightBefore()).isLessThan(comparison.photos() * 3 / 4);
    assertThat(comparison.rightAfter()).isGreaterThan(comparison.photos() * 9 / 10);
    assertThat(result.fineTuning().orElseThrow().isKept()).isTrue();
    assertThat(result.fineTuning().orElseThrow().cut()).isEqualTo("low");
    assertThat(result.test().accuracy()).isGreaterThan(0.9);
    assertThat(testRun.heard.epochs).hasSize(20);
    assertThat(testRun.heard.epochs.get(19).epochs()).isEqualTo(20);
    assertThat(result.onnxFailure()).isEmpty();
    assertThat(
            Model.read(testRun.graph)
                .description()
                .orElseThrow()
                .provenance()
                .backbone()
                .fineTunedAbove())
        .isEqualTo("low");
    assertThat(folder.resolve("saved/saved_model.pb")).exists();
    assertThat(rightOf(testRun.graph, result)).isEqualTo(right(result));
    assertThat(rightOf(folder.resolve("model.onnx"), result)).isEqualTo(right(result));
  }

  @Test
  void theProjectorShowsWhatTheNewBackboneGives() throws IOException {
    RunResult result = testRun.run();
    assertThat(result.fineTuning().orElseThrow().isKept()).isTrue();
    List<String> table = Files.readAllLines(testRun.summaries.resolve("metadata.tsv"));
    FloatBuffer vectors =
        ByteBuffer.wrap(Files.readAllBytes(testRun.summaries.resolve("bottlenecks.pupil.f32")))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    assertThat(table).hasSize(121);
    for (String line : table.subList(1, table.size())) {
      String[] cells = line.split("\t", -1);
      float[] vector = new float[16];
      vectors.get(vector);
      float[] probabilities = result.result().layer().probabilities(vector);
      int predicted = List.of("above", "below").indexOf(cells[3]);
      assertThat(probabilities[predicted]).isEqualTo(Float.parseFloat(cells[4]));
    }
    assertThat(table.stream().filter(FineTuningRunTest::isRight).count()).isGreaterThan(110);
  }

  private static boolean isRight(String line) {
    String[] cells = line.split("\t", -1);
    return cells[0].equals(cells[3]);
  }

  private static long right(RunResult result) {
    return Math.round(result.test().accuracy() * result.test().photos());
  }

  /** How many of the test photos a saved model labels rightly. */
  private static long rightOf(Path model, RunResult result) {
    try (Classifier classifier = Pupil.open(model)) {
      return result.testPhotos().stream()
          .filter(
              photo -> {
                Path file = photo.source().file().orElseThrow().path();
                String label = result.test().labels().name(photo.label());
                return classifier.label(file).best().label().equals(label);
              })
          .count();
    }
  }

  @Test
  void allLayersFromPixels() {
    testRun.fineTuning = request(FineTuningDepth.ALL, QUICK);
    RunResult result = testRun.run();
    assertThat(comparison(result).rightAfter()).isGreaterThan(comparison(result).photos() * 9 / 10);
    assertThat(result.fineTuning().orElseThrow().cut()).isEqualTo("pixels");
    assertThat(rightOf(testRun.graph, result)).isEqualTo(right(result));
    assertThat(testRun.heard.fineTuningCosts.get(0).bytes()).isZero();
  }

  @Test
  void distortedPhotosAreSeenTooIfAskedFor() {
    testRun.distortions = new Distortions(false, 10, 10, 10, 0, 0, 0, 3);
    testRun.run();
    assertThat(testRun.heard.fineTuningCosts.get(0).views()).isEqualTo(5);
    FineTuningListener.Cost cost = testRun.heard.fineTuningCosts.get(0);
    assertThat(cost.maps()).isEqualTo(maps(cost, 5));
  }

  /** All views of the photos that are trained on in the end, and one of those that never are. */
  private static int maps(FineTuningListener.Cost cost, int views) {
    int training = cost.onAll().photos();
    return views * training + cost.photos() + cost.heldBack() - training;
  }

  @Test
  void whatIsKeptIsTrainedOnceMoreOnThePhotosThatWereHeldBackToo() {
    RunResult result = testRun.run();
    assertThat(result.fineTuning().orElseThrow().isKept()).isTrue();
    FineTuningListener.Cost cost = testRun.heard.fineTuningCosts.get(0);
    int training = testRun.heard.splits.get(0).count(SplitSet.TRAINING);
    assertThat(cost.onAll().isPlanned()).isTrue();
    assertThat(cost.onAll().time()).isPositive();
    assertThat(testRun.heard.photosOnAll)
        .isEqualTo(cost.onAll().photos())
        .isEqualTo(training)
        .isGreaterThan(cost.photos());
    int best = bestEpoch();
    assertThat(testRun.heard.plannedOnAll).isEqualTo(best);
    assertThat(testRun.heard.epochsOnAll).hasSize(best).endsWith(best);
    int stepsOfEpoch = (training + QUICK.batchSize() - 1) / QUICK.batchSize();
    assertThat(result.result().stepsDone()).isEqualTo(best * stepsOfEpoch);
  }

  private int bestEpoch() {
    int best = 0;
    for (FineTuningListener.Epoch epoch : testRun.heard.epochs) {
      best = epoch.isBest() ? epoch.number() : best;
    }
    return best;
  }

  @Test
  void isNotKeptWhereItDoesNotHelp() throws IOException {
    // The labels say nothing about the pictures.
    TestRun guess = testRun("guess");
    delete(guess.photos.resolve("above"));
    delete(guess.photos.resolve("below"));
    for (int i = 0; i < 120; i++) {
      int colour = 0x404040 + i * 0x010203;
      guess.picture(i % 2 == 0 ? "one" : "two", i + ".png", colour);
    }
    RunResult result = guess.run();
    assertThat(result.fineTuning().orElseThrow().isKept()).isFalse();
    assertThat(guess.heard.epochsOnAll).isEmpty();
    guess.fineTuning = FineTuningRequest.NONE;
    byte[] fineTuned = Files.readAllBytes(guess.graph);
    RunResult alone = guess.run();
    assertThat(alone.fineTuning()).isEmpty();
    assertThat(Files.readAllBytes(guess.graph)).isEqualTo(fineTuned);
  }

  @Test
  void whatItTakesIsToldAndTheMapsAreComputedOnce() {
    testRun.run();
    FineTuningListener.Cost cost = testRun.heard.fineTuningCosts.get(0);
    assertThat(cost.cut()).isEqualTo("low");
    assertThat(cost.maps()).isEqualTo(maps(cost, 2));
    int bytes = 13 * 13 * 8 * 2;
    assertThat(cost.bytes()).isBetween((long) cost.maps() * bytes, cost.maps() * (bytes + 64L));
    assertThat(cost.epochs()).isEqualTo(20);
    assertThat(cost.time()).isPositive();
    assertThat(testRun.heard.mapped).isBetween(1, cost.maps());
    testRun.run();
    assertThat(testRun.heard.fineTuningCosts.get(1).maps()).isZero();
    assertThat(testRun.heard.fineTuningCosts.get(1).bytes()).isZero();
  }

  @Test
  void goesOnAfterAnyEpochWithTheSameBytes() throws IOException {
    testRun.run();
    byte[] whole = Files.readAllBytes(testRun.graph);
    TestRun stopped = testRun("second");
    stopped.threads = 1;
    stopped.backbone = testRun.backbone; // its name is in the model
    stopped.heard.afterEpoch = epoch -> stopAt(7, epoch);
    assertThatThrownBy(stopped::run).isInstanceOf(IllegalStateException.class);
    stopped.fineTuning = resumed(stopped.fineTuning);
    stopped.heard.afterEpoch = epoch -> stopAt(15, epoch);
    assertThatThrownBy(stopped::run).isInstanceOf(IllegalStateException.class);
    assertThat(stopped.heard.resumedAfter).isEqualTo(7);
    stopped.heard.afterEpoch = epoch -> {};
    stopped.heard.afterEpochOnAll = number -> stopAt(2, number);
    assertThatThrownBy(stopped::run).isInstanceOf(IllegalStateException.class);
    stopped.heard.epochs.clear();
    stopped.heard.epochsOnAll.clear();
    stopped.heard.afterEpochOnAll = number -> {};
    stopped.run();
    assertThat(stopped.heard.epochs).isEmpty();
    assertThat(stopped.heard.resumedAfter).isEqualTo(2);
    assertThat(stopped.heard.epochsOnAll).startsWith(3);
    assertThat(Files.readAllBytes(stopped.graph)).isEqualTo(whole);
    assertThat(checkpoints(stopped)).isEmpty();
    assertThatThrownBy(stopped::run)
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("there is no fine-tuning to go on with");
  }

  @Test
  void whoStopsItHearsHowToGoOn() {
    List<String> said = new ArrayList<>();
    TrainingRun run = testRun.trainingRun();
    testRun.heard.afterEpoch =
        epoch -> {
          said.addAll(run.stopped());
          stopAt(1, epoch);
        };
    assertThatThrownBy(run::run).isInstanceOf(IllegalStateException.class);
    assertThat(said)
        .startsWith("Stopped while fine-tuning.")
        .anyMatch(sentence -> sentence.endsWith("goes on after these if it is resumed."));
  }

  @Test
  void endsWhenNoEpochHasBeenBetterForAWhile() {
    // At this rate it is thrown about rather than taught.
    testRun.fineTuning =
        request(FineTuningDepth.LAST, new FineTuningSettings(200, 2, 8, 0.5, 0, 0, 0, 0, 0));
    testRun.run();
    assertThat(testRun.heard.epochs).hasSizeLessThan(200);
    assertThat(testRun.heard.endedAfter).isEqualTo(testRun.heard.epochs.size());
    assertThat(testRun.heard.endedAfter).isEqualTo(bestEpoch() + 3);
  }

  @Test
  void aDamagedCheckpointIsNamed() throws IOException {
    testRun.heard.afterEpoch = epoch -> stopAt(2, epoch);
    assertThatThrownBy(testRun::run).isInstanceOf(IllegalStateException.class);
    Path checkpoint = checkpoints(testRun).get(0);
    byte[] whole = Files.readAllBytes(checkpoint);
    for (int length : new int[] {0, 7, whole.length - 1}) {
      Files.write(checkpoint, Arrays.copyOf(whole, length));
      testRun.fineTuning = resumed(testRun.fineTuning);
      assertThatThrownBy(testRun::run)
          .isInstanceOf(PupilException.class)
          .hasMessage(
              checkpoint + " is damaged, so fine-tuning cannot go on from it; leave out resume");
    }
  }

  private static List<Path> checkpoints(TestRun run) throws IOException {
    try (Stream<Path> files = Files.list(run.bottlenecks.resolve("fine-tuning"))) {
      return files.filter(file -> file.toString().endsWith(".checkpoint")).toList();
    }
  }

  private static void stopAt(int number, FineTuningListener.Epoch epoch) {
    stopAt(number, epoch.number());
  }

  private static void stopAt(int number, int epoch) {
    if (epoch == number) {
      throw new IllegalStateException("stopped");
    }
  }

  @Test
  void isNotResumedWithOtherPhotosOrOptions() {
    testRun.heard.afterEpoch = epoch -> stopAt(3, epoch);
    assertThatThrownBy(testRun::run).isInstanceOf(IllegalStateException.class);
    FineTuningSettings more = QUICK.with(21, QUICK.learningRate(), QUICK.seed());
    testRun.fineTuning = resumed(request(FineTuningDepth.LAST, more));
    assertThatThrownBy(testRun::run)
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("it had other photos or options");
    SymmetricBackbone.paint(testRun, 61);
    testRun.fineTuning = resumed(request(FineTuningDepth.LAST, QUICK));
    assertThatThrownBy(testRun::run)
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("it had other photos or options");
  }

  @Test
  void doesLessWhereTheTimeIsShortAndNothingWhereItIsTooShort() {
    testRun.fineTuning = within(Duration.ofMillis(1));
    RunResult result = testRun.run();
    assertThat(result.fineTuning()).isEmpty();
    assertThat(testRun.heard.doesNotFit).hasSize(1);
    assertThat(testRun.heard.fineTuningCosts).isEmpty();
    testRun.fineTuning = within(Duration.ofHours(1));
    testRun.run();
    assertThat(testRun.heard.epochs).hasSize(20);
  }

  private static FineTuningRequest within(Duration time) {
    return new FineTuningRequest(
        FineTuningDepth.LAST,
        QUICK,
        FineTuningRequest.DEFAULT_MOST_BYTES,
        Optional.of(time),
        false);
  }

  @Test
  void whatDoesNotFitIntoTheCacheIsSaidBeforeAnythingIsKept() {
    testRun.fineTuning =
        new FineTuningRequest(FineTuningDepth.LAST, QUICK, 100_000, Optional.empty(), false);
    assertThatThrownBy(testRun::run)
        .isInstanceOf(PupilException.class)
        .hasMessageMatching("fine-tuning needs 1 MB .* may use 1 MB: raise cacheSize, or .*");
    assertThat(testRun.heard.bottlenecks).isNull();
  }

  @Test
  void mapsOfPhotosThatAreGoneDoNotStandInTheWay() throws IOException {
    testRun.run();
    long bytes = testRun.heard.fineTuningCosts.get(0).bytes();
    SymmetricBackbone.paint(testRun, 65);
    for (int i = 0; i < 10; i++) {
      Files.delete(testRun.photos.resolve("above/" + i + ".png"));
      Files.delete(testRun.photos.resolve("below/" + i + ".png"));
    }
    testRun.fineTuning =
        new FineTuningRequest(FineTuningDepth.LAST, QUICK, bytes, Optional.empty(), false);
    testRun.run();
    FineTuningListener.Cost second = testRun.heard.fineTuningCosts.get(1);
    assertThat(second.maps()).isEqualTo(maps(second, 2));
  }

  @Test
  void mapsOfOtherTrainingsGoIfTheyAreInTheWay() throws IOException {
    Path kept = testRun.bottlenecks.resolve("fine-tuning");
    Files.createDirectories(kept);
    Files.write(kept.resolve("old.maps"), new byte[400_000]);
    Files.write(kept.resolve("old.checkpoint"), new byte[400_000]);
    Files.write(kept.resolve("not-ours.txt"), new byte[400_000]);
    testRun.fineTuning =
        new FineTuningRequest(FineTuningDepth.LAST, QUICK, 700_000, Optional.empty(), false);
    testRun.run();
    assertThat(kept.resolve("old.maps")).doesNotExist();
    assertThat(kept.resolve("old.checkpoint")).doesNotExist();
    assertThat(kept.resolve("not-ours.txt")).exists();
  }

  @Test
  void whatDivergesSaysSo() {
    FineTuningSettings wild = new FineTuningSettings(3, 3, 8, 1e30, 0, 0, 0, 0, 0);
    testRun.fineTuning = request(FineTuningDepth.LAST, wild);
    assertThatThrownBy(testRun::run)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.DIVERGED))
        .hasMessageContaining("fine-tuning diverged 3 times");
  }

  @Test
  void whereItCannotBeCutIsSaidBeforePhotosAreDecoded() {
    testRun.fineTuning = request(FineTuningDepth.of("lowest"), QUICK);
    assertThatThrownBy(testRun::run)
        .isInstanceOf(PupilException.class)
        .hasMessage("fineTune lowest: " + name() + " cannot be cut there; it can at low, middle");
    assertThat(testRun.heard.bottlenecks).isNull();
  }

  private String name() {
    return testRun.folder.resolve("symmetric.pb").toString();
  }

  @Test
  void anOperationWithoutAGradientIsNamed() {
    testRun.backbone = SymmetricBackbone.requestWith(testRun.folder, "Sigmoid");
    assertThatThrownBy(testRun::run)
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("no gradient is known of Sigmoid (at middle); give fineTune none");
    assertThat(testRun.heard.bottlenecks).isNull();
  }

  @Test
  void tooFewPhotosToHoldSomeBack() throws IOException {
    TestRun few = testRun("few");
    delete(few.photos.resolve("above"));
    delete(few.photos.resolve("below"));
    for (int i = 0; i < 3; i++) {
      few.picture("one", i + ".png", 0x404040 + i);
      few.picture("two", i + ".png", 0x808080 + i);
    }
    RunResult result = few.run();
    assertThat(result.fineTuning()).isEmpty();
    assertThat(few.heard.messages())
        .anyMatch(message -> message.startsWith("fine-tuning is left out: there are too few"));
  }
}
