package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photos and folders as they come. */
class BadPhotosIT {
  private static final int HUGE = 65_500;

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void program() {
    pupil = PupilProgram.in(folder);
  }

  /** Files that are no photos, and what is said of them. */
  private static Map<String, String> badPhotos(Path folder) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put("corrupt.jpg", Photos.jpegWithNonsense());
    contents.put("huge.jpg", Photos.jpegThatClaims(HUGE, HUGE));
    contents.put("huge.png", Photos.pngThatClaims(HUGE, HUGE));
    contents.put("none.jpg", Photos.jpegThatClaims(0, 0));
    contents.put("none.png", Photos.pngThatClaims(0, 7));
    contents.put("text.jpg", "This is a letter to my aunt.\n".getBytes(StandardCharsets.UTF_8));
    contents.put("truncated.jpg", Photos.halfAJpeg());
    contents.forEach((name, content) -> TestFiles.write(folder.resolve(name), content));
    return Map.of(
        "corrupt.jpg", "damaged or cut off",
        "huge.jpg", "too large (65500 x 65500 pixels",
        "huge.png", "too large (65500 x 65500 pixels",
        "none.jpg", "no pixels",
        "none.png", "no pixels",
        "text.jpg", "not an image",
        "truncated.jpg", "damaged or cut off");
  }

  @Test
  void badPhotosAreListedWithTheReasonAndTheOthersTeach() {
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
    Map<String, String> bad = badPhotos(folder.resolve("photos/bird"));
    TestFiles.write(folder.resolve("photos/bird/empty.jpg"), "");
    PupilRun run =
        pupil
            .run("retrain", "--image_dir=photos", Photos.QUICK)
            .succeeded()
            .errContains(
                "Found 31 photos of 2 labels: bird 19, fruit 12\n",
                "warning: bird: left out 1 photo of 0 bytes (bird/empty.jpg)",
                "24 bottlenecks: 24 computed now, 0 from the cache; 7 photos left out\n");
    bad.forEach(
        (name, reason) ->
            assertThat(run.errLines())
                .filteredOn(line -> line.startsWith("warning: photos/bird/" + name))
                .singleElement()
                .asString()
                .contains("is left out: ", reason));
  }

  @Test
  void badPhotosAreNamedAndTheOthersLabelled() {
    Map<String, String> bad = badPhotos(folder.resolve("photos"));
    TestFiles.write(folder.resolve("photos/duck.jpg"), Photos.duckBytes());
    PupilRun run =
        pupil
            .run(
                "label_image",
                "--graph",
                TaughtModel.BIRDS_AND_FRUIT.graph(),
                "photos",
                "--top_k=1")
            .exitedWith(3)
            .talksToPeople();
    assertThat(run.outLines()).hasSize(3).first().isEqualTo("photos/duck.jpg");
    assertThat(run.errLines()).hasSize(bad.size());
    bad.forEach(
        (name, reason) ->
            assertThat(run.errLines())
                .filteredOn(line -> line.startsWith("error: photos/" + name + ": "))
                .singleElement()
                .asString()
                .contains(reason));
  }

  @Test
  void strictRefusesEvenWhatIsNotRead() {
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
    TestFiles.write(folder.resolve("photos/bird/empty.jpg"), "");
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--strict")
        .failedWith(3, "--strict", "bird/empty.jpg")
        .beforeDecoding();
  }

  @ParameterizedTest
  @CsvSource({"1, validation and testing", "2, validation", "5, ''"})
  void aLabelOfAFewPhotosTeachesAndMissesSetsOpenly(int photos, String missing) {
    Photos.birdsAndFruit(folder.resolve("photos"), 12, photos);
    PupilRun run =
        pupil
            .run("retrain", "--image_dir=photos", Photos.QUICK)
            .succeeded()
            .errContains("warning: fruit: only " + photos + " photo");
    if (missing.isEmpty()) {
      run.errHasNo("has no photo for");
    } else {
      run.errContains("warning: label 'fruit' has no photo for " + missing + ": ");
    }
  }

  @Test
  void photosThatLeaveASetEmptyAreRefusedBeforeDecoding() {
    Photos.birdsAndFruit(folder.resolve("photos"), 1, 1);
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK)
        .failedWith(3, "no photo at all for validation", "--validation_percentage=0")
        .beforeDecoding();
  }

  @Test
  void aLabelOfNothingButBadPhotosIsAnError() {
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 0);
    TestFiles.write(folder.resolve("photos/fruit/letter.jpg"), "Dear aunt");
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK)
        .failedWith(3, "label 'fruit' has no photo");
  }

  @Test
  void aFileInPlaceOfAFolderIsRefused() {
    Path photo = TestFiles.write(folder.resolve("photos/duck.jpg"), Photos.duckBytes());
    pupil
        .run("retrain", "--image_dir", photo)
        .failedWith(
            3,
            photo + " is neither a folder of photos nor an archive or a table of them",
            "--image_dir")
        .inOneLine();
    pupil
        .run("retrain", "--image_dir=photos")
        .failedWith(3, "no folders in photos, but 1 photo", "make a folder for each label")
        .inOneLine();
  }

  @Test
  void twoFoldersOfOneLabelAreAnError() throws IOException {
    Photos.birdsAndFruit(folder.resolve("photos"), 3, 3);
    Files.move(folder.resolve("photos/fruit"), folder.resolve("photos/Bird!"));
    Files.move(folder.resolve("photos/bird"), folder.resolve("photos/bird_"));
    pupil
        .run("retrain", "--image_dir=photos", "--label_rule=retrain")
        .failedWith(3, "Bird!", "bird_", "the same label")
        .inOneLine();
  }

  @Test
  void onePhotoUnderTwoLabelsOrInTwoSetsIsReported() {
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
    TestFiles.write(folder.resolve("photos/fruit/orange.jpg"), Photos.duckBytes());
    byte[] lemon = TestFiles.read(Checkout.examplePhotos().resolve("fruit/lemon.jpg"));
    for (int i = 0; i < 30; i++) {
      TestFiles.write(folder.resolve("photos/fruit/again" + i + ".jpg"), lemon);
    }
    PupilRun run =
        pupil
            .run("retrain", "--image_dir=photos", "--group_near_duplicates=false", Photos.QUICK)
            .succeeded();
    assertThat(run.errLines())
        .anyMatch(
            line ->
                line.startsWith("warning: the same photo under two labels: ")
                    && line.contains("bird/duck.jpg")
                    && line.contains("fruit/orange.jpg"))
        .anyMatch(
            line ->
                line.startsWith("warning: the same photo in two sets of the split: ")
                    && line.contains("fruit/again0.jpg"));
  }

  @Test
  void copiesOfAPhotoStayInOneSet() {
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
    byte[] lemon = TestFiles.read(Checkout.examplePhotos().resolve("fruit/lemon.jpg"));
    for (int i = 0; i < 30; i++) {
      TestFiles.write(folder.resolve("photos/fruit/again" + i + ".jpg"), lemon);
    }
    PupilRun run = pupil.run("retrain", "--image_dir=photos", Photos.QUICK).succeeded();
    run.errContains("photos are nearly the same as others (1 group): ");
    assertThat(run.errLines()).noneMatch(line -> line.contains("in two sets of the split"));
  }

  @Test
  void whatMayNotBeReadIsNamed() throws IOException {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may read everything");
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
    Path duck = folder.resolve("photos/bird/duck.jpg");
    Files.setPosixFilePermissions(duck, PosixFilePermissions.fromString("---------"));
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK)
        .succeeded()
        .errContains("warning: photos/bird/duck.jpg is left out: no permission to read it");
    pupil.run("label_image", duck).failedWith(3, duck + ": no permission to read it");

    Path birds = folder.resolve("photos/bird");
    Files.setPosixFilePermissions(birds, PosixFilePermissions.fromString("---------"));
    try {
      pupil
          .run("retrain", "--image_dir=photos", Photos.QUICK)
          .failedWith(3, "may not read the folder photos/bird")
          .inOneLine();
    } finally {
      Files.setPosixFilePermissions(birds, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path sealed = Files.createDirectory(folder.resolve("sealed"));
    Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString("r-xr-xr-x"));
    for (String flag : new String[] {"--output_graph", "--summaries_dir", "--bottleneck_dir"}) {
      pupil
          .run("retrain", "--image_dir=photos", Photos.QUICK, flag + "=sealed/x")
          .failedWith(5, flag, "sealed/x", "no permission")
          .inOneLine();
    }
  }
}
