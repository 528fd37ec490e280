package org.pupil.network;

import java.io.IOException;
import java.util.List;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.images.ImageDecoder;
import org.pupil.images.InputSpec;

/**
 * Sends many photos through decoder and network with every core busy.
 *
 * <p>One thread reads files ahead, a bounded number of bytes. Each of the other threads collects a
 * batch of its own: takes a photo, decodes it, and when the batch is full runs the network on it.
 * So decoding and network overlap without any hand-over of pixels between threads, no core waits
 * for another, and memory is bounded by one batch a thread. Only while the network is still being
 * opened are there more: full batches wait for it.
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
     * @throws IOException if it cannot be read, or is too large; the photo has then {@link
     *     Visitor#failed}
     */
    byte[] read(T photo) throws IOException;
  }

  /** How photos become images. Called by several threads at once. */
  public interface Images<T> {
    /**
     * How many images are made of a photo.
     *
     * @return 1 to {@link PhotoPipeline#mostImages}
     */
    int count(T photo);

    /**
     * Makes them.
     *
     * @param content what was read
     * @param pixels receives the images, one after the other, from {@code offset} on
     * @throws UndecodableImageException if that cannot be; the photo has then {@link
     *     Visitor#failed}
     */
    void make(T photo, byte[] content, float[] pixels, int offset) throws UndecodableImageException;
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
     * Looks at a photo that was decoded.
     *
     * @param pixels its images as {@link ImageDecoder} gives them, from {@code offset} on; good for
     *     the time of this call
     */
    default void decoded(T photo, float[] pixels, int offset) {}

    /**
     * Receives a batch.
     *
     * @param photos 1 to {@value PhotoPipeline#BATCH} photos; each comes as often in a row as it
     *     has images
     * @param result the network's outputs, whose first axis has the photos in this order
     */
    void computed(List<T> photos, NetworkResult result);

    /**
     * Hears of a photo that cannot be read or decoded.
     *
     * @param reason a few words, such as {@code the file is empty}
     */
    void failed(T photo, String reason);
  }

  private final InputSpec input;
  private final Images<T> images;
  private final OpeningNetwork network;
  private final int threads;

  /**
   * A pipeline; it does not own the decoder and the network.
   *
   * @param threads how many photos are worked on at a time, at least 1: the number of cores
   * @throws IllegalArgumentException if decoder and network do not agree on the pixels
   */
  public PhotoPipeline(ImageDecoder decoder, Network network, int threads) {
    this(decoder, OpeningNetwork.opened(network), threads);
    checkAgreement(network);
  }

  /** One image of each photo, as it is. */
  private record Plain<T>(ImageDecoder decoder) implements Images<T> {
    @Override
    public int count(T photo) {
      return 1;
    }

    @Override
    public void make(T photo, byte[] content, float[] pixels, int offset)
        throws UndecodableImageException {
      decoder.decode(content, pixels, offset);
    }
  }

  /**
   * A pipeline that decodes while its network is still being opened. If that fails, or the network
   * does not agree with the decoder on the pixels, then {@link #run} throws it.
   *
   * @param threads how many photos are worked on at a time, at least 1: the number of cores
   */
  public PhotoPipeline(ImageDecoder decoder, OpeningNetwork network, int threads) {
    this(decoder.spec(), new Plain<>(decoder), network, threads);
  }

  /**
   * A pipeline of photos that are several images each.
   *
   * @param input what pixels the images are made of
   * @param images makes them
   * @param threads how many photos are worked on at a time, at least 1: the number of cores
   */
  public PhotoPipeline(InputSpec input, Images<T> images, OpeningNetwork network, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    this.input = input;
    this.images = images;
    this.network = network;
    this.threads = threads;
  }

  /** How many images a photo may have at most, as many as go through the network in one run. */
  public static int mostImages(InputSpec input) {
    return Math.max(1, Math.min(BATCH, MAX_BATCH_FLOATS / input.floats()));
  }

  /** The pixels that images are made of. */
  InputSpec input() {
    return input;
  }

  /** How photos become images. */
  Images<T> images() {
    return images;
  }

  /** How many photos are worked on at a time. */
  int threads() {
    return threads;
  }

  /** Whether there need be no waiting for the network. */
  boolean isNetworkOpen() {
    return network.isDone();
  }

  /** The network, once it is open; fails if it wants other pixels. */
  Network network() {
    return checkAgreement(network.await());
  }

  private Network checkAgreement(Network opened) {
    if (!input.equals(opened.input())) {
      throw new IllegalArgumentException(
          "the decoder makes " + input + ", the network wants " + opened.input());
    }
    return opened;
  }

  /**
   * Sends the photos through and returns when all are done.
   *
   * <p>If a visitor throws, or the calling thread is interrupted, the rest is left undone; batches
   * that are computed at that moment are still delivered. Once this method has ended, in whatever
   * way, the visitor is not called any more and decoder and network are not used any more.
   *
   * @throws RuntimeException the first that a visitor or the reader threw, with those that came
   *     after it as suppressed ones; so too an {@link Error}
   * @throws IllegalStateException if the thread is interrupted; it stays marked as interrupted
   */
  public void run(List<T> photos, Reader<T> reader, Visitor<T> visitor) {
    new PipelineRun<>(this, new ReadAhead<>(photos, reader), visitor)
        .run(Math.min(threads, photos.size()));
  }
}
