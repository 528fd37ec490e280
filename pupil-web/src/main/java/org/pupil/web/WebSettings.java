package org.pupil.web;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where a server listens, and by which names it may be asked for.
 *
 * @param host name or address to listen at; empty for all addresses of this machine
 * @param port empty: the default port or the next free one; 0: any free one
 * @param defaultPort the first port that is tried where none is given
 * @param pathPrefix empty, or what all paths begin with: {@code /board}
 * @param hostNames names besides {@code localhost} and the loopback addresses by which it may be
 *     asked for; {@code *} for any, if it is open to others anyhow
 * @param unknownHost what is answered to a request that names another host
 */
public record WebSettings(
    String host,
    OptionalInt port,
    int defaultPort,
    String pathPrefix,
    List<String> hostNames,
    String unknownHost) {
  private static final Pattern PATH_PREFIX =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*");

  public WebSettings {
    hostNames = List.copyOf(hostNames);
    if (!isPathPrefix(pathPrefix)) {
      throw new IllegalArgumentException("no path prefix: " + pathPrefix);
    }
  }

  /**
   * Whether all paths can begin with it: it is empty, or has names with a slash before each, of
   * letters that mean nothing else in an address or in a route; {@code .} and {@code ..} are no
   * names, since browsers take them away.
   */
  public static boolean isPathPrefix(String text) {
    return PATH_PREFIX.matcher(text).matches();
  }
}
