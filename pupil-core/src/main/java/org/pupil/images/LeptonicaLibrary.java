package org.pupil.images;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.leptonica.global.leptonica;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.natives.JavaCppFolder;
import org.pupil.natives.NativeStderr;
import org.pupil.natives.SupportedSystems;

/** Loads Leptonica's native library once, with its chatter off. */
final class LeptonicaLibrary {
  /**
   * Why the library does not load, or null. Found out when the class is initialised: once for each
   * process, in whichever thread is first.
   */
  private static final @Nullable String FAILURE = tryToLoad();

  private LeptonicaLibrary() {}

  /**
   * Returns when the library is loaded.
   *
   * @throws PupilException (unavailable) if it cannot be
   */
  static void load() {
    if (FAILURE != null) {
      throw PupilException.unavailable(FAILURE);
    }
  }

  /** The library's own word for its version: {@code leptonica-1.85.0}. */
  static String version() {
    load();
    try (BytePointer text = leptonica.getLeptonicaVersion()) {
      String version = text.getString();
      leptonica.lept_free(text);
      return version;
    }
  }

  private static @Nullable String tryToLoad() {
    CacheFolder cache;
    try {
      cache = JavaCppFolder.choose();
    } catch (PupilException e) {
      return e.getMessage();
    }
    try {
      NativeStderr.silence();
      leptonica.setMsgSeverity(leptonica.L_SEVERITY_NONE);
      return null;
    } catch (LinkageError | RuntimeException e) {
      String platform = Loader.getPlatform();
      return isAmongJars(platform)
          ? cache.notLoaded("Leptonica", e)
          : SupportedSystems.missing("Leptonica", platform);
    }
  }

  /**
   * @param platform as JavaCPP names it
   */
  private static boolean isAmongJars(String platform) {
    String name = System.mapLibraryName("jnileptonica");
    return LeptonicaLibrary.class.getResource("/org/bytedeco/leptonica/" + platform + "/" + name)
        != null;
  }
}
