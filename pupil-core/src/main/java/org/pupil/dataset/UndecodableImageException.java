package org.pupil.dataset;

import java.io.IOException;
import java.io.Serial;

/**
 * Bytes that are no image that can be decoded. The message is the reason in a few words, such as
 * {@code not an image} or {@code the file is empty}; whoever knows the photo puts its path in
 * front.
 */
public final class UndecodableImageException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** For a reason that makes it needless to look at the bytes. */
  public UndecodableImageException(String reason) {
    super(reason);
  }

  public UndecodableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }

  public static UndecodableImageException damaged() {
    return new UndecodableImageException("the image is damaged or cut off");
  }

  public static UndecodableImageException outOfMemory(OutOfMemoryError cause) {
    return new UndecodableImageException("there is not enough memory to decode it", cause);
  }

  public static UndecodableImageException damaged(Throwable cause) {
    return new UndecodableImageException("the image is damaged or cut off", cause);
  }
}
