package org.pupil.images;

import java.io.EOFException;
import java.io.UncheckedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, for readers that a damaged file could lead to go on at its end as if zeros
 * followed, for many minutes. The end is met in silence for {@value #PATIENCE} times.
 */
final class EndingStream extends ImageInputStreamImpl {
  /** Readers look some bytes ahead, so an end that is met is not yet damage. */
  private static final int PATIENCE = 4096;

  private final byte[] file;
  private final long claimedLength;
  private int timesAtEnd;

  /**
   * A stream.
   *
   * @param pixels of the image: the reader of TIFF takes an image for an attack if it has many more
   *     of them than its file has bytes, which a drawing on white has. So they are told that the
   *     file is as long as this. How many pixels are too many, {@link ImageHeader} says.
   */
  EndingStream(byte[] file, long pixels) {
    this.file = file;
    this.claimedLength = Math.max(file.length, pixels);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the end has been met so often that the reader does not notice
   */
  @Override
  public int read() {
    if (isAtEnd()) {
      return -1;
    }
    bitOffset = 0;
    return file[(int) streamPos++] & 0xFF;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the end has been met so often that the reader does not notice
   */
  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length > 0 && isAtEnd()) {
      return -1;
    }
    bitOffset = 0;
    int count = (int) Math.min(length, file.length - streamPos);
    System.arraycopy(file, (int) streamPos, bytes, offset, count);
    streamPos += count;
    return count;
  }

  private boolean isAtEnd() {
    if (streamPos < file.length) {
      return false;
    }
    if (++timesAtEnd > PATIENCE) {
      throw new UncheckedIOException(new EOFException("the reader does not notice the end"));
    }
    return true;
  }

  @Override
  public long length() {
    return claimedLength;
  }
}
