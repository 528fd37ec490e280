package org.pupil.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/** Folders that are no labels are not taught as labels without a word. */
class FolderLayoutTest {
  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final Path dir = files.getPath("/set");

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  /** A photo in each folder. */
  private void photosIn(String folders) throws IOException {
    for (String folder : folders.split(" ", -1)) {
      Path path = Files.createDirectories(dir.resolve(folder));
      Files.write(path.resolve("1.jpg"), new byte[1]);
    }
  }

  private List<String> words() {
    return PhotoFolder.scan(dir, LabelRule.FOLDER).problems().stream()
        .filter(problem -> problem.kind() == Problem.Kind.PERHAPS_NO_LABELS)
        .map(problem -> problem.messageIn(Setting::toString))
        .toList();
  }

  private void assertBadInput(Path imageDir, String... parts) {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> PhotoFolder.scan(imageDir, LabelRule.FOLDER))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_INPUT))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @ParameterizedTest
  @CsvSource({
    "images/cat images/dog, /set/images",
    "data/photos/cat data/photos/dog, /set/data/photos",
    "flower_photos/rose flower_photos/tulip flower_photos/daisy, /set/flower_photos",
    "__MACOSX/cat .git/objects images/cat images/dog, /set/images",
    "images/cat images/dog masks/cat masks/dog, /set/images"
  })
  void aLevelTooHighIsToldWithTheRightOne(String folders, String right) throws IOException {
    photosIn(folders);

    assertBadInput(dir, "use photos " + right);
  }

  @ParameterizedTest
  @CsvSource({
    "train/cat train/dog test/cat test/dog, /set/train",
    "train/cat train/dog val/cat val/dog test, /set/train",
    "Training/cat Training/dog Validation/cat, /set/Training",
    "training_set/cat training_set/dog test_set/cat test_set/dog, /set/training_set",
    "seg_train/seg_train/sea seg_train/seg_train/ice seg_test/seg_test/sea, /set/seg_train/seg_train",
    "data/train/cat data/train/dog data/test/cat, /set/data/train",
    "train/cat train/dog test/cat test/dog other, /set/train"
  })
  void setsAreNotTakenForLabels(String folders, String right) throws IOException {
    photosIn(folders);

    assertBadInput(dir, "are sets, not labels", "use photos " + right);
  }

  @Test
  void setsWithoutLabelsAreToldToo() throws IOException {
    photosIn("train test");

    assertBadInput(dir, "train", "test", "are sets, not labels", "make a folder for each label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"images/a images/b text", "train/x train/y cat"})
  void whatIsOnlyLikelyWrongIsAProblem(String folders) throws IOException {
    photosIn(folders);

    assertThat(words()).isNotEmpty().allMatch(word -> word.contains("use photos /set/"));
  }

  /** To use one of them would be of no use: there are no folders in it. */
  @ParameterizedTest
  @ValueSource(strings = {"images masks", "val test"})
  void ofFoldersWithoutFoldersAnotherThingIsSaid(String folders) throws IOException {
    photosIn(folders);

    assertThat(words())
        .isNotEmpty()
        .allMatch(word -> word.contains("make a folder for each label"))
        .noneMatch(word -> word.contains("use photos"));
  }

  @Test
  void labelsInsideOtherFoldersAreAProblem() throws IOException {
    photosIn("2019/cat 2019/dog 2020/cat 2020/dog");

    assertThat(words())
        .containsExactly(
            "the labels' folders hold folders of the same names, cat, dog: if these are the labels,"
                + " put the photos of each into one folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat dog",
        "cat/garden cat/house dog/garden dog",
        "car bus train",
        "train_station test_tube",
        "cat/day dog/night",
        "valid invalid"
      })
  void labelsAreLabels(String folders) throws IOException {
    photosIn(folders);

    assertThat(words()).isEmpty();
    assertThat(PhotoFolder.scan(dir, LabelRule.FOLDER).labels().names())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(folders.split(" ", -1))
                .map(f -> f.split("/", -1)[0])
                .distinct()
                .toList());
  }

  @Test
  void aLevelTooLowIsToldWithTheRightOne() throws IOException {
    photosIn("cat dog");

    assertBadInput(
        dir.resolve("cat"),
        "no folders in /set/cat, but 1 photo: if that is the folder of one label, use photos"
            + " /set, the folder around it");
  }
}
