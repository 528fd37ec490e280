package org.pupil.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.pupil.errors.PupilException;

/**
 * Writes files so that a reader sees the old content or the new, never a part: to a temporary name
 * in the same folder, forced to the disk, then moved over the old file.
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
    Path target = file.toAbsolutePath();
    try {
      createParents(target);
      Path temporary =
          Files.createTempFile(target.getParent(), "." + target.getFileName() + ".", ".part");
      try {
        writeAndForce(temporary, content);
        PlainPermissions.give(temporary);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Checks, before long work, that a file can be written in the end. Makes the folders above it and
   * leaves nothing else.
   *
   * @param flag the flag that named the file, for the message
   * @throws PupilException (unavailable) if it cannot
   */
  public static void checkWritable(String flag, Path file) {
    Path target = file.toAbsolutePath();
    try {
      if (Files.isDirectory(target)) {
        throw PupilException.unavailable(
            flag + ": " + file + " is a folder; give the name of a file");
      }
      tryBeside(target);
    } catch (IOException e) {
      throw PupilException.unavailable(
          flag + ": " + cannotWrite(file, e).getMessage() + "; give another place", e);
    }
  }

  /** Makes a file beside the target, and the folders above it, and deletes the file again. */
  static void tryBeside(Path target) throws IOException {
    createParents(target);
    Files.delete(
        Files.createTempFile(target.getParent(), "." + target.getFileName() + ".", ".part"));
  }

  private static void createParents(Path target) throws IOException {
    Path parent = target.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
  }

  static void writeAndForce(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** One line that says why a place cannot be written. */
  static PupilException cannotWrite(Path file, IOException cause) {
    return PupilException.unavailable(
        "cannot write " + file + ": " + FileTrouble.reason(cause), cause);
  }
}
