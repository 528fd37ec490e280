package org.pupil.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupil.errors.PupilException;

/** Whether a disk has room for what is to come, asked before it comes. */
final class DiskRoom {
  /** Folders and the ends of files take some, too. */
  private static final double WITH_FOLDERS = 1.02;

  private DiskRoom() {}

  /**
   * Checks it.
   *
   * @param folder where it is to come, as it was typed; need not be there
   * @param bytes that will be needed, or more
   * @throws PupilException (unavailable) if the disk has less
   */
  static void check(Path folder, long bytes) {
    long needed = (long) (bytes * WITH_FOLDERS);
    long free = free(folder);
    if (free < needed) {
      throw PupilException.unavailable(
          "%s would take about %s, but its disk has only %s left: make room, or give a folder on another disk"
              .formatted(folder, Bytes.of(needed), Bytes.of(free)));
    }
  }

  /** What the disk has left; endless if it does not say. */
  private static long free(Path folder) {
    Path there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      long free = there == null ? 0 : Files.getFileStore(there).getUsableSpace();
      return free == 0 ? Long.MAX_VALUE : free;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
