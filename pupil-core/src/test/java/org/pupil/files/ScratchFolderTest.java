package org.pupil.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  private static final String KIND = "pupil-scratch-test";

  @TempDir Path parent;

  private Path left(String name, Duration ago) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Files.writeString(folder.resolve("weights"), "many");
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(ago)));
    return folder;
  }

  @Test
  void itIsGoneWhenItIsClosed() throws IOException {
    Path path;
    try (ScratchFolder folder = ScratchFolder.make(parent, KIND)) {
      path = folder.path();
      Files.writeString(path.resolve("a"), "b");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void whatAKilledProcessLeftIsClearedAwayAndWhatIsInUseStays() throws IOException {
    Path killed = left("kind1", Duration.ZERO);
    Files.createFile(killed.resolve(".lock"));
    Path ofAnEarlierVersion = left("kind2", Duration.ofHours(2));
    Path beingMade = left("kind3", Duration.ZERO);
    Path other = left("other", Duration.ofHours(2));

    ScratchFolder.clearAway(parent, "kind*");

    assertThat(killed).doesNotExist();
    assertThat(ofAnEarlierVersion).doesNotExist();
    assertThat(beingMade).exists();
    assertThat(other).exists();
  }

  @Test
  void oneThatIsOpenIsNotClearedAway() throws IOException {
    try (ScratchFolder first = ScratchFolder.make(parent, KIND);
        ScratchFolder second = ScratchFolder.make(parent, KIND)) {
      assertThat(first.path()).exists();
      assertThat(second.path()).exists();
    }
  }

  /** On Unix a process that opens and closes a file which it has locked loses the lock. */
  @Test
  void anotherProcessFindsItLockedAlsoAfterThisOneLookedForLeavings() throws Exception {
    try (ScratchFolder first = ScratchFolder.make(parent, KIND);
        ScratchFolder second = ScratchFolder.make(parent, KIND)) {
      for (ScratchFolder folder : List.of(first, second)) {
        assertThat(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProbe.class.getName(),
                        folder.path().resolve(".lock").toString())
                    .inheritIO()
                    .start()
                    .waitFor())
            .isEqualTo(LockProbe.LOCKED);
      }
    }
  }

  /** Says by its exit status whether another process has locked a file. */
  static final class LockProbe {
    static final int LOCKED = 7;

    private LockProbe() {}

    public static void main(String[] file) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        System.exit(lock == null ? LOCKED : 0);
      }
    }
  }
}
