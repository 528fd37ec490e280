package org.pupil.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.pupil.dataset.Names;
import org.pupil.errors.PupilException;
import org.pupil.files.Sha256;

/**
 * Where an archive is unpacked: its files have numbers for names there, so none of them can be
 * anywhere else, whatever it is called.
 */
final class Staging implements AutoCloseable {
  private static final int FILES_IN_A_FOLDER = 1000;
  private static final int BUFFER = 1 << 16;

  private record Staged(Path content, long size, CompletableFuture<String> sha256) {}

  private final Path folder;
  private final String archive;
  private final UnpackLimits limits;
  private final long most;
  private final long archiveSize;
  private final IngestListener listener;
  private final FileWriters writers = new FileWriters();
  private final Map<String, Staged> files = new LinkedHashMap<>();
  private final Notes notes = new Notes();
  private long bytes;
  private int number;

  /**
   * @param folder an empty one
   * @param archive what messages call the archive
   * @param archiveSize its size in bytes
   */
  Staging(
      Path folder, String archive, long archiveSize, UnpackLimits limits, IngestListener listener) {
    this.folder = folder;
    this.archive = archive;
    this.limits = limits;
    this.archiveSize = archiveSize;
    this.most = limits.bytesOf(archiveSize);
    this.listener = listener;
  }

  /** What is left out. */
  Notes notes() {
    return notes;
  }

  /** Whether nobody looks at a file of this name: it is hidden, or a system has left it. */
  static boolean isPassedOver(String path) {
    for (String part : path.split("/", -1)) {
      if (Names.isPassedOver(part)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes a file whose bytes are given at once.
   *
   * @param size at most {@link FileWriters#LARGEST}
   * @throws PupilException (bad input) if the limits are reached
   */
  void add(String path, long size, FileWriters.Content content) throws IOException {
    count(size);
    Path file = next();
    files.put(path, new Staged(file, size, writers.write(file, size, content)));
  }

  /**
   * Takes a file from a stream, which is read to its end.
   *
   * @throws PupilException (bad input) if the limits are reached
   */
  void add(String path, InputStream content) throws IOException {
    count(0);
    Path file = next();
    Written written = write(content, file, this::checkSize);
    files.put(
        path, new Staged(file, written.size, CompletableFuture.completedFuture(written.sha256)));
  }

  /** What was written: how many bytes, and their hash. */
  record Written(long size, String sha256) {}

  /**
   * Writes a new file from a stream, which is read to its end.
   *
   * @param counter is told of each piece before it is written
   */
  static Written write(InputStream content, Path file, IntConsumer counter) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = 0;
    try (OutputStream out = open(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        counter.accept(read);
        size += read;
        digest.update(buffer, 0, read);
        write(out, buffer, read);
      }
    }
    return new Written(size, Sha256.hex(digest.digest()));
  }

  private static OutputStream open(Path file) throws TargetException {
    try {
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int length) throws TargetException {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  private void count(long size) {
    if (number >= limits.files()) {
      throw limits.tooMany(archive);
    }
    checkSize(size);
    listener.unpacked(number + 1);
  }

  private void checkSize(long more) {
    bytes += more;
    if (bytes > most) {
      throw limits.tooLarge(archive, archiveSize);
    }
  }

  private Path next() throws TargetException {
    Path shelf = folder.resolve(String.valueOf(number / FILES_IN_A_FOLDER));
    if (number % FILES_IN_A_FOLDER == 0) {
      try {
        Files.createDirectory(shelf);
      } catch (IOException e) {
        throw new TargetException(e);
      }
    }
    return shelf.resolve(String.valueOf(number++));
  }

  /**
   * Waits until all is written.
   *
   * @throws IOException if something could not be
   */
  SourceTree finish() throws IOException {
    writers.finish();
    List<SourceFile> found = new ArrayList<>(files.size());
    try {
      files.forEach(
          (path, staged) ->
              found.add(new SourceFile(path, staged.content, staged.size, staged.sha256.join())));
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
    found.sort((a, b) -> Names.BY_CODE_POINT.compare(a.path(), b.path()));
    return new SourceTree(found, true, notes.list());
  }

  @Override
  public void close() {
    writers.close();
  }
}
