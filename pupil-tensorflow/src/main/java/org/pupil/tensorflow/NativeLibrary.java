package org.pupil.tensorflow;

import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.natives.JavaCppFolder;
import org.pupil.natives.NativeStderr;
import org.tensorflow.TensorFlow;

/**
 * Loads TensorFlow's native library once, with its chatter off.
 *
 * <p>{@code TF_CPP_MIN_LOG_LEVEL} silences only some of it: the lines that go through the library's
 * built-in copy of Abseil's log know no variable and no function. {@link NativeStderr} does the
 * rest.
 */
public final class NativeLibrary {
  private static final Set<String> PLATFORMS =
      Set.of("linux-x86_64", "linux-arm64", "macosx-arm64");

  /**
   * Why the library does not load, or null. Found out when the class is initialised: once for each
   * process, in whichever thread is first.
   */
  private static final @Nullable String FAILURE = tryToLoad();

  private NativeLibrary() {}

  /**
   * Returns when the library is loaded. Whoever calls TensorFlow without a {@link GraphSession}
   * calls this first, or else the library is loaded with all its chatter.
   *
   * @throws PupilException (unavailable) if it cannot be
   */
  public static void load() {
    if (FAILURE != null) {
      throw PupilException.unavailable(FAILURE);
    }
  }

  /** Returns when the library is loaded, or cannot be: then {@link #load} says so. */
  static void begin() {
    // that this class is initialised is all
  }

  private static @Nullable String tryToLoad() {
    if (!PLATFORMS.contains(Loader.getPlatform())) {
      return "TensorFlow for Java has no native library for "
          + Loader.getPlatform()
          + ": it has those of Linux (x86-64, arm64) and macOS (arm64) only";
    }
    try {
      return tryToLoad(JavaCppFolder.choose());
    } catch (PupilException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String tryToLoad(CacheFolder cache) {
    try {
      NativeStderr.silence();
      TensorFlow.version();
      return null;
    } catch (LinkageError | RuntimeException e) {
      return cache.notLoaded("TensorFlow", e);
    }
  }
}
