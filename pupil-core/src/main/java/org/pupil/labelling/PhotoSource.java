package org.pupil.labelling;

import java.io.IOException;
import java.nio.file.Path;
import org.pupil.images.ImageDecoder;

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

  /** A photo in a file, called by its path. */
  public static PhotoSource file(Path path) {
    return new PhotoSource(path.toString(), () -> ImageDecoder.readFile(path));
  }
}
