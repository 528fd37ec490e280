package org.pupil.backbone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads from a stream that may fall silent: after too long a silence the stream is closed. */
final class StallGuard implements AutoCloseable {
  private final InputStream in;
  private final Duration patience;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "download-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration patience) {
    this.in = in;
    this.patience = patience;
  }

  /**
   * @return number of bytes read; -1 at the end
   * @throws IOException when the stream breaks or is silent for too long
   */
  int read(byte[] buffer) throws IOException {
    ScheduledFuture<?> alarm =
        watch.schedule(this::cut, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      int read = in.read(buffer);
      if (read < 0 && stalled) {
        throw silence(null);
      }
      return read;
    } catch (IOException e) {
      if (stalled) {
        throw silence(e);
      }
      throw new IOException("the connection was cut", e);
    } finally {
      alarm.cancel(false);
    }
  }

  private IOException silence(@Nullable IOException cause) {
    return new IOException("the server sent nothing for " + patience.toSeconds() + " s", cause);
  }

  private void cut() {
    stalled = true;
    try {
      in.close();
    } catch (IOException e) {
      // The reader is told by its own exception; there is nobody else to tell.
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
