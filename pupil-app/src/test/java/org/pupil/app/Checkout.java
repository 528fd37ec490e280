package org.pupil.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests run in. */
final class Checkout {
  private Checkout() {}

  /** Its root: the nearest folder upwards that has the launcher. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("pupil.cmd"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("the tests must run inside the checkout");
      }
    }
    return folder;
  }
}
