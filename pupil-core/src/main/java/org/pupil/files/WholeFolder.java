package org.pupil.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * Writes a folder with a few files so that it appears whole or not at all.
 *
 * <p>Where an old folder is replaced, there is a moment between two renamings in which neither is
 * there: no system call of all platforms exchanges two folders. A process that is killed right then
 * leaves both beside the place, in a hidden folder {@code .NAME.PROCESS-NUMBER.part}; the next one
 * that writes or checks the place gives the old one back. Of two processes that write one folder at
 * once, the later one's stays.
 */
public final class WholeFolder {
  /** So often another process may be faster. */
  private static final int MOST_TRIES = 100;

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
      Destination destination = Destination.of(folder);
      if (Files.exists(destination.target()) && !destination.isFolder()) {
        throw WriteFailure.isFile(folder);
      }
      destination.prepare();
      Part part = Part.folder(destination.target());
      try {
        Path next = part.path().resolve(Leftovers.NEW);
        Files.createDirectories(next);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          Path path = inside(next, file.getKey());
          Files.createDirectories(path.getParent());
          WholeFile.writeNew(path, file.getValue());
        }
        exchange(next, destination.target(), part.path().resolve(Leftovers.OLD));
      } finally {
        end(part, destination.target());
      }
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
  }

  /**
   * Checks, before long work, that a folder can be written in the end, and leaves nothing behind.
   *
   * @param setting what named the folder, for the message
   * @throws PupilException (unavailable) if it cannot
   */
  public static void checkWritable(Setting setting, Path folder) {
    try {
      Destination.of(folder).tryOut(true);
    } catch (IOException e) {
      throw WriteFailure.of(setting, folder, e);
    }
  }

  private static Path inside(Path folder, String name) {
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder) || path.equals(folder)) {
      throw new IllegalArgumentException(name + " is no file inside a folder");
    }
    return path;
  }

  private static void exchange(Path next, Path target, Path old) throws IOException {
    for (int tries = 1; ; tries++) {
      boolean replaces = putAway(target, old);
      try {
        Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        if (Files.exists(target) && tries < MOST_TRIES) {
          continue; // another process was faster, and what it wrote is replaced in turn
        }
        if (replaces) {
          Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        }
        throw e;
      }
    }
  }

  /** Whether there was something to put away. */
  private static boolean putAway(Path target, Path old) throws IOException {
    if (Files.exists(old)) {
      FolderTree.delete(old); // another process has replaced it meanwhile
    }
    try {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** An old folder that could not be given back is not deleted: the next process tries again. */
  private static void end(Part part, Path target) throws IOException {
    if (Files.exists(part.path().resolve(Leftovers.OLD)) && !Files.exists(target)) {
      part.leave();
    } else {
      part.close();
    }
  }
}
