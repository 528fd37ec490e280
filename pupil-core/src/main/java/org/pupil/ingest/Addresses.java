package org.pupil.ingest;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Addresses that photo sets are downloaded from. */
final class Addresses {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");

  private Addresses() {}

  /** Whether a text is meant as an address. */
  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /**
   * Checks that something can be downloaded from an address.
   *
   * @throws IllegalArgumentException with a message for a person, if not
   */
  static void check(URI address) {
    if (address.getScheme() == null
        || !SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT))
        || address.getHost() == null) {
      throw new IllegalArgumentException(
          "an address must begin with http:// or https:// and a server, was " + address);
    }
  }

  /** What a file from there is called: the last part of the path that names one. */
  static String fileName(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isEmpty() ? "download" : TargetNames.safe(last);
  }
}
