package org.pupil.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;

class DatasetTest {
  @TempDir Path folder;

  private static byte[] content(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> names(Dataset dataset) {
    return dataset.photos().stream().map(Photo::name).toList();
  }

  private void refused(Runnable action, String message) {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(action::run)
        .withMessage(message)
        .matches(e -> e.kind() == PupilException.Kind.BAD_INPUT);
  }

  @Test
  void whateverTheOrderItIsTheSetOfTheSamePhotosInAFolder() throws IOException {
    List<String> names =
        List.of("dog/rex.jpg", "cat/a/tom.jpg", "cat/tom.jpg", "cat/\u00e4.jpg", "dog/b.jpg");
    DatasetBuilder builder = Dataset.builder();
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
      int slash = name.indexOf('/');
      builder.add(name.substring(0, slash), name.substring(slash + 1), content(name));
    }
    Dataset found = PhotoFolder.scan(folder, LabelRule.FOLDER);
    Dataset made = builder.build();
    assertThat(made.labels()).isEqualTo(found.labels());
    assertThat(names(made)).isEqualTo(names(found));
    assertThat(made.problems()).isEqualTo(found.problems());
    SplitSettings settings = new SplitSettings(SplitRule.STRATIFIED, 30, 30, 5);
    assertThat(IntStream.range(0, 5).mapToObj(made.split(settings)::setOf))
        .containsExactlyElementsOf(
            IntStream.range(0, 5).mapToObj(found.split(settings)::setOf).toList());
  }

  @Test
  void photosComeFromFilesBytesStreamsAndImages() throws IOException {
    Path file = Files.writeString(folder.resolve("tom.jpg"), "tom");
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    Dataset dataset =
        Dataset.builder()
            .add("cat", file)
            .add("dog", content("rex"))
            .add("dog", new ByteArrayInputStream(content("ben")))
            .add("sky", image)
            .build();
    image.setRGB(0, 0, 0xffffff); // what was added is the image as it was
    assertThat(names(dataset).get(0)).isEqualTo("cat/tom.jpg");
    assertThat(dataset.photos().get(0).source()).isEqualTo(PhotoFile.of(file));
    assertThat(read(dataset)).contains("tom", "rex", "ben");
    assertThat(dataset.photos().get(3).source().read())
        .isEqualTo(
            PhotoSource.image("", new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB)).read());
  }

  private static List<String> read(Dataset dataset) throws IOException {
    List<String> contents = new ArrayList<>();
    for (Photo photo : dataset.photos()) {
      contents.add(new String(photo.source().read(), UTF_8));
    }
    return contents;
  }

  @Test
  void aPhotoWithoutANameIsCalledByItsHashAndStaysWithItsCopies() {
    Dataset dataset =
        Dataset.builder()
            .add("dog", content("rex"))
            .add("dog", content("rex"))
            .add("cat", content("tom"))
            .build();
    Photo rex = dataset.photos().get(1);
    Photo copy = dataset.photos().get(2);
    assertThat(rex.name()).isEqualTo("dog/3227fe6bde46249b");
    assertThat(copy.name()).isEqualTo(rex.name() + "_nohash_2");
    assertThat(copy.group()).isEqualTo(rex.group());
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    DatasetBuilder builder = Dataset.builder().add("cat", "tom.jpg", content("1"));
    refused(
        () -> builder.add("cat", "tom.jpg", content("2")),
        "two photos of the label 'cat' have the name tom.jpg: give each a name of its own");
    builder.add("dog", "tom.jpg", content("3"));
    assertThat(names(builder.build())).containsExactly("cat/tom.jpg", "dog/tom.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\u200b"})
  void aLabelMustBeSeen(String label) {
    refused(
        () -> Dataset.builder().add(label, content("1")),
        "a label must have characters that can be seen");
  }

  @Test
  void aLabelIsWrittenAsThatOfAFolder() {
    DatasetBuilder builder = Dataset.builder().add(" A\u0308pfel ", content("1"));
    builder.add("\u00c4pfel", content("2")).add("Birnen", content("3"));
    assertThat(builder.build().labels().names()).containsExactly("Birnen", "\u00c4pfel");
    refused(
        () -> builder.add("a\nb", content("1")),
        "the label 'a\\nb' must have no line feed, tab or other control character");
  }

  @Test
  void oneLabelIsTooFew() {
    refused(
        () -> Dataset.builder().build(),
        "no photos to learn from: add photos of at least two labels");
    refused(
        () -> Dataset.builder().add("cat", content("1")).build(),
        "only one label, 'cat': add photos of at least one other");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path gone = folder.resolve("gone.jpg");
    refused(() -> Dataset.builder().add("cat", gone), gone + ": no such file or folder");
  }

  /** As photos that are found to resemble each other will be. */
  @Test
  void photosOfOneGroupAreInOneSetWhateverTheirNames() {
    List<String> cats = IntStream.range(0, 60).mapToObj("cat/%02d.jpg"::formatted).toList();
    List<String> dogs = IntStream.range(0, 60).mapToObj("dog/%02d.jpg"::formatted).toList();
    Dataset plain = SplitGoldenTest.photos(Stream.concat(cats.stream(), dogs.stream()).toList());
    Dataset grouped =
        new Dataset(
            plain.labels(),
            plain.photos().stream()
                .map(p -> p.name().startsWith("cat/1") ? p.inGroup("ten cats") : p)
                .toList(),
            List.of(),
            "");
    assertThat(tenCats(plain.split(SplitSettings.DEFAULT)).distinct().count()).isGreaterThan(1);
    Split split = grouped.split(SplitSettings.DEFAULT);
    assertThat(tenCats(split).distinct()).hasSize(1);
    assertThat(IntStream.range(10, 20).map(split::groupOf).distinct().count()).isEqualTo(1);
    assertThat(split.groupOf(20)).isNotEqualTo(split.groupOf(10));
  }

  private static Stream<SplitSet> tenCats(Split split) {
    return IntStream.range(10, 20).mapToObj(split::setOf);
  }

  @Test
  void aFolderIsNoPhoto() {
    refused(() -> Dataset.builder().add("cat", folder), folder + ": it is a folder");
  }

  @Test
  void slashesDoNotGiveTwoPhotosOneName() {
    DatasetBuilder builder = Dataset.builder().add("a/b", "c", content("1"));
    builder.add("a", "b/d", content("2"));
    assertThat(names(builder.build())).containsExactly("a/b/d", "a/b/c");
    builder.add("a", "b/c", content("3"));
    refused(
        builder::build,
        "photos of two labels come to the name a/b/c: change a slash in a label or a name");
  }

  @Test
  void whatIsMissingIsNamedWhenItIsAdded() {
    assertThatNullPointerException()
        .isThrownBy(() -> Dataset.builder().add("cat", "tom.jpg", null))
        .withMessage("photo");
    assertThatNullPointerException()
        .isThrownBy(() -> Dataset.builder().add("cat", (byte[]) null))
        .withMessage("photo");
    assertThatNullPointerException()
        .isThrownBy(() -> Dataset.builder().add(null, content("1")))
        .withMessage("label");
    assertThatNullPointerException()
        .isThrownBy(() -> Dataset.builder().add("cat", null, content("1")))
        .withMessage("name");
  }
}
