package org.pupil.tensorflow;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.tensorflow.TensorFlow;

/**
 * Loads TensorFlow's native library once, with its chatter off.
 *
 * <p>{@value #LOG_LEVEL} silences only some of it: the lines that go through the library's built-in
 * copy of Abseil's log know no variable and no function. All of it is written to C's {@code
 * stderr}, which is an ordinary variable (glibc manual, "Standard Streams"), so it is pointed at
 * the null device. What Java and the virtual machine print does not pass through that variable.
 * Whoever sets {@value #LOG_LEVEL} to less than 3 hears everything.
 */
final class NativeLibrary {
  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final String QUIET = "3";

  /**
   * Why the library does not load, or null. Found out when the class is initialised: once for each
   * process, in whichever thread is first.
   */
  private static final @Nullable String FAILURE = tryToLoad();

  private NativeLibrary() {}

  /**
   * Returns when the library is loaded.
   *
   * @throws PupilException (unavailable) if it cannot be
   */
  static void load() {
    if (FAILURE != null) {
      throw PupilException.unavailable(
          "TensorFlow's native library does not load ("
              + FAILURE
              + "): Pupil runs on Linux (x86-64, arm64) and macOS (arm64)");
    }
  }

  /** Returns when the library is loaded, or cannot be: then {@link #load} says so. */
  static void begin() {
    // that this class is initialised is all
  }

  private static @Nullable String tryToLoad() {
    try {
      if (System.getenv().getOrDefault(LOG_LEVEL, QUIET).equals(QUIET)) {
        silenceNativeStderr();
      }
      TensorFlow.version();
      return null;
    } catch (LinkageError e) {
      return e.toString();
    }
  }

  private static void silenceNativeStderr() {
    Pointer nullDevice =
        Function.getFunction("c", "fopen").invokePointer(new Object[] {"/dev/null", "w"});
    if (nullDevice != null) {
      com.sun.jna.NativeLibrary.getProcess()
          .getGlobalVariableAddress(Platform.isMac() ? "__stderrp" : "stderr")
          .setPointer(0, nullDevice);
    }
  }
}
