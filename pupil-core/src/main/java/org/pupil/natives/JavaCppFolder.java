package org.pupil.natives;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;

/**
 * The folder into which JavaCPP unpacks native libraries: Pupil's cache folder, unless a system
 * property of JavaCPP's names another. What is there already it does not unpack again; a library
 * that a killed process left half unpacked it does.
 */
public final class JavaCppFolder {
  /** Both spellings are JavaCPP's. */
  private static final List<String> PROPERTIES =
      List.of("org.bytedeco.javacpp.cachedir", "org.bytedeco.javacpp.cacheDir");

  private JavaCppFolder() {}

  /**
   * Chooses the folder, which must happen before JavaCPP loads anything.
   *
   * @throws PupilException (unavailable) if there is no folder that will do
   */
  public static CacheFolder choose() {
    Optional<String> chosen =
        PROPERTIES.stream()
            .flatMap(name -> Stream.ofNullable(System.getProperty(name)))
            .findFirst();
    if (chosen.isPresent()) {
      return new CacheFolder(Path.of(chosen.get()));
    }
    CacheFolder cache = CacheFolder.ofProcess();
    System.setProperty(PROPERTIES.get(0), cache.forNativeLibraries().toString());
    return cache;
  }
}
