package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people of the workshops type, with {@code pupil} in place of the Python script. */
class WorkshopIT {
  @TempDir private Path folder;

  @BeforeEach
  void photos() {
    Photos.birdsAndFruit(folder.resolve("tf_files/flower_photos"), 12, 12);
  }

  @Test
  void theWorkshopsCommandsTeachAndLabelAsTheyStand() throws IOException {
    TestFiles.link(folder.resolve("tf_files/models"), Checkout.shared("models"));
    PupilProgram pupil = PupilProgram.in(folder);

    PupilRun taught =
        pupil
            .with("IMAGE_SIZE", "224")
            .with("ARCHITECTURE", "mobilenet_0.5_224")
            .shell(
                """
                pupil retrain \\
                  --bottleneck_dir=tf_files/bottlenecks \\
                  --how_many_training_steps=500 \\
                  --model_dir=tf_files/models/ \\
                  --summaries_dir=tf_files/training_summaries/"${ARCHITECTURE}" \\
                  --output_graph=tf_files/retrained_graph.pb \\
                  --output_labels=tf_files/retrained_labels.txt \\
                  --architecture="${ARCHITECTURE}" \\
                  --image_dir=tf_files/flower_photos
                """)
            .succeeded()
            .outContains("Final test accuracy = ", "--optimizer=auto");
    assertThat(taught.errLines())
        .filteredOn(line -> line.contains("Step 490: ") || line.contains("Step 499: "))
        .extracting(line -> line.substring("2026-11-24 12:21:16.215050: ".length()))
        .satisfiesExactly(
            line -> assertThat(line).matches("Step 490: Train accuracy = \\d+\\.\\d%"),
            line -> assertThat(line).matches("Step 490: Cross entropy = \\d\\.\\d{6}"),
            line -> assertThat(line).matches("Step 490: Validation accuracy = .*% \\(N=100\\)"),
            line -> assertThat(line).matches("Step 499: Train accuracy = \\d+\\.\\d%"),
            line -> assertThat(line).matches("Step 499: Cross entropy = \\d\\.\\d{6}"),
            line -> assertThat(line).matches("Step 499: Validation accuracy = .*% \\(N=100\\)"));
    assertThat(folder.resolve("tf_files/retrained_labels.txt")).hasContent("bird\nfruit\n");
    assertThat(TestFiles.below(folder.resolve("tf_files/training_summaries/mobilenet_0.5_224")))
        .contains("train", "validation");
    assertThat(folder.resolve("pupil-model")).doesNotExist();

    PupilRun labelled =
        pupil
            .shell(
                """
                pupil label_image \\
                  --graph=tf_files/retrained_graph.pb \\
                  --labels=tf_files/retrained_labels.txt \\
                  --image=tf_files/flower_photos/bird/duck.jpg
                """)
            .succeeded();
    assertThat(labelled.outLines()).hasSize(2).first().asString().startsWith("bird 0.9");
  }

  @Test
  void aHubModuleTeachesFromItsOldAddressAndIsFetchedOnce() throws IOException {
    Path module = Checkout.shared("models/hub/mobilenet_v1_050_224_feature_vector");
    PupilProgram pupil = PupilProgram.in(folder);
    String flags =
        " --how_many_training_steps 100 --train_batch_size 25 --learning_rate 0.01"
            + " --image_dir tf_files/flower_photos";
    String address = "https://tfhub.dev/google/imagenet/mobilenet_v1_075_160/feature_vector/1";
    PupilRun taught;
    try (FileServer server = FileServer.start()) {
      server.file(
          "/hub/google/imagenet/mobilenet_v1_075_160/feature_vector/1.tar.gz",
          FileServer.tarGz(folder, module));
      taught =
          pupil
              .shell(
                  "pupil retrain --tfhub_module "
                      + address
                      + flags
                      + " --download_mirror "
                      + server.address())
              .succeeded()
              .errContains(
                  "Downloading " + server.address() + "hub/google/imagenet/",
                  "24 bottlenecks: 24 computed now",
                  "Step 99: Train accuracy = ");
    }
    pupil
        .shell("pupil retrain --tfhub_module " + address + flags)
        .succeeded()
        .errHasNo("Downloading")
        .errContains("24 bottlenecks: 0 computed now")
        .outIs(taught.out());
    pupil
        .run("label_image", "--image", Photos.duck())
        .succeeded()
        .outContains("bird 0.", "fruit 0.");
  }

  @Test
  void aHubModuleTeachesFromAFolder() {
    Path module = Checkout.shared("models/hub/mobilenet_v1_050_224_feature_vector");
    PupilProgram.in(folder)
        .run(
            "retrain",
            "--tfhub_module",
            module,
            "--image_dir=tf_files/flower_photos",
            "--saved_model_dir=tf_files/saved",
            "--logging_verbosity=INFO",
            "--checkpoint_path=/tmp/_retrain_checkpoint")
        .succeeded()
        .outContains("SavedModel: tf_files/saved\n");
    assertThat(folder.resolve("tf_files/saved/saved_model.pb")).isNotEmptyFile();
  }

  @Test
  void aBackboneOfTheOriginalsComesFromItsArchive() throws IOException {
    byte[] graph =
        TestFiles.read(
            Checkout.shared("models/mobilenet_v1_0.50_224/mobilenet_v1_0.50_224_frozen.pb"));
    Path unpacked = folder.resolve("unpacked");
    TestFiles.write(unpacked.resolve("mobilenet_v1_0.5_224_frozen.pb"), graph);
    String[] flags = {
      "retrain", "--image_dir=tf_files/flower_photos", "--architecture", "mobilenet_0.50_128"
    };
    PupilProgram pupil = PupilProgram.in(folder);
    try (FileServer server = FileServer.start()) {
      TestFiles.write(unpacked.resolve("mobilenet_v1_0.5_128_frozen.pb"), graph);
      server.file(
          "/models/mobilenet_v1_2018_08_02/mobilenet_v1_0.5_128.tgz",
          FileServer.tarGz(folder, unpacked));
      pupil
          .run(flags[0], flags[1], flags[2], flags[3], "--download_mirror=" + server.address())
          .succeeded()
          .errContains("Backbone mobilenet_0.50_128: 128 x 128 pixels in, 512 numbers");
    }
    pupil.run((Object[]) flags).succeeded().errHasNo("Downloading");
  }

  @Test
  void withoutANetworkTheErrorSaysWhatNeedsNone() throws IOException {
    String gone;
    try (FileServer server = FileServer.start()) {
      gone = server.address();
    }
    PupilProgram.in(folder)
        .run(
            "retrain",
            "--image_dir=tf_files/flower_photos",
            "--architecture=mobilenet_1.0_224",
            "--download_mirror=" + gone)
        .failedWith(5, "mobilenet_1.0_224", gone, "efficientnet_lite0_288", "mobilenet_0.25_224")
        .beforeDecoding();
  }
}
