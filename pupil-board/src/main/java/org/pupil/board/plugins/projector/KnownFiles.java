package org.pupil.board.plugins.projector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found out about large files, so that none is read again as long as nobody changes it.
 * May be used by several threads at once.
 */
final class KnownFiles {
  private static final int MOST_REMEMBERED = 100;

  private final Map<FileState, TensorFile> checked = new Remembered<>();
  private final Map<FileState, Long> counted = new Remembered<>();

  /** A file, as long as nobody changes it. */
  private record FileState(Path file, long size, FileTime modified, List<Long> shape) {
    static FileState of(Path file, List<Long> shape) throws IOException {
      return new FileState(file, Files.size(file), Files.getLastModifiedTime(file), shape);
    }
  }

  private static final class Remembered<T> extends LinkedHashMap<FileState, T> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<FileState, T> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  /**
   * A file of numbers.
   *
   * @param shape what the configuration says of it; empty if nothing
   * @throws ProjectorException if its numbers are not as they must be
   */
  TensorFile tensor(Path file, List<Long> shape) throws IOException, ProjectorException {
    FileState state = FileState.of(file, shape);
    synchronized (checked) {
      TensorFile known = checked.get(state);
      if (known != null) {
        return known;
      }
    }
    TensorFile tensor = TensorFile.check(file, shape);
    synchronized (checked) {
      checked.put(state, tensor);
    }
    return tensor;
  }

  /** How many lines a table has, its header not counted. */
  long lines(Path file) throws IOException {
    FileState state = FileState.of(file, List.of());
    synchronized (counted) {
      Long known = counted.get(state);
      if (known != null) {
        return known;
      }
    }
    try (InputStream in = WatchedFiles.open(file)) {
      long lines = Streams.countLines(in);
      synchronized (counted) {
        counted.put(state, lines);
      }
      return lines;
    }
  }
}
