package org.pupil.labelling;

import java.io.IOException;
import java.nio.file.Path;
import org.pupil.images.ImageDecoder;
import org.pupil.images.UndecodableImageException;

/**
 * Where a photo to label comes from.
 *
 * @param name what to call it in answers and messages
 * @param content gives its bytes
 */
public record PhotoSource(String name, Content content) {
  /** Gives the bytes of a photo, once. */
  @FunctionalInterface
  public interface Content {
    byte[] read() throws IOException;
  }

  /** What was named as a photo and is none, so that the answer is this reason. */
  public static PhotoSource unreadable(String name, String reason) {
    return new PhotoSource(
        name,
        () -> {
          throw new UndecodableImageException(reason);
        });
  }

  /** A photo in memory: the content of its file. */
  public static PhotoSource bytes(String name, byte[] content) {
    return new PhotoSource(name, () -> content);
  }

  /** A photo in a file, called by its path. */
  public static PhotoSource file(Path path) {
    return new PhotoSource(path.toString(), () -> ImageDecoder.readFile(path));
  }
}
