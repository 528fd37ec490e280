package org.pupil.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes the event files that an earlier training run wrote into a run folder, so that a new one
 * takes their place, and nothing else.
 *
 * <p>A file is Pupil's if its name is one that {@link EventWriter} makes and its first record says
 * that Pupil wrote it. Symbolic links, to files or as the run folder itself, are never followed.
 *
 * <p>Open the new writers first, remove afterwards. Then a folder is at no moment without a log: a
 * process that is killed in between leaves the old file beside the new one, TensorBoard drops the
 * old points because the new file starts at step 0, and the next training run removes both. Of two
 * processes in one folder neither removes what the other is writing, because a writer holds a lock
 * on its file that ends with the process, however that ends. Where the file system has no locks
 * nothing is removed. (One gap: on POSIX systems the lock is gone once the writing process itself
 * has read the file and closed it.)
 */
public final class OwnEventFiles {
  private OwnEventFiles() {}

  /**
   * What was done.
   *
   * @param deleted the files that are gone
   * @param left the files that have Pupil's kind of name and are still there, with the reason,
   *     whose cause is what the system said; also the run folder if it is a symbolic link or cannot
   *     be listed
   */
  public record Removal(List<Path> deleted, Map<Path, IOException> left) {
    public Removal {
      deleted = List.copyOf(deleted);
      left = Map.copyOf(left);
    }
  }

  /**
   * Removes Pupil's event files that stand directly in a folder. A folder that is not there has
   * none.
   *
   * @param keep files to pass over: the ones that the new writers are writing
   */
  public static Removal remove(Path runDir, Collection<Path> keep) {
    List<Path> deleted = new ArrayList<>();
    Map<Path, IOException> left = new TreeMap<>();
    if (Files.isSymbolicLink(runDir)) {
      left.put(runDir, new IOException("is a symbolic link"));
    } else if (Files.isDirectory(runDir)) {
      Set<Path> kept =
          keep.stream().map(path -> path.toAbsolutePath().normalize()).collect(Collectors.toSet());
      for (Path file : namedAsPupils(runDir, left)) {
        if (!kept.contains(file.toAbsolutePath().normalize())) {
          IOException objection = removeOne(file);
          if (objection == null) {
            deleted.add(file);
          } else {
            left.put(file, objection);
          }
        }
      }
    }
    return new Removal(deleted, left);
  }

  private static List<Path> namedAsPupils(Path runDir, Map<Path, IOException> left) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(runDir)) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        if (name != null && EventFileName.isOfPupil(name.toString())) {
          found.add(entry);
        }
      }
    } catch (IOException refusal) {
      left.put(runDir, new IOException("cannot be listed", refusal));
    } catch (DirectoryIteratorException refusal) {
      left.put(runDir, new IOException("cannot be listed", refusal.getCause()));
    }
    return found;
  }

  /** Null if the file is gone, else why it is not. */
  private static @Nullable IOException removeOne(Path file) {
    try {
      String objection = objectionTo(file);
      if (objection != null) {
        return new IOException(objection);
      }
    } catch (IOException refusal) {
      return new IOException("cannot be read", refusal);
    }
    try {
      Files.deleteIfExists(file);
      return null;
    } catch (IOException refusal) {
      return new IOException("cannot be removed", refusal);
    }
  }

  private static @Nullable String objectionTo(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "is a symbolic link";
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "is not a file";
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (isLocked(channel)) {
        return "is being written";
      }
      try (EventReader reader = EventReader.of(file, channel)) {
        boolean ours =
            reader.next()
                && reader
                    .event()
                    .filter(
                        first ->
                            first.getSourceMetadata().getWriter().startsWith(EventWriter.WRITER))
                    .isPresent();
        return ours ? null : "does not begin as Pupil's event files do";
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(EventWriter.LOCK_POSITION, 1, true);
      return lock == null;
    } catch (OverlappingFileLockException byThisProcess) {
      return true;
    }
  }
}
