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

  private static final String DAMAGED = "the image is damaged or cut off";
  private static final String CUT_OFF_IN_HEADER = "the image is cut off in its header";

  /** For a reason that makes it needless to look at the bytes. */
  public UndecodableImageException(String reason) {
    super(reason);
  }

  public UndecodableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }

  public static UndecodableImageException damaged() {
    return new UndecodableImageException(DAMAGED);
  }

  public static UndecodableImageException outOfMemory(OutOfMemoryError cause) {
    return new UndecodableImageException("there is not enough memory to decode it", cause);
  }

  public static UndecodableImageException damaged(Throwable cause) {
    return new UndecodableImageException(DAMAGED, cause);
  }

  /** Bytes that end before the image begins. */
  public static UndecodableImageException cutOffInHeader() {
    return new UndecodableImageException(CUT_OFF_IN_HEADER);
  }

  /** Whether a reason is that an image is not whole, rather than that it is none. */
  public static boolean isOfDamage(String reason) {
    return reason.equals(DAMAGED) || reason.equals(CUT_OFF_IN_HEADER);
  }
}
