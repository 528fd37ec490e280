package org.pupil.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells the launcher for Windows whether a checkout's sources are newer than its build. Elsewhere
 * {@code find} does that.
 */
public final class StaleBuild {
  private static final int STALE = 10;

  /** What the program is made of. */
  static final List<String> MODULES =
      List.of(
          "pupil-log", "pupil-core", "pupil-web", "pupil-board", "pupil-fonts-cjk", "pupil-app");

  private StaleBuild() {}

  /**
   * Ends with status 0 if the build is as new as the sources, with another if not.
   *
   * @param arguments the checkout's folder
   */
  public static void main(String[] arguments) throws IOException {
    System.exit(isStale(Path.of(arguments[0])) ? STALE : 0);
  }

  static boolean isStale(Path checkout) throws IOException {
    FileTime built =
        Files.getLastModifiedTime(checkout.resolve("pupil-app/target/pupil").resolve("built"));
    if (isNewer(checkout.resolve("pom.xml"), built)) {
      return true;
    }
    for (String module : MODULES) {
      Path folder = checkout.resolve(module);
      if (isNewer(folder.resolve("pom.xml"), built)
          || holdsNewer(folder.resolve("src").resolve("main"), built)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsNewer(Path folder, FileTime built) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    // The walk has read the attributes already, so that nothing is asked twice.
    try (Stream<Path> newer =
        Files.find(
            folder,
            Integer.MAX_VALUE,
            (path, attributes) -> attributes.lastModifiedTime().compareTo(built) > 0)) {
      return newer.findAny().isPresent();
    }
  }

  private static boolean isNewer(Path file, FileTime built) throws IOException {
    return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(built) > 0;
  }
}
