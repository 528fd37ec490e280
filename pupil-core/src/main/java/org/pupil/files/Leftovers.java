package org.pupil.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clears away what killed processes left beside a place, and gives back what they had put away. */
final class Leftovers {
  /** In the part of a folder: what is to take the place. */
  static final String NEW = "new";

  /** In the part of a folder: what had it before. */
  static final String OLD = "old";

  private Leftovers() {}

  /** Whatever cannot be cleared away stays: it is in nobody's way. */
  static void clear(Path target) {
    Pattern names = Part.namesOf(target);
    for (Path entry : hidden(target.resolveSibling(""))) {
      Matcher matcher = names.matcher(entry.getFileName().toString());
      if (matcher.matches()) {
        tryToClear(entry, matcher.group("old") != null, target);
      }
    }
  }

  private static void tryToClear(Path entry, boolean ofEarlierVersion, Path target) {
    try {
      if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        clearFile(entry);
      } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        clearFolder(entry, ofEarlierVersion, target);
      }
    } catch (IOException e) {
      return; // somebody else's, or there are no locks, or another process was faster
    }
  }

  private static List<Path> hidden(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, ".*.part")) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      // A folder may be writable without being readable.
      return List.of();
    }
    return found;
  }

  private static void clearFile(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      if (Part.lock(channel)) {
        Files.delete(file);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  private static void clearFolder(Path folder, boolean ofEarlierVersion, Path target)
      throws IOException {
    Path lockFile = folder.resolve(Part.LOCK_NAME);
    if (ofEarlierVersion) {
      giveBack(folder, target);
      FolderTree.delete(folder);
    } else if (!Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)) {
      // Empty, or else it is not ours and this fails. Who has just made it makes another.
      Files.delete(folder);
    } else {
      try (FileChannel channel = open(lockFile)) {
        if (Part.lock(channel)) {
          giveBack(folder, target);
          Part.delete(folder, channel);
        }
      }
    }
  }

  /**
   * A process that was killed between two renamings has put the old folder away and not yet put the
   * new one in its place. Only then are both there: the old one alone was replaced, and may be half
   * deleted.
   */
  private static void giveBack(Path folder, Path target) throws IOException {
    Path old = folder.resolve(OLD);
    if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)
        && Files.isDirectory(folder.resolve(NEW), LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
