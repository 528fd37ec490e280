package org.pupil.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.pupil.ingest.TestArchives.folder;
import static org.pupil.ingest.TestArchives.photos;
import static org.pupil.ingest.TestArchives.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.pupil.backbone.fetch.TarFile;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.PhotoFolder;
import org.pupil.dataset.SplitSet;
import org.pupil.errors.PupilException;
import org.pupil.files.FolderTree;
import org.pupil.files.Sha256;

/** Photo sets from archives and folders come into folders by label. */
class IngestionTest extends IngestTestBase {
  private static final String[] PETS = {
    "pets/cat/1.png", "pets/cat/2.png", "pets/dog/1.png", "pets/dog/deep/2.png"
  };
  private static final List<String> BY_LABEL =
      List.of("cat/1.png", "cat/2.png", "dog/1.png", "dog/deep/2.png");

  @Test
  void aZipOfFoldersBecomesFolders() throws IOException {
    Path archive = zip(work.resolve("pets.zip"), photos(PETS));

    IngestedSet set = ingest(archive);

    assertThat(files()).isEqualTo(BY_LABEL);
    assertThat(set.counts()).containsExactly(entry("cat", 2), entry("dog", 2));
    assertThat(set.wasThere()).isFalse();
    assertThat(recognised.get(0).layout()).isEqualTo(Layout.FOLDERS);
    assertThat(notes).isEmpty();
    assertThat(beside()).containsExactly("out", "pets.zip");
  }

  @Test
  void tarsOfAllKindsGiveTheSame() throws IOException {
    TarFile tar = new TarFile();
    photos(PETS).forEach((name, text) -> tar.file(name, TestArchives.content(name, text)));
    byte[] plain = tar.plainBytes();
    Path xz = work.resolve("pets.tar.xz");
    try (OutputStream out = new XZCompressorOutputStream(Files.newOutputStream(xz))) {
      out.write(plain);
    }
    Path bzip2 = work.resolve("pets.tar.bz2");
    try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(bzip2))) {
      out.write(plain);
    }
    Path gzip = Files.write(work.resolve("misnamed.zip"), TarFile.gzip(plain));
    for (Path archive : List.of(Files.write(work.resolve("pets.tar"), plain), xz, bzip2, gzip)) {
      ingest(archive);

      assertThat(files()).as(archive.toString()).isEqualTo(BY_LABEL);
      assertThat(to().resolve("cat/1.png"))
          .hasBinaryContent(TestArchives.content("pets/cat/1.png", "photo"));
      FolderTree.delete(to());
    }
  }

  @Test
  void aFolderIsCopiedAndStaysAsItWas() throws IOException {
    Path source = folder(work.resolve("source"), photos(PETS));
    Files.writeString(source.resolve("pets/.hidden.png"), "none");
    Files.writeString(source.resolve("pets/notes.txt"), "none");

    ingest(source);

    assertThat(files()).isEqualTo(BY_LABEL);
    assertThat(filesBelow(source)).hasSize(PETS.length + 2);
  }

  @Test
  void whatIsMadeIsWhatRetrainReadsWithoutAWarning() throws IOException {
    ingest(zip(work.resolve("pets.zip"), many("pets/%s/%d.png", "cat", "dog")));

    Dataset dataset = PhotoFolder.scan(to(), LabelRule.FOLDER);

    assertThat(dataset.labels().names()).containsExactly("cat", "dog");
    assertThat(dataset.photos()).hasSize(50);
    assertThat(dataset.problems()).isEmpty();
  }

  private static Map<String, String> many(String pattern, String... labels) {
    return photos(
        IntStream.range(0, 25 * labels.length)
            .mapToObj(i -> pattern.formatted(labels[i % labels.length], i))
            .toArray(String[]::new));
  }

  @Test
  void secondTimeNothingChanges() throws IOException {
    Path archive = zip(work.resolve("pets.zip"), photos(PETS));
    ingest(archive);
    Files.delete(to().resolve("cat/2.png")); // a person has taken it out
    Map<String, FileTime> before = times();

    IngestedSet again = ingest(archive);

    assertThat(again.wasThere()).isTrue();
    assertThat(again.gone()).isEqualTo(1);
    assertThat(again.photos()).isEqualTo(4);
    assertThat(times()).isEqualTo(before);
  }

  private Map<String, FileTime> times() throws IOException {
    return filesBelow(to()).stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> {
                  try {
                    return Files.getLastModifiedTime(to().resolve(name));
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                }));
  }

  @Test
  void aFolderThatIsTakenIsLeftAlone() throws IOException {
    ingest(zip(work.resolve("pets.zip"), photos(PETS)));
    Path other = zip(work.resolve("other.zip"), photos("a/1.png", "b/1.png"));
    Path full = Files.createDirectories(work.resolve("full"));
    Files.writeString(full.resolve("mine.txt"), "mine");
    IngestRequest plain = request(other);

    assertThatThrownBy(() -> ingest(other))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("holds another photo set already")
        .hasMessageContaining("pets.zip, as folders");
    assertThatThrownBy(
            () ->
                ingest(
                    new IngestRequest(
                        plain.source(),
                        full,
                        plain.layout(),
                        plain.inner(),
                        plain.names(),
                        plain.limits(),
                        plain.catalogue(),
                        plain.environment())))
        .hasMessageContaining("there are files in it; give the name of a new folder");
    assertThat(filesBelow(full)).containsExactly("mine.txt");
    assertThat(files()).isEqualTo(BY_LABEL);
  }

  @Test
  void checksumsAndOriginAreRecorded() throws IOException {
    Path archive = zip(work.resolve("pets.zip"), photos(PETS));

    ingest(archive);

    List<String> sums = Files.readAllLines(to().resolve("SHA256SUMS"));
    assertThat(sums).hasSize(4);
    assertThat(sums.get(0)).isEqualTo(Sha256.of(to().resolve("cat/1.png")) + "  cat/1.png");
    assertThat(Files.readString(to().resolve("pupil-dataset.json")))
        .contains("\"hash\" : \"sha256:" + Sha256.of(archive) + "\"")
        .contains("\"cat\" : 2");
    assertThat(to().resolve("contact-sheet.png")).isNotEmptyFile();
  }

  @Test
  void setsAreKeptBelowTheLabel() throws IOException {
    ingest(
        zip(
            work.resolve("ants.zip"),
            photos(
                "data/train/ants/1.png",
                "data/train/bees/1.png",
                "data/val/ants/1.png",
                "data/val/bees/2.png",
                "data/test/9.png")));

    assertThat(files())
        .containsExactly(
            "ants/train/1.png", "ants/val/1.png", "bees/train/1.png", "bees/val/2.png");
    assertThat(recognised.get(0).layout()).isEqualTo(Layout.SETS);
    assertThat(recognised.get(0).sets())
        .containsExactly(entry(SplitSet.TRAINING, 2), entry(SplitSet.VALIDATION, 2));
    assertThat(notes)
        .containsExactly("left out 1 photo for which there is no label (data/test/9.png)");
  }

  @Test
  void setsInFoldersOfTheirNamesAndInsideLabels() throws IOException {
    ingest(
        zip(
            work.resolve("land.zip"),
            photos(
                "seg_train/seg_train/sea/1.png",
                "seg_train/seg_train/hill/1.png",
                "seg_test/seg_test/sea/1.png")));
    assertThat(files()).containsExactly("hill/train/1.png", "sea/test/1.png", "sea/train/1.png");

    Path inside = work.resolve("inside");
    folder(inside, photos("sea/train/1.png", "sea/test/1.png", "hill/train/2.png"));
    FolderTree.delete(to());
    ingest(inside);
    assertThat(files()).containsExactly("hill/train/2.png", "sea/test/1.png", "sea/train/1.png");
  }

  @Test
  void theLabelBeginsTheName() throws IOException {
    ingest(
        zip(
            work.resolve("breeds.zip"),
            photos(
                "images/great_pyrenees_1.png",
                "images/great_pyrenees_12.png",
                "images/Abyssinian_1.png",
                "images/Abyssinian_2.png")));

    assertThat(recognised.get(0).layout()).isEqualTo(Layout.PREFIX);
    assertThat(recognised.get(0).counts())
        .containsExactly(entry("Abyssinian", 2), entry("great_pyrenees", 2));
    assertThat(files()).contains("great_pyrenees/great_pyrenees_12.png");
  }

  @Test
  void foldersWhoseNamesHardlyAreLabelsMakeItAQuestion() throws IOException {
    Path archive =
        zip(
            work.resolve("parts.zip"),
            photos("part1/cat.1.png", "part1/dog.1.png", "part2/cat.2.png", "part2/dog.2.png"));

    ingest(archive);

    assertThat(choices)
        .extracting(Recognised::layout)
        .containsExactly(Layout.PREFIX, Layout.FOLDERS);
    assertThat(recognised.get(0).counts()).containsOnlyKeys("cat", "dog");

    FolderTree.delete(to());
    choices = List.of();
    ingest(archive, Layout.FOLDERS);
    assertThat(choices).isEmpty();
    assertThat(files()).contains("part1/cat.1.png");
  }

  @Test
  void foldersInFoldersAreAQuestionUnlessTheInnerOnesAreSessions() throws IOException {
    ingest(
        folder(
            work.resolve("kinds"), photos("bird/owl/1.png", "bird/duck/1.png", "fish/cod/1.png")));
    assertThat(choices)
        .extracting(Recognised::layout)
        .containsExactly(Layout.FOLDERS, Layout.INNERMOST_FOLDERS);
    assertThat(choices.get(1).counts()).containsOnlyKeys("cod", "duck", "owl");

    FolderTree.delete(to());
    choices = List.of();
    ingest(
        folder(
            work.resolve("sessions"),
            photos(
                "cat/monday/1.png", "cat/friday/1.png", "dog/monday/1.png", "dog/friday/2.png")));
    assertThat(choices).isEmpty();
  }

  @Test
  void whatIsNoPhotoIsCountedAndLeftOut() throws IOException {
    Map<String, String> entries = photos("cat/1.png", "dog/1.png", "sample.png");
    entries.put("cat/empty.jpg", "");
    entries.put("cat/empty2.jpg", "");
    entries.put("cat/camera.nef", "raw");
    entries.put("dog/readme.txt", "text");

    ingest(zip(work.resolve("mixed.zip"), entries));

    assertThat(files()).containsExactly("cat/1.png", "dog/1.png");
    assertThat(notes)
        .containsExactlyInAnyOrder(
            "left out 2 photos of 0 bytes: get it again from its source (first cat/empty.jpg)",
            "left out 1 photo in a camera's raw format: export as JPEG first (cat/camera.nef)",
            "left out 1 photo beside the folders of the labels (sample.png)");
  }
}
