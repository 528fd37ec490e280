package org.pupil.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * Writes files so that a reader sees the old content or the new, never a part: to a temporary name
 * in the same folder, forced to the disk, then moved over the old file.
 *
 * <p>A link is written through: what it leads to is replaced, the link stays. {@code /dev/null} is
 * written to as it is; pipes and other devices are refused. The file gets the permissions that any
 * new file of this user gets. One file must not be written by two threads at the same time; by two
 * processes it may, and the later one's content stays.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a text in UTF-8.
   *
   * @see #write(Path, byte[])
   */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file, replacing an old one; makes the folders above it.
   *
   * @throws PupilException (unavailable) if it cannot be written; an old file is then as it was
   */
  public static void write(Path file, byte[] content) {
    write(file, content, true);
  }

  /**
   * Writes a text in UTF-8 that will be replaced soon: it appears whole or not at all, but is not
   * forced to the disk, so it may be lost with the machine's power.
   *
   * @throws PupilException (unavailable) if it cannot be written; an old file is then as it was
   */
  public static void writeForNow(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8), false);
  }

  private static void write(Path file, byte[] content, boolean force) {
    try {
      Destination destination = Destination.of(file);
      if (destination.isFolder()) {
        throw WriteFailure.isFolder(file);
      }
      destination.checkNoDevice();
      if (destination.isDevice()) {
        try (FileChannel device =
            FileChannel.open(destination.target(), StandardOpenOption.WRITE)) {
          Part.writeAll(device, content);
        }
        return;
      }
      destination.prepare();
      try (Part part = Part.file(destination.target())) {
        part.write(content, force);
        Replacement.move(part.path(), destination.target());
      }
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  /**
   * What is really written when a file or folder of a name is: a link stands for what it leads to.
   * Two names of one place are of one file.
   *
   * @return an absolute path without links, as far as it is there
   */
  public static Path place(Path path) {
    try {
      Path target = Destination.of(path).target();
      Path folder = target.getParent();
      return Files.exists(target) || folder == null || !Files.isDirectory(folder)
          ? real(target)
          : folder.toRealPath().resolve(target.getFileName());
    } catch (IOException e) {
      return path.toAbsolutePath().normalize(); // whoever writes there says what is wrong with it
    }
  }

  private static Path real(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.normalize();
  }

  /**
   * Checks, before long work, that a file can be written in the end, and leaves nothing behind.
   *
   * @param setting what named the file, for the message
   * @throws PupilException (unavailable) if it cannot
   */
  public static void checkWritable(Setting setting, Path file) {
    try {
      Destination destination = Destination.of(file);
      if (destination.isFolder()) {
        throw named(setting, WriteFailure.isFolder(file));
      }
      destination.checkNoDevice();
      if (!destination.isDevice()) {
        destination.tryOut(false);
      }
    } catch (IOException e) {
      throw named(setting, WriteFailure.of(file, e));
    }
  }

  /**
   * Checks, before long work, that files can be written into a folder in the end, and leaves
   * nothing behind.
   *
   * @param setting what named the folder, for the message
   * @throws PupilException (unavailable) if they cannot
   */
  public static void checkFolderWritable(Setting setting, Path folder) {
    try {
      Destination.of(folder.resolve("any")).tryOut(false);
    } catch (IOException e) {
      throw named(setting, WriteFailure.of(folder, e));
    }
  }

  private static PupilException named(Setting setting, PupilException failure) {
    return PupilException.unavailable(Message.of(setting, ": ", failure.message()), failure);
  }

  /** Writes a file that must not be there yet, and waits until it is on the disk. */
  static void writeNew(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Part.writeAll(channel, content);
      channel.force(true);
    }
  }
}
