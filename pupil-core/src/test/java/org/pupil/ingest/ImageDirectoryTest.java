package org.pupil.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupil.ingest.TestArchives.folder;
import static org.pupil.ingest.TestArchives.photos;
import static org.pupil.ingest.TestArchives.zip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSet;
import org.pupil.dataset.SplitSettings;

/** What may be given as the photos to learn from. */
class ImageDirectoryTest extends IngestTestBase {
  private static final SplitSettings FOLDERS = new SplitSettings(SplitRule.FOLDERS, 10, 10, 0);

  private Dataset open(Path typed, boolean isDivided) {
    return new ImageDirectory(
            typed.toString(), LabelRule.FOLDER, isDivided, work.resolve("datasets"), listener)
        .open();
  }

  private static List<String> names(Dataset dataset) {
    return dataset.photos().stream().map(Photo::name).toList();
  }

  @Test
  void anArchiveIsUnpackedOnce() throws IOException {
    Path archive = zip(work.resolve("pets.zip"), photos("pets/cat/1.png", "pets/dog/1.png"));

    assertThat(names(open(archive, false))).containsExactly("cat/1.png", "dog/1.png");
    assertThat(names(open(archive, false))).containsExactly("cat/1.png", "dog/1.png");

    assertThat(recognised).hasSize(1);
    assertThat(filesBelow(work.resolve("datasets"))).anyMatch(name -> name.endsWith("cat/1.png"));
    Files.copy(archive, work.resolve("copy.zip"));
    open(work.resolve("copy.zip"), false);
    assertThat(recognised).hasSize(1);
  }

  @Test
  void anArchiveWhosePathHasNoDotIsNoNameOfTheCatalogue() throws IOException {
    Path archive = zip(work.resolve("pets"), photos("cat/1.png", "dog/1.png"));

    assertThat(names(open(archive, false))).containsExactly("cat/1.png", "dog/1.png");
  }

  @Test
  void setsAreKeptFromFoldersAndArchives() throws IOException {
    Map<String, String> entries =
        photos(
            "train/cat/1.png",
            "train/cat/2.png",
            "train/dog/1.png",
            "val/cat/3.png",
            "val/dog/3.png",
            "test/dog/2.png",
            "test/cat/4.png");
    Path archive = zip(work.resolve("sets.zip"), entries);
    Path folder = folder(work.resolve("sets"), entries);
    for (Path typed : List.of(archive, folder)) {
      Dataset dataset = open(typed, true);

      assertThat(names(dataset))
          .containsExactly(
              "cat/test/4.png",
              "cat/train/1.png",
              "cat/train/2.png",
              "cat/val/3.png",
              "dog/test/2.png",
              "dog/train/1.png",
              "dog/val/3.png");
      assertThat(dataset.split(FOLDERS).photos(SplitSet.TESTING))
          .extracting(Photo::name)
          .containsExactly("cat/test/4.png", "dog/test/2.png");
    }
    assertThat(names(open(archive, false))).hasSize(7);
    assertThatThrownBy(() -> open(folder, false))
        .hasMessageContaining("are sets, not labels")
        .hasMessageEndingWith("or keep to these sets with splitRule=folders");
  }

  @Test
  void groupsOfAnArchivesTableAreKept() throws IOException {
    Map<String, String> entries = photos("img/1.png", "img/2.png", "img/3.png");
    entries.put(
        "labels.csv", "file,label,group\nimg/1.png,cat,a\nimg/2.png,cat,a\nimg/3.png,dog,b\n");

    Dataset dataset = open(zip(work.resolve("pets.zip"), entries), false);

    assertThat(dataset.photos())
        .extracting(Photo::group)
        .containsExactly("group a", "group a", "group b");
  }

  @Test
  void whatIsNeitherIsNamed() throws IOException {
    Path text = Files.writeString(work.resolve("notes.txt"), "text");
    assertThatThrownBy(() -> open(text, false))
        .hasMessageEndingWith(
            "notes.txt is neither a folder of photos nor an archive or a table of them");
    Path archive = zip(work.resolve("pets.zip"), photos("cat/1.png", "dog/1.png"));
    assertThatThrownBy(
            () ->
                new ImageDirectory(
                        archive.toString(), LabelRule.RETRAIN, false, work.resolve("datasets"))
                    .open())
        .hasMessageContaining("go by the names of folders");
    assertThat(work.resolve("datasets")).doesNotExist();
  }

  @Test
  void tablesOfADatasetAreFoundAndCompared() throws IOException {
    Map<String, String> entries =
        photos("train/001.png", "train/002.png", "train/003.png", "train/004.png");
    entries.put("labels.csv", "id,breed\n001,pug\n002,pug\n003,collie\n009,collie\n");
    ingest(zip(work.resolve("dogs.zip"), entries));
    assertThat(recognised.get(0).layout()).isEqualTo(Layout.TABLE);
    assertThat(files()).containsExactly("collie/003.png", "pug/001.png", "pug/002.png");
    assertThat(notes)
        .containsExactlyInAnyOrder(
            "left out 1 photo that no row of the table names (train/004.png)",
            "labels.csv: 1 row names files that are not there (first line 5: 009)");
  }

  @Test
  void aTableThatLeadsOutsideReadsNothingThere() throws IOException {
    Path secret = Files.writeString(work.resolve("secret.png"), "secret");
    Path set = folder(work.resolve("set"), photos("1.png", "2.png"));
    Files.writeString(
        set.resolve("labels.csv"),
        "file,label\n1.png,cat\n2.png,dog\n../secret.png,cat\n" + secret + ",dog\n");
    ingest(set.resolve("labels.csv"));
    assertThat(files()).containsExactly("cat/1.png", "dog/2.png");
    assertThat(notes).anyMatch(note -> note.contains("2 rows name files outside of its folder"));
  }
}
