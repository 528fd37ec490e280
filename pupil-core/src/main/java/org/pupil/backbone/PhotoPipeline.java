package org.pupil.backbone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pupil.images.ImageDecoder;
import org.pupil.images.UndecodableImageException;

/**
 * Sends many photos through decoder and network with every core busy.
 *
 * <p>One thread reads files ahead, a bounded number of bytes. Each of the other threads collects a
 * batch of its own: takes a photo, decodes it, and when the batch is full runs the network on it.
 * So decoding and network overlap without any hand-over of pixels between threads, no core waits
 * for another, and memory is bounded by one batch a thread.
 *
 * @param <T> what stands for a photo
 */
public final class PhotoPipeline<T> {
  /**
   * Images in one run of the network. A handful is as fast as many, since each core works alone,
   * and the activations still fit the processor's caches.
   */
  private static final int BATCH = 8;

  /**
   * Fewer images where they are so large that a thread's batch would have more floats than this.
   */
  private static final int MAX_BATCH_FLOATS = 16 << 20;

  /** Where the bytes of a photo come from. Called by the reading thread. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads the whole photo.
     *
     * @throws IOException if it cannot be read; the photo has then {@link Visitor#failed}
     */
    byte[] read(T photo) throws IOException;
  }

  /** What happens to each photo. Called by several threads at once. */
  public interface Visitor<T> {
    /**
     * Looks at a photo that was read.
     *
     * @return whether to decode it and run the network on it
     */
    default boolean wants(T photo, byte[] content) {
      return true;
    }

    /**
     * Receives a batch.
     *
     * @param photos 1 to {@value PhotoPipeline#BATCH} photos
     * @param vectors the network's outputs, [photos.size(), d] row-major
     */
    void computed(List<T> photos, float[] vectors);

    /**
     * Hears of a photo that cannot be read or decoded.
     *
     * @param reason a few words, such as {@code the file is empty}
     */
    void failed(T photo, String reason);
  }

  private final ImageDecoder decoder;
  private final PixelNetwork network;
  private final int threads;

  /**
   * A pipeline; it does not own the decoder and the network.
   *
   * @param threads how many photos are worked on at a time, at least 1: the number of cores
   * @throws IllegalArgumentException if decoder and network do not agree on the pixels
   */
  public PhotoPipeline(ImageDecoder decoder, PixelNetwork network, int threads) {
    if (!decoder.spec().equals(network.spec())) {
      throw new IllegalArgumentException(
          "the decoder makes " + decoder.spec() + ", the network wants " + network.spec());
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    this.decoder = decoder;
    this.network = network;
    this.threads = threads;
  }

  /**
   * Sends the photos through and returns when all are done.
   *
   * @throws RuntimeException one that the reader, the network or a visitor threw; the rest is then
   *     left undone, and nobody is called any more
   */
  public void run(List<T> photos, Reader<T> reader, Visitor<T> visitor) {
    ReadAhead<T> readAhead = new ReadAhead<>(photos, reader);
    ExecutorService executor = Executors.newCachedThreadPool(PhotoPipeline::daemon);
    try {
      Future<?> reading = executor.submit(readAhead);
      List<Future<?>> working = new ArrayList<>();
      for (int i = 0; i < Math.min(threads, photos.size()); i++) {
        working.add(executor.submit(() -> work(readAhead, visitor)));
      }
      await(working);
      reading.get();
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while computing", e);
    } finally {
      readAhead.cancel();
      executor.shutdownNow();
    }
  }

  /** Waits until all have ended, so that none uses what the caller closes after a failure. */
  private static void await(List<Future<?>> working)
      throws ExecutionException, InterruptedException {
    ExecutionException first = null;
    for (Future<?> work : working) {
      try {
        work.get();
      } catch (ExecutionException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "photo-pipeline");
    thread.setDaemon(true);
    return thread;
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(cause);
  }

  private void work(ReadAhead<T> readAhead, Visitor<T> visitor) {
    int floats = network.spec().floats();
    int batchSize = Math.max(1, Math.min(BATCH, MAX_BATCH_FLOATS / floats));
    float[] pixels = new float[batchSize * floats];
    List<T> batch = new ArrayList<>(batchSize);
    try {
      for (var next = readAhead.next(); next.isPresent(); next = readAhead.next()) {
        ReadAhead.Read<T> read = next.get();
        if (decode(read, visitor, pixels, batch.size() * floats)) {
          batch.add(read.photo());
        }
        if (batch.size() == batchSize) {
          visitor.computed(List.copyOf(batch), network.run(pixels, batchSize));
          batch.clear();
        }
      }
      if (!batch.isEmpty()) {
        visitor.computed(List.copyOf(batch), network.run(pixels, batch.size()));
      }
    } catch (Throwable e) {
      readAhead.cancel();
      throw e;
    }
  }

  private boolean decode(ReadAhead.Read<T> read, Visitor<T> visitor, float[] pixels, int offset) {
    if (read.failure() != null) {
      visitor.failed(read.photo(), read.failure());
      return false;
    }
    byte[] content = read.content();
    if (!visitor.wants(read.photo(), content)) {
      return false;
    }
    try {
      decoder.decode(content, pixels, offset);
      return true;
    } catch (UndecodableImageException e) {
      visitor.failed(read.photo(), e.getMessage());
      return false;
    }
  }
}
