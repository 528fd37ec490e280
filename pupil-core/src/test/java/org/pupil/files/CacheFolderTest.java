package org.pupil.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;

/** Where native libraries are unpacked. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CacheFolderTest {
  @TempDir private Path folder;
  private Path home;
  private Path temporary;

  @BeforeEach
  void make() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  private Path find(Map<String, String> environment) {
    return CacheFolder.find(environment, home, temporary, "ann").path();
  }

  @Test
  void whatTheVariableNamesComesFirst() {
    Path chosen = folder.resolve("deep/chosen");
    assertThat(
            find(
                Map.of(
                    "PUPIL_CACHE",
                    chosen.toString(),
                    "XDG_CACHE_HOME",
                    folder.resolve("xdg").toString())))
        .isEqualTo(chosen)
        .isEmptyDirectory();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void withoutItTheSystemsCustomHolds() {
    String xdg = folder.resolve("xdg").toString();
    assertThat(find(Map.of("XDG_CACHE_HOME", xdg, "HOME", home.toString())))
        .isEqualTo(folder.resolve("xdg/pupil"));
    assertThat(find(Map.of("PUPIL_CACHE", "", "HOME", home.toString())))
        .isEqualTo(home.resolve(".cache/pupil"));
    assertThat(find(Map.of())).isEqualTo(home.resolve(".cache/pupil"));
    assertThat(find(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(home.resolve(".cache/pupil"));
  }

  @Test
  void withoutAHomeItIsAPrivateFolderAmongTheTemporaryFiles() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    Path found = find(Map.of("HOME", nowhere.toString()));
    assertThat(found).isEqualTo(temporary.resolve("pupil-ann")).isEmptyDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(found)))
        .isEqualTo("rwx------");
    assertThat(nowhere).doesNotExist();
    assertThat(find(Map.of("HOME", nowhere.toString()))).isEqualTo(found);
  }

  @Test
  void aHomeWhereNothingCanBeMadeIsPassedOver() throws IOException {
    Files.writeString(home.resolve(".cache"), "a file");
    assertThat(find(Map.of())).isEqualTo(temporary.resolve("pupil-ann"));
  }

  @Test
  void whereLibrariesWereUnpackedNothingIsTriedOut() throws IOException {
    Path cache = Files.createDirectories(home.resolve(".cache/pupil/native")).getParent();
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(cache, longAgo);

    assertThat(find(Map.of())).isEqualTo(cache);
    assertThat(Files.getLastModifiedTime(cache)).isEqualTo(longAgo);
  }

  @Test
  void aFolderAmongTheTemporaryFilesThatOthersMayWriteIsRefused() throws IOException {
    Path evil = Files.createDirectory(temporary.resolve("pupil-ann"));
    Files.setPosixFilePermissions(evil, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused(Map.of("HOME", "/nowhere"), evil + " (it is not a folder of this user alone)");
  }

  @Test
  void aLinkAmongTheTemporaryFilesIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("pupil-ann"), home);
    assertRefused(Map.of("HOME", "/nowhere"), link + " (it is not a folder of this user alone)");
  }

  @Test
  void ifNoneWillDoEachIsNamedWithItsReasonAndTheVariable() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a file");
    assertRefused(Map.of("PUPIL_CACHE", file.resolve("x").toString()), file + "/x (");
    Files.writeString(home.resolve(".cache"), "a file");
    Files.writeString(temporary.resolve("pupil-ann"), "a file");
    assertRefused(Map.of(), home.resolve(".cache/pupil") + " (");
    assertRefused(Map.of(), temporary.resolve("pupil-ann") + " (");
  }

  private void assertRefused(Map<String, String> environment, String reason) {
    assertThatThrownBy(() -> find(environment))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.UNAVAILABLE))
        .hasMessageContainingAll(reason, "set PUPIL_CACHE to a folder")
        .hasMessageNotContaining("\n");
  }
}
