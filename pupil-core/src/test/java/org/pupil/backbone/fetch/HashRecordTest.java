package org.pupil.backbone.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;

class HashRecordTest {
  /** FIPS 180-2, the example "abc". */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void aFileIsRecordedAtItsFirstUseAndComparedEverAfter() {
    Path file = folder.resolve("a.pb");

    HashRecord.compareOrWrite(file, ABC);

    assertThat(folder.resolve("a.pb.sha256")).hasContent(ABC + "  a.pb\n");
    assertThatCode(() -> HashRecord.compareOrWrite(file, ABC)).doesNotThrowAnyException();
    assertThatThrownBy(() -> HashRecord.compareOrWrite(file, "0".repeat(64)))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            file
                + " has changed since it was first used (SHA-256 "
                + ABC
                + " then, "
                + "0".repeat(64)
                + " now); delete it to get it again, or delete a.pb.sha256 to accept it");
  }

  @Test
  void aDamagedRecordIsNotTakenForAnswer() throws IOException {
    Files.writeString(folder.resolve("a.pb.sha256"), ABC.substring(1) + "  a.pb\n");

    assertThatThrownBy(() -> HashRecord.compareOrWrite(folder.resolve("a.pb"), ABC))
        .hasMessageContaining("a.pb.sha256 is damaged");
  }

  @Test
  void aFolderWhoseOwnerMayNotWriteIsLeftAsItIs() throws IOException {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "no POSIX permissions here");
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("r-xr-xr-x"));

    HashRecord.compareOrWrite(kept.resolve("a.pb"), ABC);

    assertThat(kept).isEmptyDirectory();
  }
}
