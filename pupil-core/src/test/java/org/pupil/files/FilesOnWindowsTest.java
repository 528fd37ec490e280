package org.pupil.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Paths and disks as they are on Windows: drives, backslashes, no permissions of POSIX. */
class FilesOnWindowsTest {
  private FileSystem windows;
  private Path home;

  @BeforeEach
  void make() throws IOException {
    windows = Jimfs.newFileSystem(Configuration.windows());
    home = Files.createDirectories(windows.getPath("C:\\Users\\ann"));
    Files.createDirectories(windows.getPath("C:\\Temp"));
  }

  @AfterEach
  void close() throws IOException {
    windows.close();
  }

  private String cacheFolder(Map<String, String> environment) {
    return CacheFolder.find(environment, home, windows.getPath("C:\\Temp"), "Ann B").path() + "";
  }

  @Test
  void theCacheIsWhereProgramsKeepWhatTheyCanMakeAnew() {
    String local = "C:\\Users\\ann\\AppData\\Local";
    assertThat(cacheFolder(Map.of("LOCALAPPDATA", local))).isEqualTo(local + "\\pupil");
    assertThat(cacheFolder(Map.of("LOCALAPPDATA", local, "PUPIL_CACHE", "C:\\else where")))
        .isEqualTo("C:\\else where");
    assertThat(cacheFolder(Map.of())).isEqualTo("C:\\Users\\ann\\.cache\\pupil");
    assertThat(cacheFolder(Map.of("HOME", "C:\\nowhere"))).isEqualTo("C:\\Temp\\pupil-Ann_B");
  }

  @Test
  void filesAreReplacedAndNothingIsLeftBesideThem() throws IOException {
    Path file = windows.getPath("C:\\new\\folder\\labels.txt");
    WholeFile.write(file, "one\n");
    WholeFile.write(file, "two\n");
    assertThat(file).hasContent("two\n");
    try (var entries = Files.list(file.getParent())) {
      assertThat(entries).containsExactly(file);
    }
  }

  @Test
  void foldersAreReplacedAndNothingIsLeftBesideThem() throws IOException {
    Path folder = windows.getPath("C:\\models\\saved");
    WholeFolder.write(folder, Map.of("a", new byte[1], "variables/b", new byte[2]));
    WholeFolder.write(folder, Map.of("variables/c", new byte[3]));
    assertThat(folder.resolve("variables\\c")).isRegularFile();
    assertThat(folder.resolve("a")).doesNotExist();
    try (var entries = Files.list(folder.getParent())) {
      assertThat(entries).containsExactly(folder);
    }
  }

  @Test
  void whatAnotherProgramHoldsForAMomentIsTriedAgain() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    Replacement.Step refusedTwice =
        () -> {
          if (tries.incrementAndGet() < 3) {
            throw new AccessDeniedException("held");
          }
        };
    Replacement.take(3, refusedTwice);
    assertThat(tries).hasValue(3);

    tries.set(0);
    assertThatThrownBy(() -> Replacement.take(2, refusedTwice))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(tries).hasValue(2);
  }
}
