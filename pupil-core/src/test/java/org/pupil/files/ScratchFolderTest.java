package org.pupil.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
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
}
