package org.pupil.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;

/** Loads TensorFlow in a thread of its own, without holding up what goes on beside it. */
final class NativePreload {
  private NativePreload() {}

  /** Begins. Harmless if it fails: whoever needs TensorFlow is told what is wrong. */
  static void begin() {
    Thread loader = new Thread(NativePreload::load, "tensorflow-loader");
    loader.setDaemon(true);
    // It may fail because the process is ending just then, which is nobody's trouble.
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.start();
  }

  private static void load() {
    linkNativeMethods();
    NativeLibrary.begin();
  }

  /**
   * Has native methods called that other threads call soon. The virtual machine looks up such a
   * method at its first call, and while the system loads a library nobody can look up anything: who
   * reads a model meanwhile would wait until all of TensorFlow is there.
   */
  private static void linkNativeMethods() {
    LogManager.getLogManager(); // of protocol buffers
    Path some = Path.of(System.getProperty("java.home", ""), "release");
    try (InputStream in = Files.newInputStream(some)) {
      in.readNBytes(new byte[1], 0, 1);
    } catch (IOException e) {
      return; // what was called until then is linked
    }
  }
}
