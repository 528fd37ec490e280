package org.pupil.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is to appear, and the temporary name beside it, {@code .NAME.PROCESS.part}.
 *
 * <p>The name tells whose it is: what a process left that was killed is cleared away by the next
 * one that writes to the same place.
 *
 * @param target what a link leads to, if the place is a link: so a link stays one
 * @param temporary in the same folder
 */
record Place(Path target, Path temporary) {
  private static final int MAX_LINKS = 40;

  /** A file's name may have 255 bytes, and the temporary one adds to it. */
  private static final int LONG_NAME = 50;

  /**
   * Finds the place. Nothing is made or deleted.
   *
   * @throws FileSystemLoopException if links lead nowhere but to each other
   */
  static Place of(Path path) throws IOException {
    Path target = named(path.toAbsolutePath());
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    long process = ProcessHandle.current().pid();
    return new Place(target, target.resolveSibling("." + stem(target) + "." + process + ".part"));
  }

  /** A path that ends in {@code .} or {@code ..} gets the name that this stands for. */
  private static Path named(Path path) {
    return path.endsWith(".") || path.endsWith("..") ? path.normalize() : path;
  }

  private static String stem(Path target) {
    String name = String.valueOf(target.getFileName());
    return name.length() <= LONG_NAME ? name : Integer.toHexString(name.hashCode());
  }

  boolean isFolder() {
    return Files.isDirectory(target);
  }

  /** True for what is there but is no file on a disk, such as {@code /dev/null} or a pipe. */
  boolean isDevice() {
    return Files.exists(target) && !Files.isRegularFile(target) && !isFolder();
  }

  /** Makes the folders above the place, and clears away what killed processes left. */
  void prepare() throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      return;
    }
    // A link to a folder is one, but Java 17 would not take it for one that is already there.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    Pattern ofAnyProcess =
        Pattern.compile(Pattern.quote("." + stem(target)) + "\\.(\\d{1,18})\\.part");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, ".*.part")) {
      for (Path entry : entries) {
        Matcher matcher = ofAnyProcess.matcher(entry.getFileName().toString());
        if (matcher.matches() && !isOfLivingOther(Long.parseLong(matcher.group(1)))) {
          deleteTree(entry);
        }
      }
    }
  }

  private static boolean isOfLivingOther(long process) {
    return process != ProcessHandle.current().pid() && ProcessHandle.of(process).isPresent();
  }

  /** Deletes the temporary file or folder, if it is there. */
  void deleteTemporary() throws IOException {
    deleteTree(temporary);
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      FolderTree.delete(root);
    }
  }
}
