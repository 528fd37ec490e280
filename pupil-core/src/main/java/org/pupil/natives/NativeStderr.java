package org.pupil.natives;

import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Keeps native libraries quiet that write to C's {@code stderr} on their own: libjpeg and libpng
 * about damaged photos, TensorFlow about itself.
 *
 * <p>{@code stderr} is an ordinary variable (glibc manual, "Standard Streams"). It is pointed at
 * C's {@code stdin}, a stream that takes no output, so that every write through it fails and is
 * forgotten. What Java and the virtual machine print, and what they read, does not pass through
 * these variables. Whoever sets {@value #LOG_LEVEL} to less than 3 hears everything.
 */
public final class NativeStderr {
  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final Set<String> TALKING_LEVELS = Set.of("0", "1", "2");

  private NativeStderr() {}

  /**
   * Silences it, for all native libraries of the process. Does nothing where C's library is not
   * known to keep the variables writable: elsewhere than on Linux with glibc and macOS.
   */
  public static void silence() {
    if (TALKING_LEVELS.contains(System.getenv().getOrDefault(LOG_LEVEL, ""))) {
      return;
    }
    Loader.load(org.bytedeco.javacpp.presets.javacpp.class);
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
