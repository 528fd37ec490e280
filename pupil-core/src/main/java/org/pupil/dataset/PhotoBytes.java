package org.pupil.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.pupil.files.InputFile;

/** Reads photos whole, and none that would take all memory. */
final class PhotoBytes {
  /** No photo has more bytes. */
  private static final int MOST = 512 << 20;

  private PhotoBytes() {}

  /**
   * Reads the whole file of a photo. A pipe or a device is none: that would be waited for without
   * end.
   *
   * @throws UndecodableImageException if it has more than 512 megabytes, or more than a quarter of
   *     the memory that this program may use
   * @throws IOException if it cannot be read
   */
  static byte[] ofFile(Path file) throws IOException {
    try (InputStream in = InputFile.open(file)) {
      long size = Files.size(file);
      if (size == 0) {
        return ofStream(in); // a file that the system makes while it is read
      }
      checkSize(size);
      byte[] content = new byte[(int) size];
      int read = in.readNBytes(content, 0, content.length);
      return read == content.length ? content : Arrays.copyOf(content, read);
    }
  }

  /**
   * Reads a photo from a stream up to its end.
   *
   * @throws UndecodableImageException as {@link #ofFile}
   * @throws IOException if it cannot be read
   */
  static byte[] ofStream(InputStream in) throws IOException {
    byte[] content = in.readNBytes(most() + 1);
    checkSize(content.length);
    return content;
  }

  private static int most() {
    return (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / 4);
  }

  private static void checkSize(long size) throws UndecodableImageException {
    if (size > most()) {
      throw new UndecodableImageException(
          "the file is too large: at most %d megabytes are read".formatted(most() >> 20));
    }
  }
}
