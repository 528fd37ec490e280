package org.pupil.board;

import java.time.Duration;
import org.pupil.board.log.EventLogs;

/** The thread that looks for new events again and again. */
final class LogFollower implements AutoCloseable {
  /** At most this share of the time is spent looking, however many files there are. */
  private static final double MOST_OF_TIME = 0.2;

  private final EventLogs logs;
  private final Duration interval;
  private final Thread thread = new Thread(this::follow, "event-log-follower");

  /**
   * @param interval pause between two looks, longer if looking takes long; zero: look once only
   */
  LogFollower(EventLogs logs, Duration interval) {
    this.logs = logs;
    this.interval = interval;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void follow() {
    try {
      do {
        long begin = System.nanoTime();
        logs.reload();
        long tookMillis = (System.nanoTime() - begin) / 1_000_000;
        Thread.sleep(Math.max(interval.toMillis(), (long) (tookMillis / MOST_OF_TIME)));
      } while (!interval.isZero());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
