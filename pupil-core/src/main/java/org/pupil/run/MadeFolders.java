package org.pupil.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders that are not there yet and will be made for something: so that they can go again if
 * nothing comes of it.
 *
 * @param missing the innermost first
 */
record MadeFolders(List<Path> missing) {
  /** Looks which of a folder and those above it are missing. */
  static MadeFolders upTo(Path folder) {
    List<Path> missing = new ArrayList<>();
    @Nullable Path next = folder.toAbsolutePath();
    while (next != null && !Files.exists(next)) {
      missing.add(next);
      next = next.getParent();
    }
    return new MadeFolders(missing);
  }

  /** Removes those that are empty by now. */
  void removeEmpty() {
    try {
      for (Path folder : missing) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException notEmpty) {
      return; // somebody has put something there: it stays, with the folders above it
    }
  }
}
