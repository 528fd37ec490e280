package org.pupil.eventlog;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why the file system refused. */
final class IoReason {
  private IoReason() {}

  /** A short reason without the file's name: {@code permission denied}. */
  static String of(IOException refusal) {
    if (refusal instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (refusal instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (refusal instanceof FileAlreadyExistsException || refusal instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (refusal instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    String reason =
        refusal instanceof FileSystemException ofFile ? ofFile.getReason() : refusal.getMessage();
    return reason == null ? refusal.getClass().getSimpleName() : reason;
  }
}
