package org.pupil.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.UndecodableImageException;

/** One run of a {@link PhotoPipeline}: its threads, and the first thing that goes wrong in one. */
final class PipelineRun<T> {
  /** Full batches of all threads wait for the network with so many floats together, or one each. */
  private static final int MAX_WAITING_FLOATS = 16 << 20;

  private final PhotoPipeline<T> pipeline;
  private final ReadAhead<T> readAhead;
  private final PhotoPipeline.Visitor<T> visitor;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean cancelled;

  PipelineRun(PhotoPipeline<T> pipeline, ReadAhead<T> readAhead, PhotoPipeline.Visitor<T> visitor) {
    this.pipeline = pipeline;
    this.readAhead = readAhead;
    this.visitor = visitor;
  }

  /**
   * Does all of it, as {@link PhotoPipeline#run} says.
   *
   * @param workers how many threads decode and run the network
   */
  void run(int workers) {
    Thread reading = start("photo-reader", readAhead::readAll);
    List<Thread> working = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      working.add(start("photo-worker-" + i, () -> new Worker().work()));
    }
    boolean interrupted = awaitEnd(working);
    // A reader that hangs in a dead network drive would never end: it is left to itself.
    reading.interrupt();
    throwFailure();
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while computing");
    }
  }

  private Thread start(String name, Runnable task) {
    Thread thread = new Thread(() -> runOrFail(task), name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void runOrFail(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      Throwable first = failure.compareAndExchange(null, e);
      if (first != null && first != e) {
        first.addSuppressed(e);
      }
      cancel();
    }
  }

  private void cancel() {
    cancelled = true;
    readAhead.cancel();
  }

  /** Returns whether this thread was interrupted meanwhile. */
  private boolean awaitEnd(List<Thread> working) {
    boolean interrupted = false;
    for (Thread thread : working) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          cancel();
        }
      }
    }
    return interrupted;
  }

  private void throwFailure() {
    Throwable first = failure.get();
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
    if (first != null) {
      // Other languages of the JVM throw checked exceptions where Java has none declared.
      throw new IllegalStateException(first);
    }
  }

  private boolean decode(ReadAhead.Read<T> read, float[] pixels, int offset) {
    if (read.failure() != null) {
      visitor.failed(read.photo(), read.failure());
      return false;
    }
    byte[] content = read.content();
    if (!visitor.wants(read.photo(), content)) {
      return false;
    }
    try {
      pipeline.images().make(read.photo(), content, pixels, offset);
    } catch (UndecodableImageException e) {
      visitor.failed(read.photo(), e.getMessage());
      return false;
    }
    visitor.decoded(read.photo(), pixels, offset);
    return true;
  }

  /** What one of the threads does. */
  private final class Worker {
    private final int floats = pipeline.input().floats();
    private final int batchSize = PhotoPipeline.mostImages(pipeline.input());
    private final int mostWaiting =
        Math.max(1, MAX_WAITING_FLOATS / (batchSize * floats) / pipeline.threads());
    private final Deque<Batch<T>> waiting = new ArrayDeque<>();
    private Batch<T> batch = new Batch<>(batchSize * floats);

    void work() {
      for (var next = readAhead.next(); next.isPresent(); next = readAhead.next()) {
        take(next.get());
      }
      waiting.add(batch);
      if (!cancelled) {
        computeWaiting();
      }
    }

    private void take(ReadAhead.Read<T> read) {
      try {
        int count = pipeline.images().count(read.photo());
        if (batch.photos.size() + count > batchSize) {
          passOn();
        }
        if (decode(read, batch.pixels, batch.photos.size() * floats)) {
          batch.photos.addAll(Collections.nCopies(count, read.photo()));
        }
      } finally {
        readAhead.release(read);
      }
      if (batch.photos.size() == batchSize) {
        passOn();
      }
    }

    /** Ends with an empty batch in hand. */
    private void passOn() {
      waiting.add(batch);
      if (pipeline.isNetworkOpen() || waiting.size() == mostWaiting) {
        computeWaiting();
      } else {
        batch = new Batch<>(batchSize * floats);
      }
    }

    /** Ends with an empty batch in hand. */
    private void computeWaiting() {
      while (!waiting.isEmpty()) {
        batch = waiting.remove();
        if (!batch.photos.isEmpty()) {
          NetworkResult result = pipeline.network().run(batch.pixels, batch.photos.size());
          visitor.computed(List.copyOf(batch.photos), result);
          batch.photos.clear();
        }
      }
    }
  }

  /** Photos and their pixels, one image after the other. */
  private static final class Batch<T> {
    final List<T> photos = new ArrayList<>();
    final float[] pixels;

    Batch(int floats) {
      this.pixels = new float[floats];
    }
  }
}
