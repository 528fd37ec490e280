package org.pupil.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        deleteTree(temporary);
      }
    } catch (IOException e) {
      throw WholeFile.cannotWrite(folder, e);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
