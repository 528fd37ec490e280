package org.pupil.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;

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
}
