package org.pupil.natives;

/** The systems for which all native libraries that Pupil needs have builds. */
public final class SupportedSystems {
  private static final String NAMES =
      "Linux (x86-64, arm64), macOS (x86-64, arm64) and Windows (x86-64)";

  private SupportedSystems() {}

  /**
   * Says in one line that a library's build for this system is not among the program's jars.
   *
   * @param library whose it is
   * @param platform the system, as that library names it
   */
  public static String missing(String library, String platform) {
    return "this Pupil has no native library of %s for %s: Pupil runs on %s, and each needs the"
            .formatted(library, platform, NAMES)
        + " Pupil that was made for it";
  }
}
