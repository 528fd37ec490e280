package org.pupil.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.pupil.errors.PupilException;

/**
 * Writes a folder with a few files so that it appears whole or not at all.
 *
 * <p>Where an old folder is replaced, there is a moment between two renamings in which neither is
 * there: no system call of all platforms exchanges two folders. A process that is killed right then
 * leaves both beside the place, in a hidden folder {@code .NAME.PROCESS.part}.
 */
public final class WholeFolder {
  private WholeFolder() {}

  /**
   * Writes a folder, replacing an old one. Whoever calls has checked that the old one may go. A
   * link is written through, as {@link WholeFile} does.
   *
   * @param folder the folder; the folders above it are made
   * @param files content by path below the folder, parts separated by {@code /}
   * @throws PupilException (unavailable) if it cannot be written; an old folder is then as it was
   * @throws IllegalArgumentException if a path leads out of the folder
   */
  public static void write(Path folder, Map<String, byte[]> files) {
    try {
      Place place = Place.of(folder);
      if (Files.exists(place.target()) && !place.isFolder()) {
        throw WriteFailure.isFile(folder);
      }
      place.prepare();
      try {
        Path next = place.temporary().resolve("new");
        Files.createDirectories(next);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Path path = inside(next, file.getKey());
          Files.createDirectories(path.getParent());
          WholeFile.writeNew(path, file.getValue());
        }
        exchange(place, next);
      } finally {
        place.deleteTemporary();
      }
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
  }

  /**
   * Checks, before long work, that a folder can be written in the end. Makes the folders above it
   * and leaves nothing else.
   *
   * @param flag the flag that named the folder, for the message
   * @throws PupilException (unavailable) if it cannot
   */
  public static void checkWritable(String flag, Path folder) {
    try {
      Place place = Place.of(folder);
      place.prepare();
      try {
        Files.createDirectory(place.temporary());
      } finally {
        place.deleteTemporary();
      }
    } catch (IOException e) {
      throw WriteFailure.of(flag, folder, e);
    }
  }

  private static Path inside(Path folder, String name) {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder) || path.equals(folder)) {
      throw new IllegalArgumentException(name + " is no file inside a folder");
    }
    return path;
  }

  private static void exchange(Place place, Path next) throws IOException {
    if (!place.isFolder()) {
      Files.move(next, place.target(), StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path old = place.temporary().resolve("old");
    Files.move(place.target(), old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(next, place.target(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, place.target(), StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
  }
}
