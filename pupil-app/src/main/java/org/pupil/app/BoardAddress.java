package org.pupil.app;

import java.util.regex.Pattern;
import org.pupil.errors.PupilException;
import org.pupil.web.WebSettings;

/** The flags that become parts of the board's address: what they may be, said in one line. */
final class BoardAddress {
  /** Names, IPv4, and IPv6 with or without brackets and a zone. */
  private static final Pattern HOST =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9._-]*|(?:\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]"
              + "|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:%[A-Za-z0-9._-]+)?");

  private static final Pattern IPV6_OR_NAME = Pattern.compile("[^:]*|.*:.*:.*");

  private BoardAddress() {}

  /**
   * What the paths of all pages begin with: empty, or {@code /a/b}.
   *
   * @param flag as it was typed; one slash at the end does not count
   */
  static String pathPrefix(String flag) {
    String prefix = flag.endsWith("/") ? flag.substring(0, flag.length() - 1) : flag;
    if (!prefix.isEmpty() && !prefix.startsWith("/")) {
      throw PupilException.usage("--path_prefix must begin with a slash, was " + flag);
    }
    if (!WebSettings.isPathPrefix(prefix)) {
      throw PupilException.usage(
          "--path_prefix may have names of letters, digits and - . _ ~ with one slash before each,"
              + " such as /board/a, was "
              + flag);
    }
    return prefix;
  }

  /** A name or an address of this machine, without brackets. */
  static String host(String flag) {
    if (!HOST.matcher(flag).matches() || !IPV6_OR_NAME.matcher(flag).matches()) {
      throw PupilException.usage(
          "--host takes a name or an address of this machine without a port, such as localhost,"
              + " 192.168.1.5 or ::1, was "
              + (flag.isEmpty() ? "nothing; --bind_all listens at all addresses" : flag));
    }
    return flag.replaceAll("[\\[\\]]", "");
  }
}
