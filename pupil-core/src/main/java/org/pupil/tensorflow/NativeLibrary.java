package org.pupil.tensorflow;

import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.files.JavaCppFolder;
import org.tensorflow.TensorFlow;

/**
 * Loads TensorFlow's native library once, with its chatter off.
 *
 * <p>{@value #LOG_LEVEL} silences only some of it: the lines that go through the library's built-in
 * copy of Abseil's log know no variable and no function. All of it is written to C's {@code
 * stderr}, which is an ordinary variable (glibc manual, "Standard Streams"). It is pointed at C's
 * {@code stdin}, a stream that takes no output, so that every write through it fails and is
 * forgotten. What Java and the virtual machine print, and what they read, does not pass through
 * these variables. Whoever sets {@value #LOG_LEVEL} to less than 3 hears everything.
 */
public final class NativeLibrary {
  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";

  private static final Set<String> PLATFORMS =
      Set.of("linux-x86_64", "linux-arm64", "macosx-arm64");

  private static final Set<String> TALKING_LEVELS = Set.of("0", "1", "2");

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
          + ": Pupil runs on Linux (x86-64, arm64) and macOS (arm64)";
    }
    try {
      return tryToLoad(JavaCppFolder.choose());
    } catch (PupilException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String tryToLoad(CacheFolder cache) {
    try {
      if (!TALKING_LEVELS.contains(System.getenv().getOrDefault(LOG_LEVEL, ""))) {
        Loader.load(org.bytedeco.javacpp.presets.javacpp.class);
        silenceNativeStderr();
      }
      TensorFlow.version();
      return null;
    } catch (LinkageError | RuntimeException e) {
      return cache.notLoaded("TensorFlow", e);
    }
  }

  /** Does nothing where C's library is not known to keep the variables writable. */
  private static void silenceNativeStderr() {
    boolean isMac = Loader.getPlatform().startsWith("macosx");
    if (!isMac && Loader.addressof("gnu_get_libc_version") == null) {
      return;
    }
    Pointer stderr = Loader.addressof(isMac ? "__stderrp" : "stderr");
    Pointer stdin = Loader.addressof(isMac ? "__stdinp" : "stdin");
    if (stderr != null && stdin != null) {
      new PointerPointer<>(stderr).put(0, new PointerPointer<>(stdin).get(0));
    }
  }
}
