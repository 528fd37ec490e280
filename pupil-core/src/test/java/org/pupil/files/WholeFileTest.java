package org.pupil.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

class WholeFileTest {
  @TempDir private Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertCannotWrite(Path file, String why) {
    assertThatThrownBy(() -> WholeFile.write(file, "new"))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.UNAVAILABLE))
        .hasMessage("cannot write " + file + ": " + why);
    assertThatThrownBy(() -> WholeFile.checkWritable(Setting.OUTPUT_GRAPH, file))
        .isInstanceOf(PupilException.class)
        .hasMessage("outputGraph: cannot write " + file + ": " + why);
  }

  // --- writing -----------------------------------------------------------------------------------

  @Test
  void aFileAppearsWithTheFoldersAboveIt() throws IOException {
    Path file = folder.resolve("a/b/labels.txt");
    WholeFile.write(file, "ä\n");
    assertThat(file).hasBinaryContent("ä\n".getBytes(UTF_8));
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void anOldFileIsReplaced() throws IOException {
    Path file = folder.resolve("graph.pb");
    WholeFile.write(file, "a long old content");
    WholeFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("graph.pb");
  }

  @Test
  void aNameWithoutAFolderMeansTheWorkingFolder() throws IOException {
    Path file = Path.of("whole-file-test.txt");
    try {
      WholeFile.write(file, "here");
      assertThat(file).hasContent("here");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void theLongestNameCanBeWritten() throws IOException {
    Path file = folder.resolve("x".repeat(255));
    WholeFile.checkWritable(Setting.OUTPUT_LABELS, file);
    WholeFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(names()).hasSize(1);
  }

  @Test
  void checkingLeavesNothingBehind() throws IOException {
    WholeFile.checkWritable(Setting.OUTPUT_GRAPH, folder.resolve("deep/graph.pb"));
    WholeFile.checkWritable(Setting.OUTPUT_GRAPH, folder.resolve("deep/deeper/graph.pb"));
    WholeFile.checkWritable(Setting.OUTPUT_GRAPH, folder.resolve("graph.pb"));
    WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder.resolve("deep/saved"));
    WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder.resolve("saved"));
    assertThat(names()).isEmpty();
    Path old = Files.writeString(folder.resolve("old.pb"), "old");
    WholeFile.checkWritable(Setting.OUTPUT_GRAPH, old);
    assertThat(old).hasContent("old");
  }

  @Test
  void aFolderForFilesIsCheckedAndNotMade() throws IOException {
    WholeFile.checkFolderWritable(Setting.SUMMARIES_DIR, folder.resolve("deep/summaries"));
    WholeFile.checkFolderWritable(Setting.SUMMARIES_DIR, folder);
    assertThat(names()).isEmpty();
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThatThrownBy(() -> WholeFile.checkFolderWritable(Setting.SUMMARIES_DIR, file))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            "summariesDir: cannot write " + file + ": " + file + " is a file, not a folder");
    assertThat(file).hasContent("old");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void permissionsAreThoseOfAnyNewFile() throws IOException {
    Set<PosixFilePermission> ordinary =
        Files.getPosixFilePermissions(Files.createFile(folder.resolve("ordinary")));
    Path file = folder.resolve("graph.pb");
    WholeFile.write(file, "new");
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(ordinary);
  }

  // --- places that cannot be written -------------------------------------------------------------

  @Test
  void aFolderInPlaceOfAFile() throws IOException {
    Path inside =
        Files.writeString(Files.createDirectory(folder.resolve("graph.pb")).resolve("a"), "old");
    assertCannotWrite(folder.resolve("graph.pb"), "it is a folder; give the name of a file");
    assertCannotWrite(Path.of("/"), "it is a folder; give the name of a file");
    assertThat(inside).hasContent("old");
    assertThat(names()).containsExactly("graph.pb");
  }

  @Test
  void aFileInPlaceOfTheFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("model"), "old");
    assertCannotWrite(file.resolve("graph.pb"), file + " is a file, not a folder");
    assertCannotWrite(
        file.resolve("deeper/graph.pb"), "a part of the path is a file, not a folder");
    assertThat(file).hasContent("old");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFolderWithoutPermission() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path file = Files.writeString(closed.resolve("graph.pb"), "old");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(closed), "the superuser may write everywhere");
      assertCannotWrite(file, "no permission");
      assertThat(file).hasContent("old");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileSystemThatTakesNoFiles() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here");
    assertThatThrownBy(() -> WholeFile.write(Path.of("/proc/self/graph.pb"), "new"))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("cannot write /proc/self/graph.pb: ");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskLeavesTheOldFileAndNoTemporaryOne() throws Exception {
    Path file = Files.writeString(folder.resolve("graph.pb"), "old");
    // A limit on the size of files stands for a disk that is full; it is in blocks of 512 or 1024.
    Process process = writer("ulimit -f 64; trap '' XFSZ; exec", file);
    assertThat(lines(process)).singleElement().asString().startsWith("cannot write " + file + ": ");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("graph.pb");
  }

  @Test
  void aFolderAboveThatCannotHaveThatNameIsFoundByTheCheck() throws IOException {
    Path file = folder.resolve("x".repeat(300)).resolve("graph.pb");
    assertThatThrownBy(() -> WholeFile.checkWritable(Setting.OUTPUT_GRAPH, file))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("outputGraph: cannot write " + file + ": ");
    assertThat(names()).isEmpty();
  }

  /** What is written first has a shorter name, so only a look at the long one tells. */
  @Test
  void aNameThatIsTooLongIsFoundByTheCheck() throws IOException {
    Path file = folder.resolve("x".repeat(256));
    assertThatThrownBy(() -> WholeFile.checkWritable(Setting.OUTPUT_GRAPH, file))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("outputGraph: cannot write " + file + ": ");
    assertThat(names()).isEmpty();
  }

  // --- links and devices -------------------------------------------------------------------------

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkIsWrittenThrough() throws IOException {
    Path real =
        Files.writeString(Files.createDirectory(folder.resolve("disk")).resolve("v1.pb"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("graph.pb"), Path.of("disk/v1.pb"));
    Path linkToLink = Files.createSymbolicLink(folder.resolve("latest.pb"), link);
    WholeFile.checkWritable(Setting.OUTPUT_GRAPH, linkToLink);
    WholeFile.write(linkToLink, "new");
    assertThat(link).isSymbolicLink();
    assertThat(linkToLink).isSymbolicLink();
    assertThat(real).isRegularFile().hasContent("new");
    assertThat(names()).containsExactly("disk", "graph.pb", "latest.pb");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkToWhatIsNotThereYetIsWrittenThrough() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("graph.pb"), Path.of("disk/v1.pb"));
    WholeFile.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("disk/v1.pb")).hasContent("new");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkToItselfIsAnError() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    assertCannotWrite(link, "it is a link that leads back to itself");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkedFolderIsAFolder() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    WholeFile.write(link.resolve("graph.pb"), "new");
    WholeFile.write(link.resolve("deeper/graph.pb"), "new");
    assertThat(real.resolve("graph.pb")).hasContent("new");
    assertThat(real.resolve("deeper/graph.pb")).hasContent("new");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theNullDeviceStaysADevice() throws IOException {
    Path device = Path.of("/dev/null");
    WholeFile.checkWritable(Setting.OUTPUT_LABELS, device);
    WholeFile.write(device, "new");
    assertThat(Files.isRegularFile(device)).isFalse();
    assertThat(device).exists();
  }

  // --- killed processes --------------------------------------------------------------------------

  /** Writes the file again and again; every content is one letter, a million times. */
  public static void main(String[] arguments) {
    try {
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        WholeFile.write(Path.of(arguments[0]), ("" + (char) ('a' + i % 26)).repeat(1 << 20));
        System.out.println(i);
      }
    } catch (PupilException e) {
      System.out.println(e.getMessage());
    }
  }

  private static Process writer(String shell, Path file) throws IOException {
    return writer(shell, file, 1_000_000);
  }

  private static Process writer(String shell, Path file, int times) throws IOException {
    return new ProcessBuilder(
            "sh",
            "-c",
            shell + " \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData", // which two processes of one number would quarrel about
            "-cp",
            System.getProperty("java.class.path"),
            WholeFileTest.class.getName(),
            file.toString(),
            Integer.toString(times))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> lines(Process process) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      return reader.lines().toList();
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aProcessThatIsKilledLeavesAWholeFileAndTheNextOneTidiesUp() throws Exception {
    Path file = folder.resolve("graph.pb");
    for (int killed = 0; killed < 5; killed++) {
      Process process = writer("exec", file);
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        for (int i = 0; i <= killed * 3; i++) {
          assertThat(reader.readLine()).isEqualTo("" + i);
        }
      }
      process.toHandle().destroyForcibly();
      process.waitFor();
      String content = Files.readString(file);
      assertThat(content).hasSize(1 << 20);
      assertThat(content.chars().distinct().count()).isEqualTo(1);
    }
    WholeFile.write(file, "new");
    assertThat(names()).containsExactly("graph.pb");
  }

  @Test
  void whatAProcessLeftThatIsNoMoreIsCleared() throws IOException {
    Path file = folder.resolve("graph.pb");
    Files.writeString(folder.resolve(".graph.pb.0123abcd-89abcdef.part"), "left");
    Files.writeString(folder.resolve(".graph.pb.4711.part"), "left by an earlier version");
    Files.writeString(folder.resolve(".other.pb.0123abcd-89abcdef.part"), "another file's");
    Files.writeString(folder.resolve(".graph.pb.notes.part"), "the person's own");
    WholeFile.write(file, "new");
    assertThat(names())
        .containsExactlyInAnyOrder(
            "graph.pb", ".other.pb.0123abcd-89abcdef.part", ".graph.pb.notes.part");
  }

  @Test
  void whatIsBeingWrittenStaysWhateverNumberTheProcessHas() throws IOException {
    // In another container a process may have any number, or this one's.
    Path part = folder.resolve(".graph.pb.0123abcd-89abcdef.part");
    Process holder = SharedFolders.holdLock(part);
    try {
      WholeFile.write(folder.resolve("graph.pb"), "new");
      assertThat(part).exists();
    } finally {
      SharedFolders.kill(holder);
    }
    WholeFile.write(folder.resolve("graph.pb"), "newer");
    assertThat(part).doesNotExist();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void twoContainersThatShareAFolderDoNotDeleteEachOthersParts() throws Exception {
    SharedFolders.assumeContainers();
    Path file = folder.resolve("graph.pb");
    List<Process> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      writers.add(writer(SharedFolders.CONTAINER, file, 40));
    }
    for (Process process : writers) {
      assertThat(lines(process)).hasSize(40).last().isEqualTo("39");
    }
    assertThat(Files.readString(file)).hasSize(1 << 20);
    assertThat(names()).containsExactly("graph.pb");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkInPlaceOfTheTemporaryFileIsNotFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Path file = folder.resolve("graph.pb");
    Files.createSymbolicLink(folder.resolve(".graph.pb.0123abcd-89abcdef.part"), victim);
    WholeFile.write(file, "new");
    assertThat(victim).hasContent("precious");
    assertThat(file).isRegularFile().hasContent("new");
  }

  @Test
  void aLinkToAPipeOrADeviceIsRefusedBeforeAnythingWaitsForIt() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    for (Path special : List.of(pipe, Path.of("/dev/zero"))) {
      Path link = folder.resolve("link");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, special);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            assertCannotWrite(link, "it is a pipe or a device; give a file on a disk");
            assertCannotWrite(special, "it is a pipe or a device; give a file on a disk");
          });
    }
  }
}
