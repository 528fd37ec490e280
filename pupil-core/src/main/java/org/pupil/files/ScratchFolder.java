package org.pupil.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * A folder among the system's temporary files that is gone when it is closed, when the program is
 * asked to end, or at the latest when the next one of its kind is made.
 *
 * <p>Its owner holds a lock in it. What can be locked is of a process that was killed, whatever
 * numbers processes have: two containers may share the folder of temporary files.
 */
public final class ScratchFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  /** Something without a lock may be about to get one. */
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private final Path path;
  private final FileChannel lock;
  private final Thread atTheEnd;

  private ScratchFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
    this.atTheEnd = new Thread(this::end, "scratch-folder");
  }

  /**
   * Makes a folder, and clears away those of the same kind whose processes are no more.
   *
   * @param parent the folder to make it in
   * @param kind what its name begins with
   */
  public static ScratchFolder make(Path parent, String kind) throws IOException {
    String own = kind + ProcessHandle.current().pid() + "-";
    Path path = Files.createTempDirectory(parent, own);
    // It is locked before it has its name: who sees a lock file without a lock deletes the folder.
    Path unnamed = path.resolve(LOCK + ".new");
    FileChannel lock =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    Files.move(unnamed, path.resolve(LOCK));
    ScratchFolder folder = new ScratchFolder(path, lock);
    Runtime.getRuntime().addShutdownHook(folder.atTheEnd);
    clearAway(parent, kind + "*", own);
    return folder;
  }

  /**
   * Deletes what killed processes left: files and folders of a pattern that nobody has locked, or
   * that have no lock and are an hour old. What cannot be deleted is somebody else's and stays.
   */
  public static void clearAway(Path parent, String pattern) throws IOException {
    clearAway(parent, pattern, LOCK);
  }

  /**
   * @param own how the names begin of what this process has locked. To look whether it is locked
   *     would unlock it: on Unix a process loses its locks on a file when it closes that file once
   */
  private static void clearAway(Path parent, String pattern, String own) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, pattern)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(own) && isLeft(entry)) {
          deleteQuietly(entry);
        }
      }
    }
  }

  /**
   * Whether the process that made a folder is no more: nobody has locked it, or it has no lock and
   * is an hour old. Not to be asked of one that this process made: it would lose its lock.
   */
  public static boolean isLeft(Path entry) {
    Path lock = entry.resolve(LOCK);
    try {
      if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
        Instant changed = Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant();
        return changed.isBefore(Instant.now().minus(LONG_AGO));
      }
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
          FileLock got = channel.tryLock()) {
        return got != null;
      }
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static void deleteQuietly(Path root) {
    try {
      FolderTree.delete(root);
    } catch (IOException e) {
      // Another process was quicker, or it is not ours.
    }
  }

  /** On Windows a file that is open keeps its folder there, so the lock goes first. */
  private void end() {
    try {
      lock.close();
      FolderTree.delete(path);
    } catch (IOException e) {
      // The next one of its kind clears it away.
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // The program is ending, and deletes it.
    }
    lock.close();
    FolderTree.delete(path);
  }
}
