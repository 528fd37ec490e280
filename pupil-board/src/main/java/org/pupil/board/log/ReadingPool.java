package org.pupil.board.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read. Runs have their turns, so that a large one does not hold up the others.
 */
final class ReadingPool implements AutoCloseable {
  private static final int SECONDS_TO_END = 2;

  private static final System.Logger LOGGER = System.getLogger(ReadingPool.class.getName());

  private final ExecutorService executor;
  private final Set<RunReader> working = ConcurrentHashMap.newKeySet();
  private final Object idle = new Object();

  ReadingPool(int threads) {
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "event-log-reader");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Reads all that is new of a run, unless it is being read already.
   *
   * @param onProgress called when something was read
   * @param onEnd called when all was
   */
  void read(RunReader reader, Runnable onProgress, Runnable onEnd) {
    if (working.add(reader)) {
      submit(reader, onProgress, onEnd);
    }
  }

  private void submit(RunReader reader, Runnable onProgress, Runnable onEnd) {
    try {
      executor.execute(() -> turn(reader, onProgress, onEnd));
    } catch (RejectedExecutionException e) {
      end(reader); // the board was closed
    }
  }

  private void turn(RunReader reader, Runnable onProgress, Runnable onEnd) {
    boolean hasMore = false;
    try {
      hasMore = reader.read(onProgress);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOGGER.log(System.Logger.Level.ERROR, "A fault while reading event files; it goes on", e);
    } finally {
      if (hasMore) {
        submit(reader, onProgress, onEnd);
      } else {
        if (!executor.isShutdown()) {
          onEnd.run();
        }
        end(reader);
      }
    }
  }

  private void end(RunReader reader) {
    working.remove(reader);
    synchronized (idle) {
      idle.notifyAll();
    }
  }

  /** Waits until nothing is left to read. */
  void awaitIdle() throws InterruptedException {
    synchronized (idle) {
      while (!working.isEmpty()) {
        idle.wait();
      }
    }
  }

  /** Ends reading, and waits a little until it has ended. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    working.clear();
    synchronized (idle) {
      idle.notifyAll();
    }
  }
}
