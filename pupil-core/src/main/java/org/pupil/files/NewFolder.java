package org.pupil.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that may have been made for what then did not come. */
public final class NewFolder {
  /** Those that were not there, the deepest first. */
  private final List<Path> made;

  private NewFolder(List<Path> made) {
    this.made = made;
  }

  /** Makes a folder and those above it, where they are not there. */
  public static NewFolder make(Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    Path above = folder.toAbsolutePath();
    while (above != null && !Files.isDirectory(above)) {
      missing.add(above);
      above = above.getParent();
    }
    // A link to a folder is one, but Java 17 would not take it for one that is already there.
    if (!missing.isEmpty()) {
      Files.createDirectories(folder);
    }
    return new NewFolder(missing);
  }

  /** Whether it was not there. */
  boolean isNew() {
    return !made.isEmpty();
  }

  /** Takes away again what was made and has nothing in it. */
  public void removeIfEmpty() throws IOException {
    for (Path folder : made) {
      try {
        Files.delete(folder);
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        return;
      }
    }
  }
}
