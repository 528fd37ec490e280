package org.pupil.bottleneck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a cache. Its file may not be there yet: it is made when something is first written,
 * so whoever finds nothing to write leaves nothing behind. Not safe for use by several threads at
 * once.
 */
final class BottleneckCacheFolder implements AutoCloseable {
  private final Path path;
  private @Nullable BottleneckCacheFile file;
  private boolean closed;

  /** Opens nothing. */
  BottleneckCacheFolder(Path path) {
    this.path = path;
  }

  /**
   * Answers from the file.
   *
   * @param otherwise the answer if there is no file
   * @throws org.pupil.errors.PupilException as {@link BottleneckCache#open}
   */
  <T> T reading(BottleneckCacheFile.Question<T> question, T otherwise) {
    boolean isThere = file != null || closed || BottleneckCacheFile.isIn(path);
    return isThere ? open().reading(question) : otherwise;
  }

  /**
   * Makes all of a change, or none of it if it throws. Makes the file if there is none.
   *
   * @throws org.pupil.errors.PupilException as {@link BottleneckCache#open}
   */
  void writing(BottleneckCacheFile.Change change) {
    open().writing(change);
  }

  /**
   * The file, opened now if it is not yet, and made if there is none.
   *
   * @throws org.pupil.errors.PupilException as {@link BottleneckCache#open}
   */
  BottleneckCacheFile open() {
    if (closed) {
      throw new IllegalStateException("the cache of bottlenecks is closed");
    }
    BottleneckCacheFile open = file == null ? BottleneckCacheFile.open(path) : file;
    file = open;
    return open;
  }

  /** Room on the disk, in bytes; {@link Long#MAX_VALUE} if nobody can tell. */
  long usableBytes() {
    Path existing = path.toAbsolutePath();
    while (Files.notExists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // the disk will tell when it is full
    }
  }

  /** Closes the file, if it is open. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (file != null) {
        file.close();
      }
    }
  }
}
