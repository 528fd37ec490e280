package org.pupil.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputFileTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private static void assertRefused(Path file, String reason) {
    assertTimeoutPreemptively(
        PATIENCE,
        () ->
            assertThatThrownBy(() -> InputFile.read(file, 1 << 20))
                .isInstanceOfSatisfying(
                    FileSystemException.class,
                    e -> assertThat(FileTrouble.reason(e)).contains(reason)));
  }

  @Test
  void aFileIsReadAlsoThroughALink() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {1, 2, 3});
    Path link = Files.createSymbolicLink(folder.resolve("b"), file);
    assertThat(InputFile.read(file, 3)).containsExactly(1, 2, 3);
    assertThat(InputFile.read(link, 3)).containsExactly(1, 2, 3);
    assertThat(InputFile.read(Files.createFile(folder.resolve("empty")), 3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/urandom", "/dev/null"})
  void aDeviceIsRefused(String device) {
    assumeTrue(Files.exists(Path.of(device)), "there is no such device here");
    assertRefused(Path.of(device), "a pipe or a device");
  }

  @Test
  void aPipeIsRefusedAtOnceNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo here");
    assertRefused(pipe, "a pipe or a device");
    assertRefused(Files.createSymbolicLink(folder.resolve("link"), pipe), "a pipe or a device");
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    assertRefused(large, "it is larger than 1 megabytes");
  }

  @Test
  void aFolderAndNothingAreRefused() {
    assertRefused(folder, "it is a folder");
    assertThatThrownBy(() -> InputFile.read(folder.resolve("none"), 9))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** It says that it has no bytes, and has some. */
  @Test
  void aFileThatTheSystemMakesIsReadUpToTheBound() throws IOException {
    Path made = Path.of("/proc/self/status");
    assumeTrue(Files.isReadable(made), "there is no /proc here");
    assertThat(InputFile.read(made, 1 << 20)).isNotEmpty();
    assertThatThrownBy(() -> InputFile.read(made, 10)).isInstanceOf(FileSystemException.class);
  }
}
