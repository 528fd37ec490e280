package org.pupil.background;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A few threads, one of them the caller's, that do numbered tasks. */
public final class Workers implements AutoCloseable {
  private final int threads;
  private final Runnable beforeTasks;
  private final ExecutorService helpers;

  /**
   * Workers who begin at once.
   *
   * @param name of the threads
   * @param threads at least 1, the caller's included
   */
  public Workers(String name, int threads) {
    this(name, threads, () -> {});
  }

  /**
   * Workers who wait for something before they begin.
   *
   * @param name of the threads
   * @param threads at least 1, the caller's included
   * @param beforeTasks is run, by any thread, whenever tasks are to be done; what it throws is
   *     thrown as by a task
   */
  public Workers(String name, int threads, Runnable beforeTasks) {
    this.threads = threads;
    this.beforeTasks = beforeTasks;
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  public int threads() {
    return threads;
  }

  /**
   * Does the tasks 0 to count - 1, in any order and many at once, and returns when all are done. An
   * exception of a task is thrown again, wrapped by {@link CompletableFuture} if it came from a
   * helper.
   */
  public void run(int count, IntConsumer task) {
    beforeTasks.run();
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            task.accept(i);
          }
        };
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, count); i++) {
      running.add(CompletableFuture.runAsync(work, helpers));
    }
    try {
      work.run();
    } finally {
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
