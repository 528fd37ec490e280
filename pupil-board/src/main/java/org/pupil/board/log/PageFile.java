package org.pupil.board.log;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * An HTML file among event files, which may be a report.
 *
 * @param run what a run in its folder is called, whether there is one or not
 * @param modified when it was written
 */
public record PageFile(String run, Path file, FileTime modified) {
  /** The file's own name. */
  public String name() {
    return file.getFileName().toString();
  }
}
