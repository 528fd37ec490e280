package org.pupil.web;

import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Tells open pages that there is something new, at most some times a second. */
public final class ChangeStream {
  private static final long PAUSE_MILLIS = 200;

  /** Now and then something is sent anyhow, to notice that a page is gone. */
  private static final int PAUSES_BETWEEN_SIGNS_OF_LIFE = 75;

  private final LongSupplier version;
  private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();

  /**
   * @param version a number that changes whenever something is new; open pages get it
   */
  public ChangeStream(LongSupplier version) {
    this.version = version;
    Thread thread = new Thread(this::tell, "change-stream");
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins to tell a page, and tells it the version at once. */
  public void add(SseClient client) {
    client.keepAlive();
    client.onClose(() -> clients.remove(client));
    clients.add(client);
    send(client);
  }

  private void send(SseClient client) {
    client.sendEvent("change", Map.of("version", version.getAsLong()));
  }

  private void tell() {
    long told = -1;
    try {
      for (int pauses = 0; ; pauses++) {
        Thread.sleep(PAUSE_MILLIS);
        long now = version.getAsLong();
        if (now != told) {
          clients.forEach(this::send);
          told = now;
        } else if (pauses % PAUSES_BETWEEN_SIGNS_OF_LIFE == 0) {
          clients.forEach(client -> client.sendComment("still here"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
