package org.pupil.board.web;

import java.util.List;
import org.pupil.web.WebSettings;

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
  public SiteSettings {
    hostNames = List.copyOf(hostNames);
    if (!WebSettings.isPathPrefix(pathPrefix)) {
      throw new IllegalArgumentException("no path prefix: " + pathPrefix);
    }
  }
}
