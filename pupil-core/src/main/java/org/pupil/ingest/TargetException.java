package org.pupil.ingest;

import java.io.IOException;
import org.pupil.files.FileTrouble;

/** The disk that a photo set is written to does not take it. The message is the reason. */
final class TargetException extends IOException {
  private static final long serialVersionUID = 1L;

  TargetException(IOException cause) {
    super(FileTrouble.reason(cause), cause);
  }
}
