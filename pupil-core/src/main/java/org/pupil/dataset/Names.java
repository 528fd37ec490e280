package org.pupil.dataset;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

/** How names of files and folders are read: compared, passed over and counted. */
public final class Names {
  /** What systems and programs leave among photos, in lower case. */
  private static final Set<String> LEFT_BY_SYSTEMS =
      Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir");

  /**
   * The order of Python's {@code sorted}: by code point. {@link String#compareTo} has the pairs
   * above U+FFFF before U+E000 instead.
   */
  public static final Comparator<String> BY_CODE_POINT = Names::compareCodePoints;

  private Names() {}

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xInPair = Character.isSurrogate(x);
        boolean yInPair = Character.isSurrogate(y);
        return xInPair == yInPair ? Character.compare(x, y) : Boolean.compare(xInPair, yInPair);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /**
   * The name in Unicode's form NFC. Programs on macOS write names decomposed where those on Linux
   * write them composed: without this one folder would be split in two ways on the two.
   */
  public static String nfc(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** Whether a file or folder of this name is never looked at. */
  public static boolean isPassedOver(String name) {
    return name.startsWith(".") || LEFT_BY_SYSTEMS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The last part of the path, empty for a root. */
  public static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  /** {@code 1 photo}, {@code 12 photos}. */
  public static String count(int n, String thing) {
    return n + " " + thing + (n == 1 ? "" : "s");
  }
}
