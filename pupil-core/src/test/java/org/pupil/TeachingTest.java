package org.pupil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.Progress.Stage;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.DatasetBuilder;
import org.pupil.errors.PupilException;
import org.pupil.model.TinyModel;
import org.pupil.training.Optimizer;

@Timeout(60)
class TeachingTest {
  private static final int PHOTOS = 40;

  @TempDir static Path folder;
  private static Path photos;
  private static Path backbone;

  @TempDir Path place;

  @BeforeAll
  static void paint() throws IOException {
    photos = folder.resolve("photos");
    for (int i = 0; i < PHOTOS; i++) {
      Path label = Files.createDirectories(photos.resolve(i % 2 == 0 ? "leaf" : "sky"));
      Path photo = label.resolve("photo" + i + ".png");
      ImageIO.write(picture(i), "png", photo.toFile());
      // A file that has just changed is read again, whatever the cache says of it.
      Files.setLastModifiedTime(photo, FileTime.fromMillis(1_700_000_000_000L));
    }
    backbone = Files.write(folder.resolve("tiny.pb"), TinyModel.backboneGraph().toByteArray());
  }

  private static BufferedImage picture(int number) {
    BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 63; i++) {
      int colour = (number % 2 == 0 ? 0x20a030 : 0x3040b0) + number * 0x010101 + i;
      image.setRGB(i % 9, i / 9, colour);
    }
    return image;
  }

  private Teaching teaching() {
    return Pupil.teaching(photos)
        .architecture(backbone.toString())
        .inputLayer("photos")
        .bottleneckLayer("pooled")
        .inputHeight(4)
        .inputWidth(5)
        .inputMean(120)
        .inputStd(64)
        .modelDir(place.resolve("networks"))
        .bottleneckDir(place.resolve("cache"));
  }

  /** Those that are there; a folder that was taken away again has none. */
  private static List<Path> filesIn(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return filesIn(folder); // one went while it was looked at: SQLite tidies up
      }
      throw e;
    }
  }

  private static TeachingListener hearing(Consumer<Progress> heard) {
    return new TeachingListener() {
      @Override
      public void progress(Progress progress) {
        heard.accept(progress);
      }
    };
  }

  @Test
  void aClassifierIsTaughtSavedAndOpened() throws IOException {
    try (Classifier classifier = teaching().seed(7).run()) {
      assertThat(classifier.labels()).containsExactly("leaf", "sky");
      assertThat(classifier.label(picture(40)).best().label()).isEqualTo("leaf");
      assertThat(classifier.label(picture(41)).best().label()).isEqualTo("sky");
      assertThat(classifier.evaluation().orElseThrow().accuracy()).isEqualTo(1);
      assertThat(classifier.provenance().training().seed()).isEqualTo(7);
      assertThat(classifier.provenance().options())
          .containsEntry("image_dir", photos.toString())
          .containsEntry("seed", "7");
      assertThat(filesIn(place)).containsExactly(Path.of("cache/bottlenecks.db"));

      classifier.save(place.resolve("model"));
      assertThat(filesIn(place.resolve("model")))
          .containsExactlyInAnyOrder(
              Path.of("graph.pb"), Path.of("labels.txt"), Path.of("evaluation.json"));
      try (Classifier opened = Pupil.open(place.resolve("model"))) {
        assertThat(opened.label(picture(40)).labels())
            .isEqualTo(classifier.label(picture(40)).labels());
        assertThat(opened.provenance()).isEqualTo(classifier.provenance());
      }
    }
  }

  @Test
  void withAFolderTheRunIsKeptAsTheCommandKeepsIt() throws IOException {
    Path kept = place.resolve("kept");
    try (Classifier quiet = teaching().run();
        Classifier loud = teaching().folder(kept).runName("first").run()) {
      assertThat(loud.label(picture(40)).labels()).isEqualTo(quiet.label(picture(40)).labels());
      quiet.save(place.resolve("model"));
    }
    assertThat(kept.resolve("evaluation.json"))
        .hasSameTextualContentAs(place.resolve("model/evaluation.json"));
    assertThat(kept.resolve("graph.pb")).exists();
    assertThat(kept.resolve("runs/first/train")).isDirectory();
  }

  private void refused(UnaryOperator<Teaching> change, String message) {
    assertThatThrownBy(() -> change.apply(teaching()).run())
        .isInstanceOf(PupilException.class)
        .hasMessage(message);
  }

  @Test
  void whatMakesNoSenseIsSaidByTheNameOfTheSetting() {
    refused(t -> t.learningRate(-0.1), "learningRate must be positive, was -0.1");
    refused(t -> t.testingPercentage(100), "testingPercentage must be 0 to 99, was 100");
    refused(t -> t.randomCrop(-1), "randomCrop must be a percentage of 0 to 300, was -1");
    refused(t -> t.inputHeight(0), "inputHeight must be 1 to 4096, was 0");
    refused(t -> t.threads(0), "threads must be at least 1, was 0");
    refused(t -> t.runName("a"), "runName is of no use without folder");
    refused(t -> t.folder(backbone), "folder must be a folder, was the file " + backbone);
    refused(t -> t.architecture(""), "architecture must not be empty");
    refused(
        t -> t.folder(place).intermediateOutputGraphsDir("a\0"),
        "intermediateOutputGraphsDir must begin a path, was a\\u0000");
    refused(t -> t.tfhubModule("x"), "give architecture or tfhubModule, not both");
    refused(
        t -> t.optimizer(Optimizer.AUTO).flipLeftRight(true).distortionVariants(0),
        "optimizer=auto cannot learn from distortions (flipLeftRight, randomCrop, randomScale,"
            + " randomBrightness, randomRotation, randomColour, randomErase) that are drawn afresh"
            + " in every step: use optimizer=gradient_descent, or 1 or more distortionVariants");
    refused(
        t -> t.randomRotation(181),
        "randomRotation must be a number of degrees of 0 to 180, was 181");
    refused(t -> t.randomColour(-2), "randomColour must be a percentage of 0 to 100, was -2");
    refused(t -> t.randomErase(51), "randomErase must be a percentage of 0 to 50, was 51");
    refused(
        t -> t.distortionVariants(1001),
        "distortionVariants must be a number of 0 to 1000, was 1001");
    assertThatThrownBy(() -> Pupil.teaching(place.resolve("--seed")).bottleneckDir(place).run())
        .isInstanceOf(PupilException.class)
        .hasMessage(
            "image folder %s not found: photos must be a folder that holds one folder of photos for"
                    .formatted(place.resolve("--seed"))
                + " each label");
  }

  @Test
  void theOrderOfTwoSettingsThatLimitEachOtherDoesNotMatter() {
    try (Classifier classifier = teaching().testingPercentage(95).validationPercentage(0).run()) {
      assertThat(classifier.provenance().split().testingPercentage()).isEqualTo(95);
    }
  }

  @Test
  void theListenerHearsHowFarItIs() {
    List<Progress> heard = new ArrayList<>();
    teaching().howManyTrainingSteps(5).listener(hearing(heard::add)).run().close();
    assertThat(heard)
        .extracting(Progress::stage)
        .containsSubsequence(Stage.FINDING_PHOTOS, Stage.COMPUTING_BOTTLENECKS, Stage.TRAINING);
    assertThat(heard.get(0).done()).isEqualTo(PHOTOS);
    assertThat(heard)
        .filteredOn(progress -> progress.stage() == Stage.COMPUTING_BOTTLENECKS)
        .last()
        .satisfies(
            progress -> {
              assertThat(progress.done()).isEqualTo(PHOTOS);
              assertThat(progress.total()).isEqualTo(OptionalLong.of(PHOTOS));
            });
    assertThat(heard)
        .filteredOn(progress -> progress.stage() == Stage.TRAINING)
        .extracting(Progress::done)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void theListenerHearsOfPhotosThatAreLeftOut() throws IOException {
    Path broken = Files.createDirectories(place.resolve("broken"));
    for (Path file : filesIn(photos)) {
      Files.createDirectories(broken.resolve(file).getParent());
      Files.copy(photos.resolve(file), broken.resolve(file));
    }
    Files.writeString(broken.resolve("sky/night.jpg"), "no photo");
    List<String> problems = new ArrayList<>();
    TeachingListener listener =
        new TeachingListener() {
          @Override
          public void problem(String message) {
            problems.add(message);
          }
        };
    Teaching.from(broken)
        .architecture("mobilenet_0.25_128")
        .bottleneckDir(place.resolve("cache"))
        .listener(listener)
        .run()
        .close();
    assertThat(problems)
        .anySatisfy(
            problem ->
                assertThat(problem).startsWith(broken.resolve("sky/night.jpg") + ": not an image"));
  }

  @Test
  void whatTheListenerThrowsReachesTheCaller() {
    IllegalStateException mine = new IllegalStateException("mine");
    assertThatThrownBy(
            () ->
                teaching()
                    .listener(
                        hearing(
                            progress -> {
                              throw mine;
                            }))
                    .run())
        .isSameAs(mine);
  }

  private static TeachingListener cancelling(TeachingControl control, Stage stage, long done) {
    return hearing(
        progress -> {
          if (progress.stage() == stage && progress.done() >= done) {
            control.cancel();
          }
        });
  }

  private void cancelledAt(Stage stage, long done, UnaryOperator<Teaching> change)
      throws IOException {
    TeachingControl control = new TeachingControl();
    Teaching cancelled =
        change.apply(teaching()).control(control).listener(cancelling(control, stage, done));
    assertThatThrownBy(cancelled::run).isInstanceOf(CancellationException.class);
    assertThat(filesIn(place)).allMatch(file -> file.startsWith("cache"));
  }

  @Test
  void itCanBeCancelledBetweenBottlenecksAndTheNextRunGoesOn() throws IOException {
    cancelledAt(Stage.COMPUTING_BOTTLENECKS, 8, t -> t.threads(1));
    List<Progress> heard = new ArrayList<>();
    teaching().listener(hearing(heard::add)).run().close();
    assertThat(heard)
        .filteredOn(progress -> progress.stage() == Stage.COMPUTING_BOTTLENECKS)
        .allSatisfy(
            progress -> assertThat(progress.total().orElseThrow()).isLessThanOrEqualTo(PHOTOS - 8));
  }

  @Test
  void itCanBeCancelledWhilePhotosAreDistorted() throws IOException {
    cancelledAt(Stage.DISTORTING_PHOTOS, 8, t -> t.threads(1).flipLeftRight(true));
    List<Progress> heard = new ArrayList<>();
    teaching().flipLeftRight(true).listener(hearing(heard::add)).run().close();
    assertThat(heard)
        .extracting(Progress::stage)
        .containsSubsequence(Stage.DISTORTING_PHOTOS, Stage.TRAINING);
    heard.clear();
    teaching().flipLeftRight(true).seed(0).listener(hearing(heard::add)).run().close();
    assertThat(heard).extracting(Progress::stage).doesNotContain(Stage.DISTORTING_PHOTOS);
  }

  @Test
  void itCanBeCancelledBetweenSteps() throws IOException {
    cancelledAt(Stage.TRAINING, 20, t -> t.howManyTrainingSteps(100_000_000));
  }

  /** When the training begins auto has not searched yet, and there are no steps. */
  @Test
  void itCanBeCancelledInAutosSearch() throws IOException {
    cancelledAt(Stage.TRAINING, 0, t -> t);
  }

  @Test
  void itCanBeCancelledBeforeItBegins() {
    TeachingControl control = new TeachingControl();
    control.cancel();
    assertThatThrownBy(() -> teaching().control(control).run())
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aDownloadThatSaysNothingCanBeCancelled() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    var threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
    try {
      TeachingControl control = new TeachingControl();
      threads.execute(
          () -> {
            try {
              asked.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            control.cancel();
          });
      URI mirror =
          URI.create(
              "http://"
                  + server.getAddress().getHostString()
                  + ":"
                  + server.getAddress().getPort());
      assertThatThrownBy(
              () ->
                  Pupil.teaching(photos)
                      .architecture("mobilenet_0.50_224")
                      .downloadMirror(mirror)
                      .modelDir(place.resolve("networks"))
                      .bottleneckDir(place.resolve("cache"))
                      .control(control)
                      .run())
          .isInstanceOf(CancellationException.class);
    } finally {
      end.countDown();
      server.stop(0);
      threads.shutdown();
    }
  }

  @Test
  void anInterruptCancels() {
    Thread caller = Thread.currentThread();
    Teaching interrupted =
        teaching()
            .howManyTrainingSteps(100_000_000)
            .listener(
                hearing(
                    progress -> {
                      if (progress.stage() == Stage.TRAINING && progress.done() == 3) {
                        caller.interrupt();
                      }
                    }));
    assertThatThrownBy(interrupted::run).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    interrupted.listener(TeachingListener.NONE).howManyTrainingSteps(2).run().close();
  }

  /** The control that nobody gave is one of the run, not of the settings. */
  @Test
  void afterAnInterruptTheSameSettingsRunAgain() {
    Teaching teaching = teaching();
    Thread.currentThread().interrupt();
    assertThatThrownBy(teaching::run).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    try (Classifier classifier = teaching.run()) {
      assertThat(classifier.labels()).containsExactly("leaf", "sky");
    }
  }

  @Test
  void nothingInsteadOfASettingIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> teaching().architecture(null))
        .withMessage("architecture");
    assertThatNullPointerException()
        .isThrownBy(() -> teaching().listener(null))
        .withMessage("listener");
    assertThatNullPointerException()
        .isThrownBy(() -> teaching().control(null))
        .withMessage("control");
    assertThatNullPointerException()
        .isThrownBy(() -> Pupil.teaching((Path) null))
        .withMessage("photos");
  }

  @Test
  void whatTheListenerHearsIsOneLineWhateverAPhotoIsCalled() {
    DatasetBuilder builder = Dataset.builder().add("leaf", "a\nb\u001b[31m", new byte[0]);
    for (int i = 0; i < PHOTOS; i++) {
      builder.add(i % 2 == 0 ? "leaf" : "sky", picture(i));
    }
    List<String> problems = new ArrayList<>();
    TeachingListener listener =
        new TeachingListener() {
          @Override
          public void problem(String message) {
            problems.add(message);
          }
        };
    Pupil.teaching(builder.build())
        .architecture("mobilenet_0.25_128")
        .bottleneckDir(place.resolve("cache"))
        .listener(listener)
        .run()
        .close();
    assertThat(problems).contains("leaf/a\\nb\\u001b[31m: the file is empty");
  }

  @Test
  void whatWasLearnedSoFarCanBeKept() {
    TeachingControl control = new TeachingControl();
    TeachingListener listener =
        hearing(
            progress -> {
              if (progress.stage() == Stage.TRAINING && progress.done() == 50) {
                control.finishNow();
              }
            });
    try (Classifier classifier =
            teaching()
                .howManyTrainingSteps(100_000_000)
                .learningRate(0.1)
                .control(control)
                .listener(listener)
                .run();
        Classifier ofFifty = teaching().howManyTrainingSteps(50).learningRate(0.1).run()) {
      assertThat(classifier.provenance().training().steps()).isEqualTo(50);
      assertThat(classifier.label(picture(40)).labels())
          .isEqualTo(ofFifty.label(picture(40)).labels());
    }
  }

  /** Before auto has searched for a penalty there is none but that for too few photos. */
  @Test
  void autoKeepsWhatItHasLearnedSoFar() {
    TeachingControl control = new TeachingControl();
    List<Progress> heard = new ArrayList<>();
    TeachingListener listener =
        hearing(
            progress -> {
              heard.add(progress);
              if (progress.stage() == Stage.TRAINING) {
                control.finishNow();
              }
            });
    try (Classifier classifier = teaching().control(control).listener(listener).run();
        Classifier whole = teaching().run()) {
      assertThat(classifier.label(picture(40)).best().label()).isEqualTo("leaf");
      assertThat(classifier.provenance().training().steps())
          .isEqualTo(1)
          .isLessThan(whole.provenance().training().steps());
    }
    assertThat(heard)
        .filteredOn(progress -> progress.stage() == Stage.TRAINING)
        .extracting(Progress::done)
        .containsExactly(0L, 1L);
  }

  /** Waits for what a cancelled run still has in hand, which may be in its own thread. */
  private static void awaitLeftWork() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("pupil-training")) {
        thread.join();
      }
    }
  }

  private void cancelledWithAFolder(Stage stage, long done, UnaryOperator<Teaching> change)
      throws Exception {
    Path kept = place.resolve("kept");
    TeachingControl control = new TeachingControl();
    Teaching cancelled =
        change
            .apply(teaching())
            .folder(kept)
            .control(control)
            .listener(cancelling(control, stage, done));
    assertThatThrownBy(cancelled::run).isInstanceOf(CancellationException.class);
    awaitLeftWork();
    assertThat(filesIn(place))
        .noneMatch(file -> file.toString().endsWith(".pb") || file.endsWith("labels.txt"))
        .noneMatch(file -> file.endsWith("evaluation.json") || file.endsWith("newest"))
        .noneMatch(file -> file.getFileName().toString().startsWith("."));
    try (Classifier next = teaching().run()) {
      assertThat(next.labels()).containsExactly("leaf", "sky");
    }
  }

  @Test
  void aRunWithAFolderLeavesNoHalfModelWhenItIsCancelledBetweenBottlenecks() throws Exception {
    cancelledWithAFolder(Stage.COMPUTING_BOTTLENECKS, 8, t -> t.threads(1));
  }

  @Test
  void aRunWithAFolderLeavesNoHalfModelWhenItIsCancelledInAutosSearch() throws Exception {
    cancelledWithAFolder(Stage.TRAINING, 0, t -> t);
  }

  @Test
  void aRunWithAFolderLeavesNoHalfModelWhenItIsCancelledBetweenSteps() throws Exception {
    cancelledWithAFolder(Stage.TRAINING, 20, t -> t.howManyTrainingSteps(100_000_000));
  }

  /** After the last step everything is judged and written; nothing is heard of that. */
  @Test
  void aRunWithAFolderLeavesNoHalfModelWhenItIsCancelledBeforeItIsWritten() throws Exception {
    cancelledWithAFolder(Stage.TRAINING, 30, t -> t.howManyTrainingSteps(30));
  }

  /** The model is whole, or it is not there; which of the two is up to chance. */
  @Test
  void aRunThatIsCancelledWhileItWritesLeavesNoHalfFile() throws Exception {
    Path kept = place.resolve("kept");
    TeachingControl control = new TeachingControl();
    Thread canceller =
        new Thread(
            () -> {
              Path run = kept.resolve("runs/run-1");
              String[] files = null;
              while (files == null || Arrays.stream(files).noneMatch(f -> f.contains("graph.pb"))) {
                files = run.toFile().list();
                Thread.onSpinWait();
              }
              control.cancel();
            });
    canceller.start();
    Teaching cancelled = teaching().folder(kept).howManyTrainingSteps(30).control(control);
    try {
      cancelled.run().close();
    } catch (CancellationException e) {
      assertThat(control.isCancelled()).isTrue();
    }
    canceller.join();
    awaitLeftWork();
    for (Path file : filesIn(kept)) {
      assertThat(file.getFileName().toString()).doesNotStartWith(".");
      if (file.toString().endsWith(".pb")) {
        try (Classifier whole = Pupil.open(kept.resolve(file))) {
          assertThat(whole.labels()).containsExactly("leaf", "sky");
        }
      }
    }
  }
}
