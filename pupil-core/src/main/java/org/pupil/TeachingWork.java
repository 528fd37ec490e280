package org.pupil;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A training run in a thread of its own, so that its caller can leave at once. The thread is not
 * interrupted: that would spoil a native library that is just being unpacked for the whole process.
 * It looks whether it is cancelled wherever it reports. Where that takes longer, as with a folder
 * on a dead network drive, it is left to itself: it does what it has in hand and ends.
 */
final class TeachingWork {
  /** How long a cancelled run may take to end properly. */
  private static final long PATIENCE_MILLIS = 500;

  private TeachingWork() {}

  /**
   * Does the work and waits for it.
   *
   * @throws CancellationException if the run is cancelled, or the calling thread is interrupted; it
   *     then stays marked as interrupted
   * @throws RuntimeException what the work threw; so too an {@link Error}
   */
  static <T> T await(TeachingControl control, Supplier<T> work) {
    control.check();
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(result, work), "pupil-training");
    thread.setDaemon(true);
    thread.start();
    try {
      CompletableFuture.anyOf(settled(result), control.cancellation()).get();
    } catch (InterruptedException e) {
      control.cancel();
      leave(result);
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither of the two fails", e);
    }
    if (control.isCancelled()) {
      leave(result);
    }
    control.check();
    return value(result);
  }

  private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
    try {
      result.complete(work.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /** Is done when the other is, and never fails. */
  private static CompletableFuture<Void> settled(CompletableFuture<?> result) {
    return result.handle((value, failure) -> null);
  }

  /** Gives the work the time to end properly. */
  private static void leave(CompletableFuture<?> result) {
    try {
      settled(result).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      return; // it ends by itself
    }
  }

  private static <T> T value(CompletableFuture<T> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException("it is there already", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
