package org.pupil.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pupil.files.Sha256;

/**
 * Threads that hash and write small files while another one reads on. What waits for them is
 * bounded. For one thread that gives them work.
 */
final class FileWriters implements AutoCloseable {
  /** A larger file is written piece by piece by whoever reads it. */
  static final int LARGEST = 4 << 20;

  private static final int MOST_THREADS = 4;
  private static final int UNIT = 4096;
  private static final int UNITS_WAITING = (32 << 20) / UNIT;

  /** The bytes of a file. */
  interface Content {
    byte[] bytes() throws IOException;
  }

  private final Semaphore room = new Semaphore(UNITS_WAITING);
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())),
          task -> {
            Thread thread = new Thread(task, "file-writer");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Writes a new file, at some time before {@link #finish} returns.
   *
   * @param bytes about how many there are, at most {@link #LARGEST}
   * @param content is called by one of the threads
   * @return its SHA-256 as hexadecimal digits
   * @throws IOException that of an earlier file
   */
  CompletableFuture<String> write(Path file, long bytes, Content content) throws IOException {
    throwFailure();
    int units = 1 + (int) Math.min(bytes, LARGEST) / UNIT;
    room.acquireUninterruptibly(units);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            byte[] all = content.bytes();
            write(file, all);
            return Sha256.of(all);
          } catch (IOException e) {
            failure.compareAndSet(null, e);
            throw new CompletionException(e);
          } catch (UncheckedIOException e) {
            failure.compareAndSet(null, e.getCause());
            throw e;
          } finally {
            room.release(units);
          }
        },
        threads);
  }

  private static void write(Path file, byte[] all) throws TargetException {
    try {
      Files.write(file, all, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  private void throwFailure() throws IOException {
    IOException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  /**
   * Waits until all is written.
   *
   * @throws IOException if something could not be
   */
  void finish() throws IOException {
    room.acquireUninterruptibly(UNITS_WAITING);
    room.release(UNITS_WAITING);
    throwFailure();
  }

  /** Ends the threads, once they have done what they have begun. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
