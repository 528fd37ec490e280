package org.pupil.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * Reads files that a person names. A pipe would be waited for without end, and a device gives bytes
 * without end; so only what is a file on a disk is opened, and no more of it is read than makes
 * sense. A link to a file is as good as the file.
 */
public final class InputFile {
  private static final long MEGABYTE = 1L << 20;

  private InputFile() {}

  /**
   * Reads a whole file.
   *
   * @param most bytes that it may have, less than 2^31 - 8
   * @throws FileSystemException with a reason for people, if it is no regular file or is larger
   * @throws IOException if it cannot be read
   */
  public static byte[] read(Path file, long most) throws IOException {
    try (InputStream in = open(file)) {
      long size = Files.size(file);
      checkSize(file, size, most);
      // A file that the system makes while it is read says that it has no bytes.
      byte[] content = size == 0 ? in.readNBytes((int) most + 1) : new byte[(int) size];
      int read = size == 0 ? content.length : in.readNBytes(content, 0, content.length);
      checkSize(file, read, most);
      return read == content.length ? content : Arrays.copyOf(content, read);
    }
  }

  private static void checkSize(Path file, long size, long most) throws FileSystemException {
    if (size > most) {
      throw new FileSystemException(
          file.toString(), null, "it is larger than " + most / MEGABYTE + " megabytes");
    }
  }

  /**
   * Opens a file.
   *
   * @throws FileSystemException with a reason for people, if it is no regular file
   * @throws IOException if it cannot be opened
   */
  public static InputStream open(Path file) throws IOException {
    checkRegular(file);
    return Files.newInputStream(file);
  }

  /**
   * Checks that a path leads to a file on a disk, without opening it.
   *
   * @throws FileSystemException with a reason for people, if it does not
   * @throws IOException if nothing is there, or it may not be looked at
   */
  public static void checkRegular(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "it is a folder");
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(
          file.toString(), null, "it is a pipe or a device; give a file on a disk");
    }
  }
}
