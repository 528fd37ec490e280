package org.pupil.board.log;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.pupil.files.FileTrouble;

/**
 * Goes through a folder and all below it, each once, however many links lead to it: first what
 * truly stands there, then what links lead to, in the order of their names. A folder is known by
 * its true path, so neither circles of links nor links that fan out again and again go on for ever;
 * and what links lead to elsewhere is bounded, since a link may lead to the whole disk.
 */
final class FolderWalk {
  /** Deeper folders are not looked at. */
  private static final int DEEPEST = 64;

  /** So many folders are looked at that links lead to. */
  private static final int MOST_LINKED_FOLDERS = 10_000;

  private final BiConsumer<Path, BasicFileAttributes> onFile;
  private final List<String> troubles;
  private final Set<Path> visited = new HashSet<>();
  private final TreeSet<Path> links = new TreeSet<>();
  private int linkedFolders;

  /**
   * @param onFile hears every file, with the attributes of what it is a link to if it is one
   * @param troubles takes what kept something from being looked at, a sentence each
   */
  FolderWalk(BiConsumer<Path, BasicFileAttributes> onFile, List<String> troubles) {
    this.onFile = onFile;
    this.troubles = troubles;
  }

  void walk(Path root) {
    walk(root, false);
    while (!links.isEmpty()) {
      List<Path> now = List.copyOf(links);
      links.clear();
      for (Path link : now) {
        walk(link, true);
        if (linkedFolders > MOST_LINKED_FOLDERS) {
          troubles.add(
              String.format(
                  Locale.ROOT,
                  "links below %s lead to more than %,d folders: the others are not looked at",
                  root,
                  MOST_LINKED_FOLDERS));
          return;
        }
      }
    }
  }

  private void walk(Path start, boolean isLinked) {
    try {
      Path real = start.toRealPath();
      Files.walkFileTree(
          real, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new Visitor(start, real, isLinked));
    } catch (IOException e) {
      troubles.add(start + " cannot be looked through: " + FileTrouble.reason(e));
    }
  }

  /** Hears true paths, and tells those by which somebody comes there from the root. */
  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path start;
    private final Path real;
    private final boolean isLinked;

    Visitor(Path start, Path real, boolean isLinked) {
      this.start = start;
      this.real = real;
      this.isLinked = isLinked;
    }

    private Path named(Path file) {
      return start.equals(real) ? file : start.resolve(real.relativize(file));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!visited.add(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      linkedFolders += isLinked ? 1 : 0;
      return linkedFolders > MOST_LINKED_FOLDERS
          ? FileVisitResult.TERMINATE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!attributes.isSymbolicLink()) {
        onFile.accept(named(file), attributes);
        return FileVisitResult.CONTINUE;
      }
      try {
        BasicFileAttributes target = Files.readAttributes(file, BasicFileAttributes.class);
        if (target.isDirectory()) {
          links.add(named(file));
        } else {
          onFile.accept(named(file), target);
        }
      } catch (IOException e) {
        // A link to nowhere is no file at all.
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException refusal) {
      if (Files.isDirectory(file) && !Files.isReadable(file)) {
        troubles.add(named(file) + " cannot be looked into: " + FileTrouble.reason(refusal));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException refusal) {
      if (refusal != null) {
        troubles.add(named(folder) + " cannot be looked through: " + FileTrouble.reason(refusal));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
