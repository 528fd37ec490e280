package org.pupil.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.pupil.errors.PupilException;

/** Says in one line why a place cannot be written. */
final class WriteFailure {
  private WriteFailure() {}

  static PupilException of(Path path, IOException cause) {
    return PupilException.unavailable("cannot write " + path + ": " + why(cause), cause);
  }

  static PupilException isFolder(Path path) {
    return PupilException.unavailable(
        "cannot write " + path + ": it is a folder; give the name of a file");
  }

  static PupilException isFile(Path path) {
    return PupilException.unavailable(
        "cannot write " + path + ": it is a file; give the name of a folder");
  }

  private static String why(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "no permission to write in its folder";
    }
    if (cause instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file, not a folder";
    }
    if (cause instanceof NoSuchFileException) {
      return "its folder is not there";
    }
    if (cause instanceof FileSystemLoopException) {
      return "it is a link that leads back to itself";
    }
    // The system's own words, such as "No space left on device".
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return cause.getMessage();
  }
}
