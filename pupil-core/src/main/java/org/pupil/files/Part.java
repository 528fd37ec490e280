package org.pupil.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder on its way, under a hidden name beside the place where it is to appear: {@code
 * .NAME.PROCESS-NUMBER.part}, both by chance.
 *
 * <p>Whether it is still being written, its lock tells: that ends with the process, however that
 * ends, and holds between containers too, where one number may stand for two processes. A file is
 * locked itself, a folder by a file in it. Where the file system has no locks, {@link Leftovers}
 * leaves everything alone.
 */
final class Part implements AutoCloseable {
  /** Of a folder: who writes it holds the lock of this file in it. */
  static final String LOCK_NAME = "lock";

  // Beyond the end of any file: where locks are mandatory (Windows) nobody is kept out.
  private static final long LOCK_POSITION = Long.MAX_VALUE - 1;

  /** A file's name may have 255 bytes, and the hidden one adds to it. */
  private static final int LONG_NAME = 50;

  private static final int MOST_TRIES = 100;

  /** A lock is not seen by the process that holds it, so that one knows its own by name. */
  private static final String PROCESS = hexadecimal();

  private final Path path;
  private final FileChannel locked;

  private Part(Path path, FileChannel locked) {
    this.path = path;
    this.locked = locked;
  }

  private static String hexadecimal() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  /** The names of parts of a place, also as earlier versions gave them: by process number. */
  static Pattern namesOf(Path target) {
    return Pattern.compile(
        Pattern.quote("." + stem(target))
            + "\\.(?:(?!"
            + PROCESS
            + "-)[0-9a-f]{8}-[0-9a-f]{8}|"
            + "(?<old>\\d{1,18}))\\.part");
  }

  private static Path newName(Path target) {
    return target.resolveSibling(
        "." + stem(target) + "." + PROCESS + "-" + hexadecimal() + ".part");
  }

  private static String stem(Path target) {
    String name = String.valueOf(target.getFileName());
    return name.length() <= LONG_NAME ? name : Integer.toHexString(name.hashCode());
  }

  /** Makes an empty file beside a place. */
  static Part file(Path target) throws IOException {
    for (int tries = 1; ; tries++) {
      Path path = newName(target);
      Part part = locked(path, path);
      if (part != null) {
        return part;
      }
      refuseAfter(tries, path);
    }
  }

  /** Makes a folder beside a place, with nothing in it but what locks it. */
  static Part folder(Path target) throws IOException {
    for (int tries = 1; ; tries++) {
      Path path = newName(target);
      Files.createDirectory(path);
      Part part = locked(path, path.resolve(LOCK_NAME));
      if (part != null) {
        return part;
      }
      refuseAfter(tries, path);
    }
  }

  private static void refuseAfter(int tries, Path path) throws IOException {
    if (tries == MOST_TRIES) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  /** Null if somebody else took it for a leftover before it was locked, and cleared it away. */
  private static @Nullable Part locked(Path path, Path lockFile) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      if (lockFile.equals(path)) {
        throw e;
      }
      return null;
    }
    if (mayLock(channel) && Files.exists(lockFile, LinkOption.NOFOLLOW_LINKS)) {
      return new Part(path, channel);
    }
    channel.close();
    return null;
  }

  private static boolean mayLock(FileChannel channel) {
    try {
      return lock(channel);
    } catch (IOException noLocks) {
      // Then nobody can lock it, and nobody clears away what cannot be locked.
      return true;
    }
  }

  /**
   * Locks a file until its channel is closed.
   *
   * @return false if another process holds the lock
   * @throws IOException if the file system has no locks
   */
  static boolean lock(FileChannel channel) throws IOException {
    return channel.tryLock(LOCK_POSITION, 1, false) != null;
  }

  /** Where it is until it is moved. */
  Path path() {
    return path;
  }

  /**
   * Writes a file's content.
   *
   * @param force whether to wait until it is on the disk
   */
  void write(byte[] content, boolean force) throws IOException {
    writeAll(locked, content);
    if (force) {
      locked.force(true);
    }
  }

  static void writeAll(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(content);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Deletes it, unless it was moved, and gives up the lock. */
  @Override
  public void close() throws IOException {
    try (locked) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        delete(path, locked);
      }
    }
  }

  /**
   * Deletes a part whose lock is held. The lock goes last: what has none is not known for ours.
   *
   * @param locked holds the lock; it may be closed then. On some disks of Windows a file's name is
   *     taken until nobody has the file open, and with it the folder stays
   */
  static void delete(Path path, FileChannel locked) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          if (!entry.endsWith(LOCK_NAME)) {
            FolderTree.delete(entry);
          }
        }
      }
      locked.close();
      Files.deleteIfExists(path.resolve(LOCK_NAME));
    }
    // An empty folder that nobody locks any other process may have cleared away already.
    Files.deleteIfExists(path);
  }

  /** Gives up the lock and leaves what is there to {@link Leftovers}. */
  void leave() throws IOException {
    locked.close();
  }
}
