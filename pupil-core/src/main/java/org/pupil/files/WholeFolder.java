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
    Path target = folder.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      Path temporary =
          Files.createTempDirectory(target.getParent(), "." + target.getFileName() + ".part");
      try {
        Path next = temporary.resolve("next");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Path path = next.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.createFile(path);
          WholeFile.writeAndForce(path, file.getValue());
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

  /**
   * Checks, before long work, that {@link #write} can write a folder in the end. Makes the folders
   * above it and leaves nothing else.
   *
   * @param flag the flag that named the folder, for the message
   * @throws PupilException (unavailable) if it cannot
   */
  public static void checkWritable(String flag, Path folder) {
    try {
      WholeFile.tryBeside(folder.toAbsolutePath());
    } catch (IOException e) {
      throw PupilException.unavailable(
          flag + ": " + WholeFile.cannotWrite(folder, e).getMessage() + "; give another place", e);
    }
  }

  /**
   * Checks, before long work, that files can be made in a folder. Makes it and leaves nothing in
   * it.
   *
   * @param flag the flag that named the folder, for the message
   * @throws PupilException (unavailable) if it cannot
   */
  public static void checkFillable(String flag, Path folder) {
    try {
      WholeFile.tryBeside(folder.toAbsolutePath().resolve("file"));
    } catch (IOException e) {
      throw PupilException.unavailable(
          flag
              + ": cannot write in "
              + folder
              + ": "
              + FileTrouble.reason(e)
              + "; give another place",
          e);
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
