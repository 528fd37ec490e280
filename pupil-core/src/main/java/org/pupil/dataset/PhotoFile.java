package org.pupil.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A photo in a file, as the file was when it was found.
 *
 * @param path where the file is
 * @param size its length in bytes
 * @param modifiedMillis its last change, in milliseconds since 1970
 */
public record PhotoFile(Path path, long size, long modifiedMillis) implements PhotoSource {
  /**
   * The file as it is now.
   *
   * @throws IOException if there is none, or it may not be looked at
   */
  public static PhotoFile of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new PhotoFile(path, attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  /** Whether a file is there and its name says that it is a photo; camera's raw files are, too. */
  public static boolean isPhoto(Path file) {
    return Files.isRegularFile(file) && isNamedAsPhoto(file);
  }

  /** Whether a name says that it is a photo's; camera's raw files are photos, too. */
  public static boolean isNamedAsPhoto(Path file) {
    return FileKind.ofName(file.toString()) != FileKind.OTHER;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public byte[] read() throws IOException {
    return PhotoBytes.ofFile(path);
  }

  @Override
  public Optional<PhotoFile> file() {
    return Optional.of(this);
  }
}
