package org.pupil;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Ends a training run early. Safe for use by any thread; one control serves for one run.
 *
 * <pre>{@code
 * TeachingControl control = new TeachingControl();
 * cancelButton.onClick(control::cancel);
 * Pupil.teaching(Path.of("photos")).control(control).run();
 * }</pre>
 */
public final class TeachingControl {
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private volatile boolean enough;

  /**
   * Cancels the run: {@link Teaching#run} throws {@link CancellationException} within a second,
   * whatever it is doing. There is no half file. Bottlenecks that were computed stay in the cache,
   * so another run goes on from there. Before the run begins, this keeps it from beginning; after
   * its end it does nothing.
   */
  public void cancel() {
    cancelled.complete(null);
  }

  /**
   * Ends the training after the step that is under way and keeps what was learned so far: {@link
   * Teaching#run} judges and returns that classifier. A run that has not come to its steps yet
   * makes one. With {@link org.pupil.training.Optimizer#AUTO}, which searches before its first
   * step, the search ends too, with the best that it has found.
   */
  public void finishNow() {
    enough = true;
  }

  /** Whether {@link #cancel} was called. */
  public boolean isCancelled() {
    return cancelled.isDone();
  }

  boolean isEnough() {
    return enough;
  }

  /** Is done once the run is cancelled. */
  CompletableFuture<Void> cancellation() {
    return cancelled;
  }

  void check() {
    if (isCancelled()) {
      throw new CancellationException("the training run was cancelled");
    }
  }
}
