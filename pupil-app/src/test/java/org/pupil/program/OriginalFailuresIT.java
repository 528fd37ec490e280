package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each way in which the original retrain scripts failed, most of them late, silently or by
 * destroying something: here it is one line before any slow work, and a documented status.
 */
class OriginalFailuresIT {
  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void photos() {
    pupil = PupilProgram.in(folder);
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
  }

  @Test
  void noImageFolderIsGiven() {
    pupil.run("retrain").failedWith(2, "--image_dir").inOneLine();
    pupil.run("retrain", "--image_dir=").failedWith(2, "--image_dir").inOneLine();
  }

  @Test
  void theImageFolderIsMissing() {
    pupil
        .run("retrain", "--image_dir", "nowhere")
        .failedWith(3, "nowhere", "not found", "--image_dir")
        .inOneLine();
  }

  @Test
  void thereIsNoLabelOrOnlyOne() throws IOException {
    Files.createDirectories(folder.resolve("none"));
    pupil
        .run("retrain", "--image_dir=none")
        .failedWith(3, "no folders in none", "one folder of photos for each label")
        .inOneLine();
    Photos.copy("bird", 3, folder.resolve("one"));
    pupil
        .run("retrain", "--image_dir=one")
        .failedWith(3, "only one label, 'bird'", "at least two")
        .inOneLine();
  }

  @Test
  void aBackboneIsUnknownOrOutOfReach() throws IOException {
    pupil
        .run("retrain", "--image_dir=photos", "--architecture=vgg16")
        .failedWith(2, "--architecture vgg16")
        .inOneLine();
    String gone;
    try (FileServer server = FileServer.start()) {
      gone = server.address();
      pupil
          .run(
              "retrain",
              "--image_dir=photos",
              "--tfhub_module=https://tfhub.dev/google/imagenet/inception_v3/feature_vector/3",
              "--download_mirror=" + gone)
          .failedWith(5, gone, "404")
          .beforeDecoding();
    }
    pupil
        .run(
            "retrain",
            "--image_dir=photos",
            "--architecture=inception_v3",
            "--download_mirror=" + gone)
        .failedWith(5, gone, "no connection")
        .beforeDecoding();
    pupil
        .run("retrain", "--image_dir=photos", "--tfhub_module=nowhere")
        .failedWith(3, "--tfhub_module nowhere")
        .inOneLine();
  }

  @Test
  void anUnreadableImageIsLeftOutCountedAndWithStrictAnError() {
    TestFiles.write(folder.resolve("photos/bird/half.jpg"), Photos.halfAJpeg());
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK)
        .succeeded()
        .errContains(
            "warning: photos/bird/half.jpg is left out: ",
            "24 bottlenecks: 24 computed now, 0 from the cache; 1 photo left out\n");
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--strict")
        .failedWith(3, "--strict", "photos/bird/half.jpg");
  }

  @Test
  void aLabelHasNoPhotoInASet() {
    Photos.copy("flower", 1, folder.resolve("photos"));
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--split_rule=retrain")
        .failedWith(3, "no photo", "--split_rule=stratified")
        .beforeDecoding();
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--how_many_training_steps=5")
        .succeeded()
        .errContains("warning: label 'flower' has no photo for validation and testing");
  }

  @Test
  void nothingIsLeftForTraining() {
    pupil
        .run(
            "retrain",
            "--image_dir=photos",
            "--testing_percentage=50",
            "--validation_percentage=50")
        .failedWith(2, "--testing_percentage", "--validation_percentage", "50 + 50")
        .inOneLine();
  }

  @Test
  void aPercentageOfNothingIsAllowed() {
    pupil
        .run(
            "retrain",
            "--image_dir=photos",
            Photos.QUICK,
            "--testing_percentage=0",
            "--validation_percentage=0",
            "--how_many_training_steps=5")
        .succeeded()
        .outContains("There are no test photos");
  }

  @Test
  void theCacheIsDamaged() {
    Path cache = folder.resolve("cache/bottlenecks.db");
    TestFiles.write(cache, "0.25,0.5,0.75");
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--bottleneck_dir=cache")
        .failedWith(3, "cache/bottlenecks.db", "--bottleneck_dir")
        .beforeDecoding();
    assertThat(cache).hasContent("0.25,0.5,0.75");
  }

  @Test
  void theFolderAboveAnOutputIsMadeIfItIsMissing() {
    pupil
        .run(
            "retrain",
            "--image_dir=photos",
            Photos.QUICK,
            "--output_graph=a/b/graph.pb",
            "--output_labels=c/d/labels.txt")
        .succeeded();
    assertThat(folder.resolve("a/b/graph.pb")).isNotEmptyFile();
    assertThat(folder.resolve("c/d/labels.txt")).hasContent("bird\nfruit\n");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamedBeforeAnyWork() {
    TestFiles.write(folder.resolve("file"), "precious");
    for (String flag :
        new String[] {
          "--output_graph",
          "--output_labels",
          "--saved_model_dir",
          "--summaries_dir",
          "--bottleneck_dir"
        }) {
      pupil
          .run("retrain", "--image_dir=photos", Photos.QUICK, flag + "=file/x")
          .failedWith(5, flag, "file/x", "is a file, not a folder")
          .inOneLine();
    }
    pupil
        .run(
            "retrain",
            "--image_dir=photos",
            "--intermediate_output_graphs_dir=file/",
            "--intermediate_store_frequency=10")
        .failedWith(5, "--intermediate_output_graphs_dir", "file/intermediate_")
        .inOneLine();
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--output_graph=photos")
        .failedWith(5, "--output_graph", "photos: it is a folder")
        .inOneLine();
    assertThat(folder.resolve("file")).hasContent("precious");
    assertThat(TestFiles.below(folder)).noneMatch(path -> path.endsWith(".part"));
  }

  @Test
  void aSavedModelOfSomebodyElseIsNotWrittenOver() {
    TestFiles.write(folder.resolve("saved/thesis.txt"), "precious");
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--saved_model_dir=saved")
        .failedWith(5, "--saved_model_dir", "saved")
        .inOneLine();
    assertThat(TestFiles.below(folder.resolve("saved"))).containsExactly("thesis.txt");

    for (int i = 0; i < 2; i++) { // the second time over Pupil's own
      pupil
          .run("retrain", "--image_dir=photos", Photos.QUICK, "--saved_model_dir=mine")
          .succeeded();
    }
    assertThat(TestFiles.below(folder.resolve("mine"))).containsExactly("saved_model.pb");
  }

  @Test
  void aSummariesFolderWithSomethingPreciousKeepsIt() {
    TestFiles.write(folder.resolve("home/thesis.txt"), "precious");
    TestFiles.write(folder.resolve("home/train/events.out.tfevents.1.host"), "somebody else's");
    pupil.run("retrain", "--image_dir=photos", Photos.QUICK, "--summaries_dir=home").succeeded();
    assertThat(folder.resolve("home/thesis.txt")).hasContent("precious");
    assertThat(folder.resolve("home/train/events.out.tfevents.1.host"))
        .hasContent("somebody else's");
  }
}
