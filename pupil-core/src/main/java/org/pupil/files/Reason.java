package org.pupil.files;

import java.nio.file.FileSystemException;

/** What another library says about a failure, fit for one line. */
public final class Reason {
  private static final int LONGEST = 300;

  private Reason() {}

  /** The first line of the message, or the exception's name where it has none. */
  public static String of(Throwable failure) {
    if (failure instanceof FileSystemException ofFile) {
      return ofFile.getFile() + ": " + FileTrouble.reason(ofFile);
    }
    String message = failure.getMessage();
    String line =
        message == null || message.isBlank()
            ? failure.getClass().getSimpleName()
            : message.strip().lines().findFirst().orElseThrow();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
