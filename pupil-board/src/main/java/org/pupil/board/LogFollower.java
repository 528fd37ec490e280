package org.pupil.board;

import java.time.Duration;

/** The thread that looks for new events again and again, whatever happens in one look. */
final class LogFollower implements AutoCloseable {
  /** At most this share of the time is spent looking, however many files there are, */
  private static final double MOST_OF_TIME = 0.2;

  /** but so often it is looked in any case. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final System.Logger LOGGER = System.getLogger(LogFollower.class.getName());

  /** Looks for what is new, and begins to read it. */
  @FunctionalInterface
  interface Look {
    /** Returns how long the look took, without the reading. */
    Duration look();
  }

  private final Look look;
  private final Duration interval;
  private final Thread thread = new Thread(this::follow, "event-log-follower");
  private String told = "";

  /**
   * @param interval pause between two looks, longer if looking takes long; zero: look once only
   */
  LogFollower(Look look, Duration interval) {
    this.look = look;
    this.interval = interval;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void follow() {
    try {
      do {
        Thread.sleep(pauseAfter(lookOnce()).toMillis());
      } while (!interval.isZero());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** The next look may well succeed: a folder comes back, memory is freed. */
  private Duration lookOnce() {
    try {
      return look.look();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      if (!told.equals(e.toString())) {
        told = e.toString();
        LOGGER.log(System.Logger.Level.ERROR, "A look for new data failed; it goes on", e);
      }
      return Duration.ZERO;
    }
  }

  /** What was read does not count: after a long load there is all the more that is new. */
  Duration pauseAfter(Duration took) {
    long share = (long) (took.toMillis() / MOST_OF_TIME);
    return Duration.ofMillis(
        Math.max(interval.toMillis(), Math.min(share, LONGEST_PAUSE.toMillis())));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
