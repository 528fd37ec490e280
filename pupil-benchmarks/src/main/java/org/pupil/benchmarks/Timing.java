package org.pupil.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes times. */
final class Timing {
  /** Work that may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Work on one of many things. */
  @FunctionalInterface
  interface WorkOn {
    void run(int index) throws Exception;
  }

  private Timing() {}

  /** Seconds that the work takes. */
  static double seconds(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  /** The median of several times, of which the first is not counted. */
  static double medianSeconds(int runs, Work work) throws Exception {
    work.run();
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      times.add(seconds(work));
    }
    return median(times);
  }

  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /** Things done a second, when all threads take the next thing until none is left. */
  static double perSecond(int threads, int things, WorkOn work) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      double seconds =
          seconds(
              () -> {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                  running.add(executor.submit(() -> takeAll(next, things, work)));
                }
                for (Future<?> future : running) {
                  await(future);
                }
              });
      return things / seconds;
    } finally {
      executor.shutdown();
    }
  }

  private static Void takeAll(AtomicInteger next, int things, WorkOn work) throws Exception {
    for (int i = next.getAndIncrement(); i < things; i = next.getAndIncrement()) {
      work.run(i);
    }
    return null;
  }

  private static void await(Future<?> future) throws Exception {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a benchmark's thread failed", e.getCause());
    }
  }
}
