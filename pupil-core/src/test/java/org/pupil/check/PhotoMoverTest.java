package org.pupil.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;

class PhotoMoverTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:30:15Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private Path photos;
  private Path out;
  private final List<String> stayed = new ArrayList<>();

  @BeforeEach
  void folders() throws IOException {
    photos = Files.createDirectories(folder.toRealPath().resolve("photos"));
    out = folder.toRealPath().resolve("out");
  }

  private PhotoSource photo(String name) throws IOException {
    Path file = photos.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
    return PhotoFile.of(file);
  }

  private void hear(Path photo, String reason) {
    stayed.add(photo.getFileName() + ": " + reason);
  }

  /** Moves photos and returns the list. */
  private Path move(PhotoSource... sources) {
    try (PhotoMover mover = PhotoMover.to(out, photos, CLOCK)) {
      for (PhotoSource source : sources) {
        mover.move(source, this::hear);
      }
      return mover.listFile().orElse(null);
    }
  }

  @Test
  void photosKeepTheirLabelsFoldersAndComeBackAsTheyWere() throws IOException {
    PhotoSource tom = photo("cat/garden/tom.jpg");
    PhotoSource rex = photo("dog/rex.jpg");

    Path list = move(tom, rex);

    assertThat(out.resolve("cat/garden/tom.jpg")).hasContent("cat/garden/tom.jpg");
    assertThat(photos.resolve("dog/rex.jpg")).doesNotExist();
    assertThat(PhotoMover.undo(list, this::hear))
        .containsExactly(photos.resolve("dog/rex.jpg"), photos.resolve("cat/garden/tom.jpg"));
    assertThat(PhotoFile.of(photos.resolve("dog/rex.jpg"))).isEqualTo(rex);
    assertThat(stayed).isEmpty();
    // Asking again does no harm.
    assertThat(PhotoMover.undo(list, this::hear)).isEmpty();
    assertThat(stayed).isEmpty();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.createDirectories(out.resolve("cat"));
    Files.writeString(out.resolve("cat/tom.jpg"), "older");
    PhotoSource tom = photo("cat/tom.jpg");

    Path list = move(tom);

    assertThat(out.resolve("cat/tom.jpg")).hasContent("older");
    assertThat(out.resolve("cat/tom-2.jpg")).hasContent("cat/tom.jpg");
    photo("cat/tom.jpg");
    assertThat(PhotoMover.undo(list, this::hear)).isEmpty();
    assertThat(stayed).hasSize(1).first().asString().startsWith("tom-2.jpg: there is a file at");
    assertThat(out.resolve("cat/tom-2.jpg")).exists();
  }

  @Test
  void aSecondListDoesNotTakeThePlaceOfTheFirst() throws IOException {
    Path first = move(photo("cat/1.jpg"));
    Path second = move(photo("cat/2.jpg"));

    assertThat(second).isNotEqualTo(first);
    assertThat(PhotoMover.undo(first, this::hear)).containsExactly(photos.resolve("cat/1.jpg"));
  }

  @Test
  void aPhotoThatHasChangedStays() throws IOException {
    PhotoSource tom = photo("cat/tom.jpg");
    Files.writeString(photos.resolve("cat/tom.jpg"), "another photo");

    assertThat(move(tom)).isNull();
    assertThat(stayed).containsExactly("tom.jpg: it has changed since it was checked");
    assertThat(out).doesNotExist();
  }

  @Test
  void aPhotoThatHasChangedSinceItWasMovedStaysThere() throws IOException {
    Path list = move(photo("cat/tom.jpg"));
    Files.setLastModifiedTime(out.resolve("cat/tom.jpg"), FileTime.fromMillis(1_000_000));

    assertThat(PhotoMover.undo(list, this::hear)).isEmpty();
    assertThat(stayed).containsExactly("tom.jpg: it has changed since it was moved");
  }

  @Test
  void linksAndWhatTheyLeadToStay() throws IOException {
    Path elsewhere = Files.createDirectories(folder.toRealPath().resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("a.jpg"), "a");
    photo("cat/tom.jpg");
    Path link = photos.resolve("cat/link.jpg");
    Files.createSymbolicLink(link, elsewhere.resolve("a.jpg"));
    Files.createSymbolicLink(photos.resolve("dog"), elsewhere);

    assertThat(move(PhotoFile.of(link), PhotoFile.of(photos.resolve("dog/a.jpg")))).isNull();
    assertThat(stayed)
        .containsExactly(
            "link.jpg: it is a link; delete it by hand",
            "a.jpg: a link leads to it from elsewhere; other work may need it there");
    assertThat(elsewhere.resolve("a.jpg")).exists();
  }

  @Test
  void photosOfAFolderThatMayNotBeChangedStay() throws IOException {
    PhotoSource tom = photo("cat/tom.jpg");
    assumeFalse("root".equals(System.getProperty("user.name")), "root may change all folders");
    assertThat(photos.resolve("cat").toFile().setWritable(false)).isTrue();
    try {
      assertThat(move(tom)).isNull();
      assertThat(stayed).containsExactly("tom.jpg: its folder may not be changed");
    } finally {
      assertThat(photos.resolve("cat").toFile().setWritable(true)).isTrue();
    }
  }

  /** As if the power had gone right after the line was written, or within it. */
  @Test
  void aLineWhosePhotoWasNotMovedIsPassedOver() throws IOException {
    Path list = move(photo("cat/1.jpg"), photo("cat/2.jpg"));
    Files.move(out.resolve("cat/2.jpg"), photos.resolve("cat/2.jpg"));
    String text = Files.readString(list);
    Files.writeString(list, text + text.substring(0, 20));

    assertThat(PhotoMover.undo(list, this::hear)).containsExactly(photos.resolve("cat/1.jpg"));
    assertThat(stayed).isEmpty();
    assertThat(photos.resolve("cat/2.jpg")).hasContent("cat/2.jpg");
  }

  @Test
  void aFolderAmongTheLabelsIsRefused() throws IOException {
    photo("cat/tom.jpg");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, photos);

    for (Path inside : List.of(photos, photos.resolve("out"), link.resolve("new/deep"))) {
      assertThatThrownBy(() -> PhotoMover.to(inside, photos, CLOCK))
          .isInstanceOf(PupilException.class)
          .hasMessageContaining("is inside of");
    }
  }

  @Test
  void whatIsNoListIsRefusedWithItsLine() throws IOException {
    Path file = folder.resolve("list");
    for (String text :
        List.of(
            "",
            "no json\n",
            "{\"from\": \"a\", \"to\": \"b\"}\n",
            "{\"image_dir\": \"photos\"}\n",
            "{\"image_dir\": \"/photos\"}",
            "[]\n",
            "\u0000\n")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> PhotoMover.undo(file, this::hear))
          .isInstanceOf(PupilException.class)
          .hasMessageContaining("is no list of moved photos (line 1)");
    }
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xd8, '\n'});
    assertThatThrownBy(() -> PhotoMover.undo(file, this::hear))
        .hasMessageContaining("is no list of moved photos (line 1)");
    assertThatThrownBy(() -> PhotoMover.undo(folder, this::hear))
        .hasMessageContaining("is no list of moved photos (line 1)");
    assertThatThrownBy(() -> PhotoMover.undo(folder.resolve("none"), this::hear))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("no such file");
  }

  /** A list, as a stranger may have written it. */
  private Path list(Path imageDir, String... moves) throws IOException {
    Files.createDirectories(out);
    Path list = out.resolve("list.jsonl");
    String first = "{\"image_dir\": \"%s\"}\n".formatted(imageDir);
    Files.writeString(list, first + String.join("\n", moves) + "\n");
    return list;
  }

  private String line(String from, String to) throws IOException {
    Path file = out.resolve(to);
    long modified = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
    return "{\"from\": \"%s\", \"to\": \"%s\", \"size\": 1, \"modified_millis\": %d}"
        .formatted(from, to, modified);
  }

  @Test
  void aListNamesOnlyWhatIsBelowItsFolderAndGoesBelowTheLabels() throws IOException {
    Files.createDirectories(out);
    Files.writeString(folder.resolve("secret.jpg"), "s");
    Files.writeString(out.resolve("a.jpg"), "a");
    for (String[] names :
        new String[][] {
          {"cat/a.jpg", "../secret.jpg"},
          {"../a.jpg", "a.jpg"},
          {"cat/../../a.jpg", "a.jpg"},
          {folder.resolve("a.jpg").toString(), "a.jpg"},
          {"cat/a.jpg", folder.resolve("secret.jpg").toString()},
          {"", "a.jpg"}
        }) {
      Path list = list(photos, line(names[0], names[1]));
      assertThatThrownBy(() -> PhotoMover.undo(list, this::hear))
          .as(String.join(" ", names))
          .isInstanceOf(PupilException.class)
          .hasMessageContaining("is no list of moved photos (line 2)");
    }
    assertThat(folder.resolve("secret.jpg")).exists();
    assertThat(out.resolve("a.jpg")).exists();
  }

  @Test
  void whatIsNoPhotoStays() throws IOException {
    Files.createDirectories(out.resolve("folder.jpg"));
    Files.writeString(out.resolve("keys"), "k");
    Files.writeString(out.resolve("b.jpg"), "b");
    Files.createSymbolicLink(out.resolve("link.jpg"), folder.resolve("elsewhere.jpg"));

    Path list =
        list(
            photos,
            line("cat/folder.jpg", "folder.jpg"),
            line("cat/keys", "keys"),
            line(".ssh/b.jpg", "b.jpg"),
            line("cat/link.jpg", "link.jpg"));

    assertThat(PhotoMover.undo(list, this::hear)).isEmpty();
    assertThat(stayed)
        .containsExactly(
            "link.jpg: it is no photo",
            "b.jpg: it is no photo",
            "keys: it is no photo",
            "folder.jpg: it is no photo");
  }

  @Test
  void linksDoNotLeadPhotosElsewhere() throws IOException {
    Path elsewhere = Files.createDirectories(folder.toRealPath().resolve("elsewhere"));
    Files.createDirectories(out);
    Files.writeString(out.resolve("a.jpg"), "a");
    Files.createSymbolicLink(photos.resolve("cat"), elsewhere);

    assertThat(PhotoMover.undo(list(photos, line("cat/a.jpg", "a.jpg")), this::hear)).isEmpty();
    assertThat(stayed).containsExactly("a.jpg: a link leads elsewhere");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void photosComeBackFromAFolderThatWasMovedButNotToOneThatIsGone() throws IOException {
    move(photo("cat/tom.jpg"));
    Path moved = folder.toRealPath().resolve("moved");
    Files.move(out, moved);
    Path list = moved.resolve("moved-2026-11-24T12-30-15.jsonl");
    Path gone = folder.resolve("gone");
    Files.move(photos, gone);

    assertThatThrownBy(() -> PhotoMover.undo(list, this::hear))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("which is not there any more");
    assertThat(photos).doesNotExist();
    Files.move(gone, photos);
    assertThat(PhotoMover.undo(list, this::hear)).containsExactly(photos.resolve("cat/tom.jpg"));
  }
}
