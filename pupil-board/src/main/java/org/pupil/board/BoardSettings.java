package org.pupil.board;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.SiteSettings;

/**
 * What a board shows and where.
 *
 * @param roots the folders whose event files are read
 * @param limits how much of them is kept
 * @param reloadInterval pause between two looks for new data; zero: look once only
 * @param host name or address to listen at, such as {@code localhost}; empty for all addresses of
 *     this machine
 * @param port the port; empty: 6006, or the next free one after it; 0: any free one
 * @param site what the pages are like
 * @param samples how many points of a kind a route gives at most
 */
public record BoardSettings(
    List<LogRoot> roots,
    LogLimits limits,
    Duration reloadInterval,
    String host,
    OptionalInt port,
    SiteSettings site,
    SampleLimits samples) {
  /** Half a second. */
  public static final Duration DEFAULT_RELOAD_INTERVAL = Duration.ofMillis(500);

  /** Others cannot reach it there. */
  public static final String DEFAULT_HOST = "localhost";

  public BoardSettings {
    roots = List.copyOf(roots);
    if (reloadInterval.isNegative()) {
      throw new IllegalArgumentException("reloadInterval must not be negative");
    }
  }
}
