package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two commands that the README opens with, as somebody types them who reads no further. */
class FirstEveningIT {
  @TempDir private Path folder;

  @Test
  void theExamplePhotosTeachAModelThatThenLabelsAPhoto() {
    PupilProgram pupil = PupilProgram.in(folder);

    PupilRun taught =
        pupil
            .run("retrain", "--image_dir", Checkout.examplePhotos())
            .succeeded()
            .errContains(
                "Found 148 photos of 4 labels: bird 35, flower 24, fruit 26, mammal 63\n",
                "Backbone efficientnet_lite0_288: 288 x 288 pixels in",
                "\n148 bottlenecks: 148 computed now, 0 from the cache\n",
                "\nSaved in pupil-model/runs/run-1; to name a run, use --run_name\n")
            .outContains(
                "Final test accuracy = ",
                "Model: pupil-model/graph.pb (labels in pupil-model/labels.txt)\n");
    assertThat(taught.outLines())
        .endsWith(
            "Next: "
                + Checkout.launcher()
                + " label_image --image "
                + Checkout.examplePhotos().resolve("bird/crowned_crane.jpg"))
        .anyMatch(line -> line.matches(" {2}mammal +[67] of 7 right.*"));
    assertThat(folder.resolve("pupil-model/labels.txt"))
        .hasContent("bird\nflower\nfruit\nmammal\n");
    assertThat(TestFiles.below(folder)).allMatch(path -> path.startsWith("pupil-model"));
    assertThat(TestFiles.below(folder.resolve("pupil-model")))
        .contains("graph.pb", "labels.txt", "evaluation.json", "bottlenecks/bottlenecks.db")
        .contains("runs/newest", "runs/run-1/graph.pb", "runs/run-1/train")
        .noneMatch(path -> path.endsWith(".part"));

    PupilRun labelled = pupil.run("label_image", "--image", Photos.duck()).succeeded();
    assertThat(labelled.outLines()).hasSize(4);
    assertThat(labelled.outLines().get(0)).matches("bird 0\\.\\d+");

    pupil
        .run("retrain", "--image_dir", Checkout.examplePhotos())
        .succeeded()
        .errContains(
            "\n148 bottlenecks: 0 computed now, 148 from the cache\n",
            "\nSaved in pupil-model/runs/run-2 (previous run: run-1); to name a run, use --run_name\n")
        .outIs(taught.out());
    assertThat(folder.resolve("pupil-model/runs/newest")).hasContent("run-2\n");
    pupil
        .run("label_image", "--graph", "pupil-model/runs/run-1/graph.pb", Photos.duck())
        .succeeded()
        .outIs(labelled.out());
  }

  @Test
  void besideTheLauncherTheNextLineSaysHowToCallIt() throws Exception {
    TestFiles.link(folder.resolve("pupil"), Checkout.launcher());
    PupilRun taught =
        PupilProgram.in(folder)
            .shell(
                "./pupil retrain --image_dir "
                    + TaughtModel.BIRDS_AND_FRUIT.photos()
                    + " "
                    + Photos.QUICK)
            .succeeded();
    String next = taught.outLines().get(taught.outLines().size() - 1);
    assertThat(next).startsWith("Next: ./pupil label_image --image ");
    PupilProgram.in(folder).shell(next.substring("Next: ".length())).succeeded();
  }
}
