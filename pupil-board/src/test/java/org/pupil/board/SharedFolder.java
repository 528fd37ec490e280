package org.pupil.board;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The material beside the checkout, which is not part of it. */
public final class SharedFolder {
  private SharedFolder() {}

  /** A file or folder below {@code shared}; the test is skipped where there is none. */
  public static Path get(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("shared/data"))) {
      folder = folder.getParent();
    }
    Assumptions.assumeTrue(folder != null, "there is no folder shared beside the checkout");
    return folder.resolve("shared").resolve(name);
  }

  /** The checkout's own folder. */
  public static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples/photos"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
