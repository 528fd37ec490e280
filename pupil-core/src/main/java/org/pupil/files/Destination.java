package org.pupil.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where a file or folder is to appear.
 *
 * @param target what a link leads to, if the path is a link: so a link stays one
 */
record Destination(Path target) {
  private static final int MAX_LINKS = 40;
  private static final Path NOTHING = Path.of("/dev/null");

  /**
   * Finds the destination of a path. Nothing is made or deleted.
   *
   * @throws FileSystemLoopException if links lead nowhere but to each other
   */
  static Destination of(Path path) throws IOException {
    Path target = named(path.toAbsolutePath());
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return new Destination(target);
  }

  /** A path that ends in {@code .} or {@code ..} gets the name that this stands for. */
  private static Path named(Path path) {
    return path.endsWith(".") || path.endsWith("..") ? path.normalize() : path;
  }

  boolean isFolder() {
    return Files.isDirectory(target);
  }

  /** True for what is there but is no file on a disk, such as {@code /dev/null} or a pipe. */
  boolean isDevice() {
    return Files.exists(target) && !Files.isRegularFile(target) && !isFolder();
  }

  /**
   * Refuses a pipe, which would be waited for without end, and any device but the one that forgets
   * all that is written to it.
   *
   * @throws FileSystemException with a reason for people
   */
  void checkNoDevice() throws IOException {
    if (isDevice() && !(Files.exists(NOTHING) && Files.isSameFile(target, NOTHING))) {
      throw new FileSystemException(
          target.toString(), null, "it is a pipe or a device; give a file on a disk");
    }
  }

  /** Makes the folders above it, and clears away what killed processes left. */
  void prepare() throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      return;
    }
    // A link to a folder is one, but Java 17 would not take it for one that is already there.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    Leftovers.clear(target);
  }

  /**
   * Makes sure that the name may be one here: what is written first has a shorter one.
   *
   * @throws IOException if it is too long, or has characters that the file system does not take
   */
  private void checkName() throws IOException {
    try {
      Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      // It may be one, and is free.
    }
  }

  /**
   * Makes sure that a file, or a folder, could be made here, and leaves nothing. The folders that
   * are missing above it are made for trial in a hidden one: of two programs that start at once
   * neither may find a folder that the other takes away again.
   *
   * @throws IOException if it could not
   */
  void tryOut(boolean folder) throws IOException {
    Path missing = target;
    Path there = target.getParent();
    while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      missing = there;
      there = there.getParent();
    }
    if (there == null) {
      return;
    }
    if (!Files.isDirectory(there)) {
      throw missing.equals(target)
          ? new FileAlreadyExistsException(there.toString())
          : new NotDirectoryException(there.toString());
    }
    Leftovers.clear(missing);
    if (missing.equals(target)) {
      checkName();
      (folder ? Part.folder(target) : Part.file(target)).close();
      return;
    }
    try (Part trial = Part.folder(missing)) {
      Path made = trial.path().resolve(there.relativize(target));
      Files.createDirectories(made.getParent());
      if (folder) {
        Files.createDirectory(made);
      } else {
        Files.createFile(made);
      }
    }
  }
}
