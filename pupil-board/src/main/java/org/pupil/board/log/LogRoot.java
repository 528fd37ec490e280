package org.pupil.board.log;

import java.nio.file.Path;

/**
 * A folder below which runs are looked for.
 *
 * @param name put before the names of its runs with a slash ({@code name/train}), or empty
 * @param folder need not exist yet
 */
public record LogRoot(String name, Path folder) {
  public LogRoot {
    folder = folder.toAbsolutePath().normalize();
  }

  /**
   * A run's name as TensorBoard makes it.
   *
   * @param runFolder the folder itself, or one below it
   * @return {@code train}, {@code a/train}; {@code .} for the folder itself; with a name {@code
   *     name/train} and {@code name/.}
   */
  String runName(Path runFolder) {
    String relative = folder.relativize(runFolder).toString();
    String run = relative.isEmpty() ? "." : relative;
    return name.isEmpty() ? run : name + "/" + run;
  }
}
