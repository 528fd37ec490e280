package org.pupil.board.web;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the pages are like.
 *
 * @param pathPrefix empty, or what all paths begin with: {@code /board}
 * @param windowTitle what the browser shows as the window's title; may be empty
 * @param version of the program, such as {@code 0.1.0}
 * @param hostNames names besides {@code localhost} and the loopback addresses by which this board
 *     may be asked for; {@code *} for any, if it is open to others anyhow
 */
public record SiteSettings(
    String pathPrefix, String windowTitle, String version, List<String> hostNames) {
  private static final Pattern PATH_PREFIX =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*");

  public SiteSettings {
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
