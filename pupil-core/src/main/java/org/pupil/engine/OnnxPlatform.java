package org.pupil.engine;

import java.util.Locale;

/**
 * A system, as ONNX Runtime's jar names the folder of its libraries: {@code linux-x64}, {@code
 * linux-aarch64}, {@code osx-x64}, {@code osx-aarch64} and {@code win-x64}. Others have none there.
 *
 * @param folder the name
 */
record OnnxPlatform(String folder) {

  static OnnxPlatform ofProcess() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /**
   * From Java's names for a system.
   *
   * @param system {@code os.name}, such as {@code Linux}, {@code Mac OS X}, {@code Windows 11}
   * @param machine {@code os.arch}, such as {@code amd64}, {@code x86_64}, {@code aarch64}
   */
  static OnnxPlatform of(String system, String machine) {
    String lower = system.toLowerCase(Locale.ROOT);
    String family =
        lower.startsWith("windows")
            ? "win"
            : lower.startsWith("mac") || lower.startsWith("darwin")
                ? "osx"
                : lower.replaceAll("[^a-z0-9]", "");
    return new OnnxPlatform(family + "-" + processor(machine.toLowerCase(Locale.ROOT)));
  }

  private static String processor(String machine) {
    return switch (machine) {
      case "amd64", "x86_64", "x64" -> "x64";
      case "aarch64", "arm64" -> "aarch64";
      default -> machine;
    };
  }
}
