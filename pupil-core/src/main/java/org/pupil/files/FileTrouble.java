package org.pupil.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in a few words why the file system refused: Java's own messages often hold only a name. */
public final class FileTrouble {
  private FileTrouble() {}

  /** The reason, such as {@code no permission}; without the file's name where that is known. */
  public static String reason(IOException refusal) {
    if (refusal instanceof AccessDeniedException) {
      return "no permission";
    }
    if (refusal instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (refusal instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file, not a folder";
    }
    if (refusal instanceof FileSystemLoopException) {
      return "it is a link that leads back to itself";
    }
    if (refusal instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    // Otherwise the system's own words, such as "No space left on device".
    String reason =
        refusal instanceof FileSystemException ofFile ? ofFile.getReason() : refusal.getMessage();
    if (refusal instanceof NotDirectoryException || "Not a directory".equals(reason)) {
      return "a part of the path is a file, not a folder";
    }
    return reason == null ? refusal.getClass().getSimpleName() : reason;
  }
}
