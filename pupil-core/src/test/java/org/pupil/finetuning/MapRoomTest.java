package org.pupil.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;

class MapRoomTest {
  private static final int MEGABYTE = 1_000_000;

  @TempDir private Path folder;
  private Path own;

  @BeforeEach
  void makeFiles() throws IOException {
    own = file("own.maps", MEGABYTE, 1);
    file("oldest.maps", 3 * MEGABYTE, 2);
    file("older.checkpoint", 2 * MEGABYTE, 3);
    file("newest.maps", 2 * MEGABYTE, 4);
    file("not-ours.txt", 9 * MEGABYTE, 0);
  }

  private Path file(String name, int bytes, int used) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * used));
    return file;
  }

  private MapRoom room(int most, int free) {
    return new MapRoom(folder, (long) most * MEGABYTE, place -> (long) free * MEGABYTE);
  }

  private List<MapRoom.Need> more(int megabytes) {
    return List.of(new MapRoom.Need(own, MEGABYTE, (long) megabytes * MEGABYTE));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void nothingGoesWhereThereIsRoom() throws IOException {
    room(10, 100).make(more(2), List.of());
    assertThat(left()).hasSize(5);
  }

  @Test
  void whatWasUsedLeastRecentlyGoesFirstCheckpointsToo() throws IOException {
    room(10, 100).make(more(3), List.of());
    assertThat(left())
        .containsExactly("newest.maps", "not-ours.txt", "older.checkpoint", "own.maps");
    room(7, 100).make(more(3), List.of());
    assertThat(left()).containsExactly("newest.maps", "not-ours.txt", "own.maps");
  }

  @Test
  void whatIsSparedStays() throws IOException {
    room(4, 100).make(more(2), List.of(folder.resolve("older.checkpoint")));
    assertThat(left()).containsExactly("not-ours.txt", "older.checkpoint", "own.maps");
  }

  @Test
  void otherMapsGoWhereTheDiskIsFullThoughTheyWereAllowed() throws IOException {
    MapRoom full = new MapRoom(folder, 1000L * MEGABYTE, place -> 2 * MEGABYTE - sizeOfOthers());
    assertThatThrownBy(() -> full.make(more(4), List.of()))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("whose disk has only 2 MB left: give another bottleneckDir");
    assertThat(left()).containsExactly("not-ours.txt", "own.maps");
  }

  @Test
  void theOldestGoIfTheDiskIsNearlyFull() throws IOException {
    MapRoom nearly = new MapRoom(folder, 1000L * MEGABYTE, place -> 8 * MEGABYTE - sizeOfOthers());
    nearly.make(more(3), List.of());
    assertThat(left())
        .containsExactly("newest.maps", "not-ours.txt", "older.checkpoint", "own.maps");
  }

  /** Of maps and checkpoints: what a disk gains by their end. */
  private long sizeOfOthers() throws IOException {
    long bytes = 0;
    for (String name : left()) {
      boolean isOther = !name.equals("own.maps") && !name.endsWith(".txt");
      bytes += isOther ? Files.size(folder.resolve(name)) : 0;
    }
    return bytes;
  }

  @Test
  void whatCannotFitIsSaidBeforeAndNothingIsDeleted() throws IOException {
    assertThatThrownBy(() -> room(10, 100).check(more(10)))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("needs 11 MB")
        .hasMessageContaining("may use 10 MB: raise cacheSize");
    assertThatThrownBy(() -> room(100, 2).check(more(10)))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("needs 10 MB in " + folder)
        .hasMessageContaining("only 9 MB left");
    assertThatCode(() -> room(100, 3).check(more(10))).doesNotThrowAnyException();
    assertThat(left()).hasSize(5);
  }

  @Test
  void theFolderNeedNotBeThereYet() {
    Path later = folder.resolve("later/fine-tuning");
    MapRoom room = new MapRoom(later, 10L * MEGABYTE, place -> Files.exists(place) ? MEGABYTE : 0);
    assertThatCode(
            () -> room.check(List.of(new MapRoom.Need(later.resolve("a.maps"), 0, MEGABYTE))))
        .doesNotThrowAnyException();
    assertThat(later).doesNotExist();
  }
}
