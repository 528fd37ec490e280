package org.pupil.board;

import java.net.URI;
import java.time.Clock;
import org.pupil.board.log.EventLogs;
import org.pupil.board.server.BoardServer;

/** Event files, read and read again, and the server that shows them. */
public final class Board implements AutoCloseable {
  private final EventLogs logs;
  private final BoardServer server;
  private final LogFollower follower;

  private Board(EventLogs logs, BoardServer server, LogFollower follower) {
    this.logs = logs;
    this.server = server;
    this.follower = follower;
  }

  /**
   * Starts to read and to serve, and returns as soon as pages are served; the files may not have
   * been read by then.
   *
   * @param clock tells how long ago a training run's last event was
   * @throws org.pupil.errors.PupilException (unavailable) if the port is taken or the host is not
   *     this machine
   */
  public static Board open(BoardSettings settings, Clock clock) {
    EventLogs logs = new EventLogs(settings.roots(), settings.limits(), clock);
    LogFollower follower = new LogFollower(logs::look, settings.reloadInterval());
    follower.start();
    try {
      BoardServer server =
          BoardServer.start(
              logs, settings.host(), settings.port(), settings.site(), settings.samples(), clock);
      return new Board(logs, server, follower);
    } catch (RuntimeException e) {
      follower.close();
      logs.close();
      throw e;
    }
  }

  /** Where it is served, with the port that was found: {@code http://localhost:6006/}. */
  public URI address() {
    return server.address();
  }

  /** Ends serving and reading. */
  @Override
  public void close() {
    server.close();
    follower.close();
    logs.close();
  }
}
