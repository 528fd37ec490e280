package org.pupil.backbone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A network that another thread is opening, so that photos can be decoded meanwhile. Owns the
 * network. Safe for use by many threads.
 */
public final class OpeningNetwork implements AutoCloseable {
  private final CompletableFuture<PixelNetwork> network;

  private OpeningNetwork(CompletableFuture<PixelNetwork> network) {
    this.network = network;
  }

  /**
   * Begins to open a network, and to {@linkplain PixelNetwork#prepare prepare} it.
   *
   * @param opening opens it; what it throws is thrown by {@link #await}
   */
  public static OpeningNetwork begin(Supplier<PixelNetwork> opening) {
    return new OpeningNetwork(CompletableFuture.supplyAsync(() -> prepared(opening.get())));
  }

  /** A network that is open already. */
  static OpeningNetwork opened(PixelNetwork network) {
    return new OpeningNetwork(CompletableFuture.completedFuture(network));
  }

  private static PixelNetwork prepared(PixelNetwork network) {
    try {
      network.prepare();
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** Whether {@link #await} returns or throws at once. */
  boolean isDone() {
    return network.isDone();
  }

  /**
   * Waits until the network is open.
   *
   * @throws RuntimeException what the opening threw; so too an {@link Error}
   */
  PixelNetwork await() {
    try {
      return network.join();
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

  /** Waits until the network is open and closes it. If the opening failed this does nothing. */
  @Override
  public void close() {
    try {
      network.join().close();
    } catch (CompletionException e) {
      // There is nothing to close, and whoever awaited the network was told.
    }
  }
}
