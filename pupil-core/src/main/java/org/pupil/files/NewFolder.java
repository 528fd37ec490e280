package org.pupil.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that is made for what may then not come. */
public final class NewFolder {
  /** Those that are not there yet, the deepest first. */
  private final List<Path> missing;

  private NewFolder(List<Path> missing) {
    this.missing = missing;
  }

  /** A folder that somebody is about to make: notes which of it and those above are not there. */
  public static NewFolder toBe(Path folder) {
    List<Path> missing = new ArrayList<>();
    Path above = folder.toAbsolutePath();
    while (above != null && !Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
      missing.add(above);
      above = above.getParent();
    }
    return new NewFolder(missing);
  }

  /** Makes a folder and those above it, where they are not there. */
  public static NewFolder make(Path folder) throws IOException {
    NewFolder made = toBe(folder);
    // A link to a folder is one, but Java 17 would not take it for one that is already there.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    return made;
  }

  /** Whether it was not there. */
  boolean isNew() {
    return !missing.isEmpty();
  }

  /** Takes away again what was made since and has nothing in it. */
  public void removeIfEmpty() throws IOException {
    for (Path folder : missing) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }
}
