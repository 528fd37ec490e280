package org.pupil.background;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Something that is made in a thread of its own, while other work goes on. Safe for use by many
 * threads.
 */
public final class Background<T> {
  private final CompletableFuture<T> result;

  private Background(CompletableFuture<T> result) {
    this.result = result;
  }

  /**
   * Begins.
   *
   * @param name the thread's
   */
  public static <T> Background<T> begin(String name, Supplier<T> work) {
    return new Background<>(
        CompletableFuture.supplyAsync(
            work,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              thread.start();
            }));
  }

  /** What is there already. */
  public static <T> Background<T> done(T value) {
    return new Background<>(CompletableFuture.completedFuture(value));
  }

  /** Whether {@link #await} returns or throws at once. */
  public boolean isDone() {
    return result.isDone();
  }

  /**
   * Waits until it is made.
   *
   * @throws RuntimeException what the making threw; so too an {@link Error}
   */
  public T await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }
}
