package org.pupil.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.pupil.errors.PupilException;

/** Writes a folder with a few files so that it appears whole or not at all. */
public final class WholeFolder {
  private WholeFolder() {}

  /**
   * Writes a folder, replacing an old one. Whoever calls has checked that the old one may go.
   *
   * @param folder the folder; the folders above it are made
   * @param files content by path below the folder, parts separated by {@code /}
   * @throws PupilException (unavailable) if it cannot be written; an old folder is then as it was
   */
  public static void write(Path folder, Map<String, byte[]> files) {
    Path target = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(target.getParent());
      Path temporary =
          Files.createTempDirectory(target.getParent(), "." + target.getFileName() + ".part");
      try {
        Path next = temporary.resolve("next");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          WholeFile.write(next.resolve(file.getKey()), file.getValue());
        }
        if (Files.exists(target)) {
          Files.move(target, temporary.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        FolderTree.delete(temporary);
      }
    } catch (IOException e) {
      throw WholeFile.cannotWrite(folder, e);
    }
  }
}
