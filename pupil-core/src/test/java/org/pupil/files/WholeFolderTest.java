package org.pupil.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

class WholeFolderTest {
  @TempDir private Path folder;

  private static final Map<String, byte[]> FILES =
      Map.of("saved_model.pb", bytes("graph"), "assets/labels/a.txt", bytes("labels"));

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void aFolderAppearsWithItsFiles() throws IOException {
    WholeFolder.write(folder.resolve("a/model"), FILES);
    assertThat(everything())
        .containsExactly(
            "",
            "a",
            "a/model",
            "a/model/assets",
            "a/model/assets/labels",
            "a/model/assets/labels/a.txt",
            "a/model/saved_model.pb");
    assertThat(folder.resolve("a/model/saved_model.pb")).hasContent("graph");
  }

  @Test
  void aFolderThatIsGivenByADotIsReplacedToo() throws IOException {
    WholeFolder.write(folder.resolve("model/."), FILES);
    WholeFolder.write(folder.resolve("model/assets/.."), Map.of("new.txt", bytes("new")));
    assertThat(everything()).containsExactly("", "model", "model/new.txt");
  }

  @Test
  void anOldFolderIsReplacedAsAWhole() throws IOException {
    WholeFolder.write(folder.resolve("model"), Map.of("old.txt", bytes("old"), "b/c", bytes("")));
    WholeFolder.write(folder.resolve("model"), Map.of("saved_model.pb", bytes("graph")));
    assertThat(everything()).containsExactly("", "model", "model/saved_model.pb");
  }

  @Test
  void aFileInPlaceOfTheFolderStays() throws IOException {
    Path file = Files.writeString(folder.resolve("model"), "precious");
    assertThatThrownBy(() -> WholeFolder.write(file, FILES))
        .isInstanceOf(PupilException.class)
        .hasMessage("cannot write " + file + ": it is a file; give the name of a folder");
    assertThat(file).hasContent("precious");
    assertThat(everything()).containsExactly("", "model");
  }

  @Test
  void whenAFileCannotBeWrittenTheOldFolderIsAsItWas() throws IOException {
    WholeFolder.write(folder.resolve("model"), FILES);
    List<String> before = everything();
    // A file and a folder of one name.
    Map<String, byte[]> impossible = new java.util.LinkedHashMap<>();
    impossible.put("a", bytes("file"));
    impossible.put("a/b", bytes("below it"));
    assertThatThrownBy(() -> WholeFolder.write(folder.resolve("model"), impossible))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("cannot write " + folder.resolve("model") + ": ");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aPathThatLeadsOutIsAProgrammingError() throws IOException {
    for (String name : new String[] {"../evil", "/evil", "a/../../evil", ".", ""}) {
      assertThatThrownBy(() -> WholeFolder.write(folder.resolve("model"), Map.of(name, bytes(""))))
          .as(name)
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
    assertThat(everything()).containsExactly("");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void linksAreWrittenThrough() throws IOException {
    Path real = Files.createDirectories(folder.resolve("disk/model"));
    Files.writeString(real.resolve("old"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("model"), real);
    Path above = Files.createSymbolicLink(folder.resolve("above"), folder.resolve("disk"));
    WholeFolder.write(link, FILES);
    WholeFolder.write(above.resolve("second"), FILES);
    assertThat(link).isSymbolicLink();
    assertThat(real.resolve("old")).doesNotExist();
    assertThat(real.resolve("saved_model.pb")).hasContent("graph");
    assertThat(folder.resolve("disk/second/saved_model.pb")).hasContent("graph");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void permissionsAreThoseOfAnyNewFolder() throws IOException {
    WholeFolder.write(folder.resolve("model"), FILES);
    Path ordinary = Files.createDirectory(folder.resolve("ordinary"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("model")))
        .isEqualTo(Files.getPosixFilePermissions(ordinary));
    assertThat(Files.getPosixFilePermissions(folder.resolve("model/saved_model.pb")))
        .isEqualTo(Files.getPosixFilePermissions(Files.createFile(ordinary.resolve("a"))));
  }

  // --- killed processes, and two at once ---------------------------------------------------------

  private void put(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, path);
  }

  private static List<String> namesOfParts() {
    // The second as earlier versions gave them, which had no lock.
    return List.of(".model.0123abcd-89abcdef.part/", ".model.4711.part/");
  }

  private static void lockFile(String part, Path folder) throws IOException {
    if (part.contains("-")) {
      Files.createFile(folder.resolve(part + "lock"));
    }
  }

  @ParameterizedTest
  @MethodSource("namesOfParts")
  void killedBetweenTwoRenamingsTheOldFolderIsGivenBack(String part) throws IOException {
    put(part + "old/assets/a.txt");
    put(part + "old/saved_model.pb");
    put(part + "new/saved_model.pb");
    lockFile(part, folder);
    WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder.resolve("model"));
    assertThat(everything())
        .containsExactly("", "model", "model/assets", "model/assets/a.txt", "model/saved_model.pb");
    assertThat(folder.resolve("model/saved_model.pb")).hasContent(part + "old/saved_model.pb");
  }

  @ParameterizedTest
  @MethodSource("namesOfParts")
  void killedAfterBothRenamingsTheNewFolderStays(String part) throws IOException {
    put(part + "old/saved_model.pb");
    put("model/saved_model.pb");
    lockFile(part, folder);
    WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder.resolve("model"));
    assertThat(everything()).containsExactly("", "model", "model/saved_model.pb");
    assertThat(folder.resolve("model/saved_model.pb")).hasContent("model/saved_model.pb");
  }

  @ParameterizedTest
  @MethodSource("namesOfParts")
  void killedWhileTheNewFolderIsWrittenTheOldOneStays(String part) throws IOException {
    put(part + "new/saved_model.pb");
    put("model/saved_model.pb");
    lockFile(part, folder);
    WholeFolder.write(folder.resolve("model"), Map.of("a", bytes("newer")));
    assertThat(everything()).containsExactly("", "model", "model/a");
  }

  @ParameterizedTest
  @MethodSource("namesOfParts")
  void whatWasHalfDeletedIsNotGivenBack(String part) throws IOException {
    // The new folder was in its place; a person has taken it away since.
    put(part + "old/assets/a.txt");
    lockFile(part, folder);
    WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder.resolve("model"));
    assertThat(everything()).containsExactly("");
  }

  @Test
  void killedBeforeAnythingWasWrittenNothingIsLeft() throws IOException {
    Files.createDirectory(folder.resolve(".model.0123abcd-89abcdef.part"));
    put(".model.0123abcd-00000000.part/lock");
    put(".model.fedcba98-00000000.part/the person's own");
    WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder.resolve("model"));
    assertThat(everything())
        .containsExactly(
            "", ".model.fedcba98-00000000.part", ".model.fedcba98-00000000.part/the person's own");
  }

  @Test
  void whatAnotherProcessIsExchangingIsLeftToIt() throws IOException {
    String part = ".model.0123abcd-89abcdef.part/";
    put(part + "old/saved_model.pb");
    put(part + "new/saved_model.pb");
    Process other = SharedFolders.holdLock(folder.resolve(part + "lock"));
    try {
      WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder.resolve("model"));
      assertThat(folder.resolve("model")).doesNotExist();
      assertThat(folder.resolve(part + "old/saved_model.pb")).exists();
      assertThat(folder.resolve(part + "new/saved_model.pb")).exists();
    } finally {
      SharedFolders.kill(other);
    }
  }

  /** Writes the folder again and again. */
  public static void main(String[] arguments) {
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      byte[] content = bytes("" + (char) ('a' + i % 26));
      WholeFolder.write(Path.of(arguments[0]), Map.of("one", content, "deep/two", content));
      System.out.println(i);
    }
  }

  private Process writer(String shell, int times) throws IOException {
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
            WholeFolderTest.class.getName(),
            folder.resolve("model").toString(),
            Integer.toString(times))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void assertWhole() throws IOException {
    assertThat(everything())
        .containsExactly("", "model", "model/deep", "model/deep/two", "model/one");
    assertThat(folder.resolve("model/one"))
        .hasSameBinaryContentAs(folder.resolve("model/deep/two"));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void killedAtAnyMomentThereIsAWholeFolderAfterTheNextCheck() throws IOException {
    for (int killed = 0; killed < 8; killed++) {
      Process process = writer("exec", 1_000_000);
      try (BufferedReader reader = process.inputReader(UTF_8)) {
        for (int i = 0; i <= killed * 5; i++) {
          assertThat(reader.readLine()).isEqualTo("" + i);
        }
        SharedFolders.kill(process);
      }
      WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder.resolve("model"));
      assertWhole();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void severalContainersMayWriteOneFolderAtOnce() throws Exception {
    SharedFolders.assumeContainers();
    List<Process> writers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      writers.add(writer(SharedFolders.CONTAINER, 100));
    }
    for (Process process : writers) {
      try (BufferedReader reader = process.inputReader(UTF_8)) {
        assertThat(reader.lines()).hasSize(100).last().isEqualTo("99");
      }
    }
    assertWhole();
  }
}
