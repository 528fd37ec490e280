package org.pupil.files;

import java.io.IOException;
import java.nio.file.Path;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/** Says in one line why a place cannot be written. */
final class WriteFailure {
  private WriteFailure() {}

  static PupilException of(Path path, IOException cause) {
    return PupilException.unavailable(
        "cannot write " + path + ": " + FileTrouble.reason(cause), cause);
  }

  static PupilException of(Setting setting, Path path, IOException cause) {
    return PupilException.unavailable(Message.of(setting, ": ", of(path, cause).message()), cause);
  }

  static PupilException isFolder(Path path) {
    return PupilException.unavailable(
        "cannot write " + path + ": it is a folder; give the name of a file");
  }

  static PupilException isFile(Path path) {
    return PupilException.unavailable(
        "cannot write " + path + ": it is a file; give the name of a folder");
  }
}
