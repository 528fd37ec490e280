package org.pupil.background;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries things from one thread to another that is its own, in order. There are only so many
 * trays: each is filled, carried, emptied and filled again, so a sender that is faster than the
 * receiver waits for it, and what lies in between is bounded.
 *
 * <p>The receiver gets what has come together within some milliseconds at once: to wake a thread
 * for each of thousands of things a second would take longer than what is done with them. For one
 * sender.
 *
 * @param <T> a tray
 */
public final class Conveyor<T> implements AutoCloseable {
  private static final long PAUSE_MILLIS = 5;
  private static final long PAUSE_NANOS = PAUSE_MILLIS * 1_000_000;

  private final Consumer<List<T>> receiver;
  private final int plenty;
  private final Thread thread;

  // All below: guarded by this.
  private final Deque<T> empty;
  private List<T> sent = new ArrayList<>();
  private long sentInAll;
  private long received;
  private boolean hurry;
  private boolean ended;
  private @Nullable Throwable failure;
  private boolean failureIsTold;

  /**
   * Begins.
   *
   * @param name the thread's
   * @param trays two or more
   * @param receiver empties full ones, in the order in which they were sent. What it throws is
   *     thrown to the sender, and it is not called again
   */
  public Conveyor(String name, List<T> trays, Consumer<List<T>> receiver) {
    if (trays.size() < 2) {
      throw new IllegalArgumentException("one tray is filled while another is emptied");
    }
    this.receiver = receiver;
    this.plenty = trays.size() / 2;
    this.empty = new ArrayDeque<>(trays);
    this.thread = new Thread(this::receive, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * An empty tray; waits until there is one. An interrupt does not end the waiting, and is kept.
   *
   * @throws RuntimeException what the receiver threw; so too an {@link Error}
   */
  public synchronized T tray() {
    awaitUntil(() -> !empty.isEmpty());
    return empty.pop();
  }

  /** Sends a tray that came from {@link #tray}. */
  public synchronized void send(T tray) {
    sent.add(tray);
    sentInAll++;
    if (sent.size() == 1 || sent.size() == plenty) {
      notifyAll();
    }
  }

  /**
   * Waits until all that was sent before is received. May be called by any thread.
   *
   * @throws RuntimeException what the receiver threw; so too an {@link Error}
   */
  public synchronized void settle() {
    long all = sentInAll;
    hurry = true;
    notifyAll();
    awaitUntil(() -> received >= all);
    hurry = false;
  }

  /**
   * Ends the thread, when all that was sent is received or the receiver has failed.
   *
   * @throws RuntimeException what the receiver threw, if nothing else has thrown it; so too an
   *     {@link Error}
   */
  @Override
  public synchronized void close() {
    try {
      if (!failureIsTold) {
        settle();
      }
    } finally {
      ended = true;
      notifyAll();
    }
  }

  private interface Condition {
    boolean holds();
  }

  private synchronized void awaitUntil(Condition condition) {
    boolean interrupted = false;
    while (failure == null && !condition.holds()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    failureIsTold = failure != null;
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException fault) {
      throw fault;
    }
  }

  private void receive() {
    try {
      for (List<T> full = next(); !full.isEmpty(); full = next()) {
        receiver.accept(full);
        giveBack(full);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    } catch (InterruptedException e) {
      fail(new IllegalStateException("nobody interrupts this thread", e));
    }
  }

  /** What was sent; nothing once it has ended. */
  private synchronized List<T> next() throws InterruptedException {
    while (sent.isEmpty() && !ended) {
      wait();
    }
    long from = System.nanoTime();
    while (sent.size() < plenty && !hurry && !ended && System.nanoTime() - from < PAUSE_NANOS) {
      wait(PAUSE_MILLIS);
    }
    List<T> full = sent;
    sent = new ArrayList<>();
    return full;
  }

  private synchronized void giveBack(List<T> trays) {
    trays.forEach(empty::push); // the last ones first: they are still in the processor's cache
    received += trays.size();
    notifyAll();
  }

  private synchronized void fail(Throwable what) {
    failure = what;
    notifyAll();
  }
}
