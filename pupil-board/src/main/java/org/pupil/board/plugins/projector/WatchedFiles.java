package org.pupil.board.plugins.projector;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files that may be handed out: those that truly stand, after all symbolic links, in a folder that
 * is watched.
 */
final class WatchedFiles {
  private final List<Path> realFolders = new ArrayList<>();

  /**
   * Notes where the folders truly are.
   *
   * @param folders those that somebody asked to watch, which may be links
   */
  WatchedFiles(List<Path> folders) {
    for (Path folder : folders) {
      realPath(folder).ifPresent(realFolders::add);
    }
  }

  private static Optional<Path> realPath(Path folder) {
    try {
      return Optional.of(folder.toRealPath());
    } catch (IOException e) {
      return Optional.empty(); // not there, so no file is in it
    }
  }

  /**
   * Where a file is.
   *
   * @param folder where a relative path begins
   * @param path as a configuration names it
   * @param most it may have so many bytes
   * @return its real path
   * @throws ProjectorException if there is none, it is none of these or too large
   */
  Path find(Path folder, String path, long most) throws ProjectorException {
    try {
      Path real = folder.resolve(path).toRealPath();
      if (realFolders.stream().noneMatch(real::startsWith)) {
        throw new ProjectorException("\"" + path + "\" is outside of the log directory");
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw new ProjectorException("\"" + path + "\" not found, or is not a file");
      }
      if (Files.size(real) > most) {
        throw new ProjectorException("\"" + path + "\" has more than " + most + " bytes");
      }
      return real;
    } catch (IOException | InvalidPathException e) {
      throw new ProjectorException("\"" + path + "\" not found, or is not a file");
    }
  }

  /** Opens a file that was found; not if it is a link by now. */
  static InputStream open(Path real) throws IOException {
    return new BufferedInputStream(Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS), 64 << 10);
  }
}
