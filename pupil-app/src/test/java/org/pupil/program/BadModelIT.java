package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs and labels that cannot be used, and a teaching that runs away. */
class BadModelIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void program() {
    pupil = PupilProgram.in(folder);
  }

  @Test
  void aGraphThatIsNoGraphIsNamed() {
    Path letter = TestFiles.write(folder.resolve("letter.pb"), "Dear aunt,\n");
    byte[] graph = TestFiles.read(TAUGHT.graph());
    Path half = TestFiles.write(folder.resolve("half.pb"), Arrays.copyOf(graph, graph.length / 2));
    Path empty = TestFiles.write(folder.resolve("empty.pb"), "");
    for (Path bad : new Path[] {letter, half, empty}) {
      pupil
          .run("label_image", "--image", Photos.duck(), "--graph", bad)
          .failedWith(4, bad.toString(), bad.equals(empty) ? "is empty" : "not a TensorFlow graph")
          .inOneLine();
      pupil
          .run("retrain", "--image_dir", TAUGHT.photos(), "--architecture", bad)
          .failedWith(4, bad.toString())
          .beforeDecoding();
    }
    pupil
        .run("label_image", "--image", Photos.duck(), "--graph=nowhere.pb")
        .failedWith(4, "no graph nowhere.pb", "retrain")
        .inOneLine();
    pupil
        .run("label_image", "--image", Photos.duck())
        .failedWith(4, "pupil-model/graph.pb", "retrain")
        .inOneLine();
    pupil
        .run("label_image", "--image", Photos.duck(), "--graph", folder)
        .failedWith(4, folder + " is a folder")
        .inOneLine();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--json", "--csv"})
  void labelsOfAnotherLengthThanTheOutputAreRefused(String format) {
    TestFiles.write(folder.resolve("three.txt"), "bird\nfruit\nfish\n");
    String more = format.isEmpty() ? "--top_k=5" : format;
    pupil
        .run(
            "label_image",
            "--graph",
            TAUGHT.graph(),
            "--labels=three.txt",
            "--image",
            Photos.duck(),
            more)
        .failedWith(4, "--labels", "3 labels", "has 2")
        .inOneLine();
  }

  @Test
  void aLabelsFileThatIsNoneIsNamed() {
    Object[] start = {"label_image", Photos.duck(), "--graph", TAUGHT.graph(), "--labels", ""};
    for (String[] bad :
        new String[][] {
          {"gap.txt", "bird\n\nfruit\n", "empty line"},
          {"twice.txt", "bird\nbird\n", "twice"},
          {"empty.txt", "", "a label on each line"}
        }) {
      TestFiles.write(folder.resolve(bad[0]), bad[1]);
      start[start.length - 1] = bad[0];
      pupil.run(start).failedWith(4, "--labels", bad[0], bad[2]).inOneLine();
    }
    start[start.length - 1] = TAUGHT.graph();
    pupil.run(start).failedWith(4, "--labels", "not a text").inOneLine();
    start[start.length - 1] = "nowhere.txt";
    pupil.run(start).failedWith(4, "--labels", "no file nowhere.txt").inOneLine();
  }

  @Test
  void layersThatAreNotThereOrLeadNowhereAreRefused() {
    Object[] start = {"label_image", Photos.duck(), "--graph", TAUGHT.graph(), ""};
    start[start.length - 1] = "--input_layer=Mul";
    pupil.run(start).failedWith(4, "no node Mul", "--input_layer", "Placeholder").inOneLine();
    start[start.length - 1] = "--output_layer=softmax";
    pupil.run(start).failedWith(4, "no node softmax", "--output_layer", "final_result").inOneLine();
    start[start.length - 1] = "--output_layer=Placeholder";
    pupil.run(start).failedWith(4, "Placeholder is its input").inOneLine();
    pupil
        .run("retrain", "--image_dir", TAUGHT.photos(), Photos.QUICK, "--bottleneck_layer=nix")
        .failedWith(4, "--bottleneck_layer nix", "AvgPool")
        .beforeDecoding();
  }

  @Test
  void aForeignGraphNeedsItsLabels() {
    pupil
        .run(
            "label_image",
            Photos.duck(),
            "--graph",
            Checkout.shared("data/retrain-run/retrained_graph.pb"))
        .failedWith(4, "retrained_graph.pb", "give --labels")
        .inOneLine();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradient_descent", "momentum"})
  void aTeachingThatRunsAwaySaysSoAndKeepsTheLastGoodLayer(String optimizer) {
    PupilRun run =
        pupil
            .run(
                "retrain",
                "--image_dir",
                TAUGHT.photos(),
                Photos.QUICK,
                "--bottleneck_dir",
                TAUGHT.bottlenecks(),
                "--optimizer",
                optimizer,
                "--learning_rate=1e300",
                "--how_many_training_steps=50")
            .exitedWith(6)
            .endsWithError(
                "diverged at step",
                "--learning_rate 1.0E300",
                "last good layer was saved in pupil-model/runs/run-1/graph.pb");
    String graph = "pupil-model/runs/run-1/graph.pb";
    assertThat(run.out())
        .contains("Model: " + graph, "pupil label_image --graph " + graph + " --image ");
    PupilRun labelled = pupil.run("label_image", "--graph", graph, Photos.duck()).succeeded();
    assertThat(labelled.outLines()).hasSize(2).allMatch(line -> line.matches("\\w+ [01]\\.\\d+"));
  }

  @Test
  void verboseShowsTheTrace() {
    pupil
        .run("label_image", Photos.duck(), "--verbose")
        .exitedWith(4)
        .errContains("error: ", "PupilException", "\tat org.pupil.app.");
    pupil.run("label_image", Photos.duck(), "--noverbose").failedWith(4).inOneLine();
  }

  @Test
  void aFaultOfPupilGoesToAFileThatIsNamed() throws Exception {
    // A broken class path is a fault that no check of Pupil's can foresee.
    Path lib = folder.resolve("app/lib");
    Files.createDirectories(lib);
    try (var jars = Files.newDirectoryStream(Checkout.packaged().resolve("lib"))) {
      for (Path jar : jars) {
        if (!jar.getFileName().toString().startsWith("protobuf")) {
          TestFiles.link(lib.resolve(jar.getFileName()), jar);
        }
      }
    }
    PupilRun run =
        pupil
            .with("TMP", folder.toString())
            .start(
                java.util.List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-Djava.io.tmpdir=" + folder,
                    "-cp",
                    lib + "/*",
                    "org.pupil.app.Main",
                    "label_image",
                    "--graph=" + TAUGHT.graph(),
                    Photos.duck().toString()))
            .end()
            .exitedWith(1)
            .outIsEmpty();
    assertThat(run.errLines()).singleElement().asString().startsWith("error: a fault in Pupil (");
    Path trace;
    try (var files = Files.newDirectoryStream(folder, "pupil-fault-*.txt")) {
      trace = files.iterator().next();
    }
    assertThat(run.err()).contains(trace.toString());
    assertThat(trace).content().contains("\tat org.pupil.");
  }
}
