package org.pupil.board.web;

import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pupil.board.log.EventLogs;

/** Tells open pages that there is something new, at most some times a second. */
final class ChangeStream {
  private static final long PAUSE_MILLIS = 200;

  /** Now and then something is sent anyhow, to notice that a page is gone. */
  private static final int PAUSES_BETWEEN_SIGNS_OF_LIFE = 75;

  private final EventLogs logs;
  private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();

  ChangeStream(EventLogs logs) {
    this.logs = logs;
    Thread thread = new Thread(this::tell, "change-stream");
    thread.setDaemon(true);
    thread.start();
  }

  void add(SseClient client) {
    client.keepAlive();
    client.onClose(() -> clients.remove(client));
    clients.add(client);
    send(client);
  }

  private void send(SseClient client) {
    client.sendEvent("change", Map.of("version", logs.version()));
  }

  private void tell() {
    long told = -1;
    try {
      for (int pauses = 0; ; pauses++) {
        Thread.sleep(PAUSE_MILLIS);
        long version = logs.version();
        if (version != told) {
          clients.forEach(this::send);
          told = version;
        } else if (pauses % PAUSES_BETWEEN_SIGNS_OF_LIFE == 0) {
          clients.forEach(client -> client.sendComment("still here"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
