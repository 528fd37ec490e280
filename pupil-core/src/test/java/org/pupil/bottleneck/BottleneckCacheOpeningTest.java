package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pupil.bottleneck.Samples.KEY;
import static org.pupil.bottleneck.Samples.content;
import static org.pupil.bottleneck.Samples.key;
import static org.pupil.bottleneck.Samples.photo;
import static org.pupil.bottleneck.Samples.photos;
import static org.pupil.bottleneck.Samples.put;
import static org.pupil.bottleneck.Samples.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.errors.PupilException;

/** When the file is opened, made and closed, and how SQLite is told to treat it. */
class BottleneckCacheOpeningTest {
  @TempDir Path parent;

  private Path folder() {
    return parent.resolve("bottlenecks");
  }

  @Test
  void aCacheThatIsOnlyAskedLeavesNothingBehind() {
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(folder())) {
      FoundBottlenecks found = cache.find(KEY, List.of(photo("/a.jpg"), photo("/b.jpg")));
      assertThat(found.size()).isEqualTo(2);
      assertThat(found.foundCount()).isZero();
      assertThat(found.content(0)).isEmpty();

      FoundBottlenecks byContent = cache.findContents(KEY, List.of(content("a")));
      assertThat(byContent.size()).isEqualTo(1);
      assertThat(byContent.foundCount()).isZero();
      assertThat(byContent.content(0)).contains(content("a"));

      assertThat(cache.knows(KEY)).isFalse();
      assertThat(cache.thumbnails(List.of(content("a"), content("b"))))
          .containsExactly(new byte[0], new byte[0]);
    }
    assertThat(folder()).doesNotExist();
  }

  @Test
  void itIsMadeWhenSomethingIsPut() {
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(folder())) {
      put(cache, KEY, read(0, 2), 3);
      assertThat(folder().resolve("bottlenecks.db")).isRegularFile();
      assertThat(cache.find(KEY, photos(read(0, 2))).foundCount()).isEqualTo(2);
    }
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(folder())) {
      assertThat(cache.find(KEY, photos(read(0, 2))).foundCount()).isEqualTo(2);
    }
  }

  @Test
  void whatAnotherProgramPutsMeanwhileIsFound() {
    try (BottleneckCache early = BottleneckCache.openWhenNeeded(folder())) {
      assertThat(early.knows(KEY)).isFalse();
      try (BottleneckCache other = BottleneckCache.openWhenNeeded(folder())) {
        put(other, KEY, read(0, 2), 3);
      }
      assertThat(early.find(KEY, photos(read(0, 2))).foundCount()).isEqualTo(2);
      assertThat(early.knows(KEY)).isTrue();
      assertThat(early.knows(key("224x224"))).isFalse();
    }
  }

  @Test
  void aFileThatIsThereIsCheckedAtOnce() throws IOException {
    Files.createDirectory(folder());
    Files.writeString(folder().resolve("bottlenecks.db"), "the diary of a photographer");
    assertThatThrownBy(() -> BottleneckCache.openWhenNeeded(folder()))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("is not a cache of bottlenecks");
  }

  @Test
  void closedBeforeItWasNeededItIsClosedAndMakesNothing() {
    BottleneckCache cache = BottleneckCache.openWhenNeeded(folder());
    cache.close();
    assertThatThrownBy(() -> cache.find(KEY, photos(read(0, 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the cache of bottlenecks is closed");
    assertThatThrownBy(() -> put(cache, KEY, read(0, 1), 3))
        .isInstanceOf(IllegalStateException.class);
    assertThat(folder()).doesNotExist();
  }

  /** On Windows a file that is open cannot be moved away, which is what the message advises. */
  @Test
  void aFileThatIsRefusedIsNotKeptOpen() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "this system does not tell which files are open");
    BottleneckCacheFolder opened = new BottleneckCacheFolder(folder());
    try (BottleneckCacheFile file = opened.open()) {
      assertThat(openFiles(descriptors)).anyMatch(name -> name.startsWith(folder().toString()));
      file.execute("PRAGMA user_version = 2");
    }
    assertThatThrownBy(() -> BottleneckCache.open(folder())).isInstanceOf(PupilException.class);
    assertThat(openFiles(descriptors)).noneMatch(name -> name.startsWith(folder().toString()));
  }

  private static List<String> openFiles(Path descriptors) throws IOException {
    List<String> names = new ArrayList<>();
    try (var links = Files.newDirectoryStream(descriptors)) {
      for (Path link : links) {
        if (Files.isSymbolicLink(link)) {
          names.add(Files.readSymbolicLink(link).toString());
        }
      }
    }
    return names;
  }

  /**
   * The file may come from anybody and be damaged anywhere; the lock is waited for as long as the
   * message says; and no commit waits for the disk.
   */
  @ParameterizedTest
  @CsvSource({
    "trusted_schema, 0",
    "cell_size_check, 1",
    "busy_timeout, 30000",
    "synchronous, 1",
    "journal_mode, wal"
  })
  void sqliteIsToldHowToTreatTheFile(String pragma, String expected) {
    try (BottleneckCacheFile file = BottleneckCacheFile.open(folder())) {
      String actual =
          file.reading(
              connection -> {
                try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
                  return result.getString(1);
                }
              });
      assertThat(actual).isEqualTo(expected);
    }
  }
}
