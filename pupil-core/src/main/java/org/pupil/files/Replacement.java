package org.pupil.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves what is complete to its place in one step.
 *
 * <p>Windows refuses to rename what another program has open without sharing it, as virus scanners
 * and indexers do for a moment with every new file. There a refusal is tried again for a second.
 */
public final class Replacement {
  private static final int MOST_TRIES = 20;
  private static final int PAUSE_MILLIS = 50;

  private Replacement() {}

  /** What may be refused for a moment. */
  interface Step {
    void take() throws IOException;
  }

  /**
   * Moves a file over an old one, or a file or folder to where nothing is.
   *
   * @param from what is complete, in the same folder or one of the same disk
   * @throws IOException if it cannot be; both are then as they were
   */
  public static void move(Path from, Path to) throws IOException {
    boolean isPatient = from.getFileSystem().getSeparator().equals("\\");
    take(
        isPatient ? MOST_TRIES : 1,
        () ->
            Files.move(
                from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
  }

  static void take(int mostTries, Step step) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        step.take();
        return;
      } catch (AccessDeniedException e) {
        if (tries >= mostTries) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
      }
    }
  }
}
