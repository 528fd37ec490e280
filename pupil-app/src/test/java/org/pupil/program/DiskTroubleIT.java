package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.files.FolderTree;

/** Disks that are full, closed or forbid programs; and what failing runs leave on them. */
class DiskTroubleIT {
  /** Not among the temporary files: another disk is mounted over these. */
  private Path folder;

  private PupilProgram pupil;

  @BeforeEach
  void photos() throws IOException {
    folder = Files.createTempDirectory(Checkout.packaged().resolveSibling(""), "disk-trouble-");
    pupil = PupilProgram.in(folder);
  }

  @AfterEach
  void delete() throws IOException {
    FolderTree.delete(folder);
  }

  private PupilProgram withPhotos() {
    Photos.birdsAndFruit(folder.resolve("photos"), 20, 20);
    return pupil;
  }

  // --- a run that fails leaves nothing
  // ------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retrain",
        "retrain --image_dir=nowhere",
        "retrain --image_dir=photos --architecture=mobilnet_0.25_224",
        "retrain --image_dir=photos --learning_rate=-1",
        "retrain --image_dir=photos --validation_percentage=200",
        "retrain --image_dir=photos --logging_verbosity=LOUD",
        "retrain --image_dir=photos --output_graph=a/b/graph.pb --output_labels=a/b/graph.pb",
        "retrain --image_dir=photos --final_tensor_name=not/a/name/ --summaries_dir=a/b/logs",
        "retrain --image_dir=photos --saved_model_dir=a/b --summaries_dir=a/b/logs",
        "retrain --image_dir=photos --output_graph=a/b/graph.pb --bottleneck_dir=a/c",
        "retrain --image_dir=photos --tfhub_module=nowhere",
        "label_image",
        "label_image --graph=a/graph.pb x.jpg",
        "board --logdir=a/b/logs --inspect",
        "board --logdir=a/b/logs --port=99999999",
        "board --no_such_flag"
      })
  void aRunThatFailsLeavesTheFolderAsEmptyAsItWas(String line) {
    // The one label of the folder "photos" has one photo.
    TestFiles.write(folder.resolve("photos/one/a.jpg"), "");
    PupilRun run = pupil.run((Object[]) line.split(" "));
    assertThat(run.status()).as(run::err).isBetween(2, 5);
    assertThat(everything()).containsExactly("photos", "photos/one", "photos/one/a.jpg");
  }

  @Test
  void theSelfCheckLeavesNothing() {
    pupil.with("PUPIL_CACHE", cacheWithLibraries()).run("self-check").succeeded();
    assertThat(everything()).isEmpty();
  }

  private List<String> everything() {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String cacheWithLibraries() {
    return Path.of(System.getProperty("user.home"), ".cache/pupil").toString();
  }

  // --- logs
  // ---------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"size=400k", "size=1m,nr_inodes=8", "size=4k"})
  void aFullDiskForTheLogsCostsTheLogsAndNotTheModel(String disk) throws IOException {
    assumeMounts();
    Files.createDirectories(folder.resolve("disk"));
    withPhotos();
    PupilRun run =
        pupil
            .start(
                unshared(
                    "mount -t tmpfs -o %s none disk; %s retrain --image_dir=photos"
                            .formatted(disk, Checkout.launcher())
                        + " --architecture=mobilenet_0.25_224 --how_many_training_steps=500"
                        + " --summaries_dir=disk/logs; s=$?; %s board --inspect --logdir=disk/logs"
                            .formatted(Checkout.launcher())
                        + " >inspected 2>&1; exit $s"))
            .end()
            .succeeded()
            .errContains("No space left on device", "the logs in disk/logs are not: they lack");
    assertThat(run.errLines())
        .filteredOn(line -> line.startsWith("warning: cannot"))
        .filteredOn(line -> !line.contains("the board has no report of this run"))
        .hasSize(1);
    assertThat(run.outLines()).anyMatch(line -> line.startsWith("Model: "));
    pupil.run("label_image", "--top_k=1", Photos.duck()).succeeded();
    assertThat(folder.resolve("inspected"))
        .content()
        .doesNotContain("corrupt", "damaged", "a fault");
  }

  // --- temporary files and native libraries
  // -------------------------------------------------------

  private void assumeMounts() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
    assumeTrue(
        pupil.start(unshared("mount -t tmpfs none /mnt")).end().status() == 0,
        "may not mount a disk: that needs root");
  }

  private static List<String> unshared(String line) {
    return List.of("unshare", "--mount", "sh", "-c", line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"noexec", "ro", "size=64k", "nr_inodes=4"})
  void whateverIsWrongWithTheTemporaryFilesPupilWorks(String options) {
    assumeMounts();
    withPhotos();
    pupil
        .start(
            unshared(
                "mount -t tmpfs -o %s none /tmp && %s retrain --image_dir=photos"
                        .formatted(options, Checkout.launcher())
                    + " --architecture=mobilenet_0.25_224 --how_many_training_steps=10"
                    + " && %s label_image photos >labels".formatted(Checkout.launcher())))
        .end()
        .succeeded();
    assertThat(folder.resolve("labels")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"noexec", "ro", "size=64k", "nr_inodes=4"})
  void ifNativeLibrariesHaveNoPlaceOneLineNamesItAndTheVariable(String options) throws IOException {
    assumeMounts();
    withPhotos();
    Files.createDirectories(folder.resolve("disk"));
    for (String command :
        List.of(
            "retrain --image_dir=photos --architecture=mobilenet_0.25_224",
            "label_image --graph " + TaughtModel.BIRDS_AND_FRUIT.graph() + " " + Photos.duck())) {
      pupil
          .with("PUPIL_CACHE", folder.resolve("disk").toString())
          .start(
              unshared(
                  "mount -t tmpfs -o %s none disk; exec %s %s"
                      .formatted(options, Checkout.launcher(), command)))
          .end()
          .failedWith(5, folder.resolve("disk").toString(), "set PUPIL_CACHE to a folder");
    }
  }
}
