package org.pupil.board.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.board.log.TestLog.append;
import static org.pupil.board.log.TestLog.bytes;
import static org.pupil.board.log.TestLog.scalar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedFoldersTest {
  @TempDir Path folder;

  private static void run(Path folder) {
    append(folder, "1.a", bytes(scalar(1, 0, "x", 1)));
  }

  /** 25 floors of two links each to the next: 2^25 ways to the last one. */
  @Test
  void aFolderIsLookedAtOnceHoweverManyLinksLeadToIt() throws IOException {
    Path logdir = Files.createDirectory(folder.resolve("logs"));
    Path floors = Files.createDirectory(folder.resolve("floors"));
    run(floors.resolve("25"));
    for (int floor = 24; floor >= 0; floor--) {
      Path here = Files.createDirectory(floors.resolve(String.valueOf(floor)));
      Path next = floors.resolve(String.valueOf(floor + 1));
      Files.createSymbolicLink(here.resolve("a"), next);
      Files.createSymbolicLink(here.resolve("b"), next);
    }
    Files.createSymbolicLink(logdir.resolve("in"), floors.resolve("0"));
    try (TestLogs logs = new TestLogs(logdir)) {
      assertThat(logs.runs()).containsExactly("in" + "/a".repeat(25));
    }
  }

  @Test
  void aFolderHasTheNameOfItsTruePlaceIfThatIsBelowTheLogDirectory() throws IOException {
    run(folder.resolve("z"));
    Files.createSymbolicLink(folder.resolve("latest"), folder.resolve("z"));
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.runs()).containsExactly("z");
    }
  }

  @Test
  void aLogDirectoryThatIsALinkIsFollowed() throws IOException {
    run(folder.resolve("true/r"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("true"));
    try (TestLogs logs = new TestLogs(link)) {
      assertThat(logs.runs()).containsExactly("r");
      assertThat(logs.logs.files().get(0).file()).startsWith(link);
    }
  }

  @Test
  void linksThatLeadToTheWholeDiskAreBoundedAndItIsSaid() throws IOException {
    Path logdir = Files.createDirectory(folder.resolve("logs"));
    run(logdir.resolve("own"));
    Path disk = folder.resolve("disk");
    for (int i = 0; i < 101; i++) {
      for (int k = 0; k < 100; k++) {
        Files.createDirectories(disk.resolve(i + "/" + k));
      }
    }
    Files.createSymbolicLink(logdir.resolve("all"), disk);
    try (TestLogs logs = new TestLogs(logdir)) {
      assertThat(logs.runs()).containsExactly("own");
      assertThat(logs.logs.troubles())
          .containsExactly(
              "links below "
                  + logdir
                  + " lead to more than 10,000 folders: the others are not looked at");
    }
  }
}
