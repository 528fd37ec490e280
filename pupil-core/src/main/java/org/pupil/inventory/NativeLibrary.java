package org.pupil.inventory;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.images.ImageDecoder;

/**
 * A native library that Pupil needs, and whether it loads here.
 *
 * @param name what it is called
 * @param purpose what Pupil does with it
 * @param version its version; empty if it does not load
 * @param failure why it does not load, and what to do; empty if it does
 */
public record NativeLibrary(
    String name, String purpose, Optional<String> version, Optional<String> failure) {

  /** All that Pupil needs. They are loaded, which also unpacks them. */
  public static List<NativeLibrary> all() {
    return List.of(
        load("ONNX Runtime", "runs networks", Engines::onnxRuntimeVersion),
        load(
            "Leptonica",
            "decodes photos",
            () -> ImageDecoder.libraryVersion().replace("leptonica-", "")),
        load("SQLite", "keeps bottlenecks", BottleneckCache::sqliteVersion));
  }

  static NativeLibrary load(String name, String purpose, Supplier<String> version) {
    try {
      return new NativeLibrary(name, purpose, Optional.of(version.get()), Optional.empty());
    } catch (PupilException e) {
      return new NativeLibrary(name, purpose, Optional.empty(), Optional.of(e.getMessage()));
    }
  }
}
