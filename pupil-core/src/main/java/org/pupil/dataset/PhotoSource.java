package org.pupil.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.pupil.files.FileTrouble;

/**
 * The bytes of a photo, and what to call it. A {@linkplain PhotoFile file} is one kind of source.
 *
 * <p>A photo to label is read once. One to learn from may be read again, by any thread: while it is
 * distorted, or to show a mistake.
 */
public interface PhotoSource {
  /** Gives the bytes of a photo. */
  @FunctionalInterface
  interface Content {
    /**
     * All of the bytes.
     *
     * @throws UndecodableImageException if there can be no image; its message is the reason
     * @throws IOException if they cannot be read
     */
    byte[] read() throws IOException;
  }

  /** What answers and messages call it: a path as it was found, or the name that it was given. */
  String name();

  /**
   * All of its bytes, encoded as in a file; not to be changed.
   *
   * @throws UndecodableImageException if there can be no image; its message is the reason
   * @throws IOException if they cannot be read
   */
  byte[] read() throws IOException;

  /** The file behind it, if there is one whose state is known. */
  default Optional<PhotoFile> file() {
    return Optional.empty();
  }

  /** A photo from anywhere. */
  static PhotoSource of(String name, Content content) {
    return new OtherSource(name, content);
  }

  /** A photo in memory: the content of its file, which is not copied. */
  static PhotoSource bytes(String name, byte[] content) {
    Objects.requireNonNull(content, "photo");
    return of(name, () -> content);
  }

  /** A photo from a stream, which is read to its end and not closed. It can be read once. */
  static PhotoSource stream(String name, InputStream content) {
    Objects.requireNonNull(content, "photo");
    return of(name, () -> PhotoBytes.ofStream(content));
  }

  /** An image in memory. Its bytes are those of a PNG file of it. */
  static PhotoSource image(String name, BufferedImage image) {
    Objects.requireNonNull(image, "photo");
    return of(name, () -> ImageBytes.of(image));
  }

  /** A photo in a file, called by its path. The file is not looked at yet. */
  static PhotoSource file(Path path) {
    Objects.requireNonNull(path, "photo");
    return of(path.toString(), () -> PhotoBytes.ofFile(path));
  }

  /** Why the bytes of a photo could not be read, in a few words: {@code there is no such file}. */
  static String reason(IOException failure) {
    if (failure instanceof UndecodableImageException undecodable) {
      return String.valueOf(undecodable.getMessage());
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission to read it";
    }
    return "it cannot be read (" + FileTrouble.reason(failure) + ")";
  }

  /** What was named as a photo and is none, so that the answer is this reason. */
  static PhotoSource unreadable(String name, String reason) {
    return of(
        name,
        () -> {
          throw new UndecodableImageException(reason);
        });
  }
}
