package org.pupil.network;

import java.util.function.Supplier;
import org.pupil.background.Background;

/**
 * A network that another thread is opening, so that photos can be decoded meanwhile. Owns the
 * network. Safe for use by many threads.
 */
public final class OpeningNetwork implements AutoCloseable {
  private final Background<Network> network;

  private OpeningNetwork(Background<Network> network) {
    this.network = network;
  }

  /**
   * Begins to open a network, and to run it on a black image: the first run is the one in which an
   * engine makes itself ready.
   *
   * @param opening opens it; what it throws is thrown by {@link #await}
   */
  public static OpeningNetwork begin(Supplier<Network> opening) {
    return new OpeningNetwork(Background.begin("network", () -> prepared(opening.get())));
  }

  /** A network that is open already. */
  static OpeningNetwork opened(Network network) {
    return new OpeningNetwork(Background.done(network));
  }

  private static Network prepared(Network network) {
    try {
      network.run(new float[network.input().floats()], 1);
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
  Network await() {
    return network.await();
  }

  /** Waits until the network is open and closes it. If the opening failed this does nothing. */
  @Override
  public void close() {
    Network opened;
    try {
      opened = network.await();
    } catch (RuntimeException | Error e) {
      return; // there is nothing to close, and whoever awaited the network was told
    }
    opened.close();
  }
}
