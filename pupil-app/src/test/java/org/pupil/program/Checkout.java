package org.pupil.program;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where things are. */
public final class Checkout {
  private Checkout() {}

  /** The checkout's own folder. */
  public static Path folder() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("pupil"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static Path launcher() {
    return folder().resolve("pupil");
  }

  /** The program as Maven packaged it. */
  static Path packaged() {
    return folder().resolve("pupil-app/target/pupil");
  }

  static Path examplePhotos() {
    return folder().resolve("examples/photos");
  }

  /**
   * A file or folder of the material beside the checkout, which is not part of it; the test is
   * skipped where there is none.
   */
  static Path shared(String name) {
    Path folder = folder();
    while (folder != null && !Files.isDirectory(folder.resolve("shared/data"))) {
      folder = folder.getParent();
    }
    Assumptions.assumeTrue(folder != null, "there is no folder shared beside the checkout");
    return folder.resolve("shared").resolve(name);
  }
}
