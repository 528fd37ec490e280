package org.pupil.similarity;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.pupil.background.Workers;
import org.pupil.images.ThumbnailMaker;
import org.pupil.images.ThumbnailReader;

/**
 * What a picture looks like from afar, in 63 bits: near for pictures that differ in size, in how
 * they were compressed, a little in brightness or contrast, or in a narrow border that was cut off.
 * It is pHash (C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions",
 * 2010): of the brightness's cosine transform the 8 x 8 lowest frequencies without the mean, and
 * for each whether it is above their median.
 *
 * <p>The hash of the mirrored picture is known too, since mirroring only changes the sign of each
 * second column of the transform.
 *
 * <p>All this is about brightness. So that a red light is not taken for a green one, the mean
 * colour is there beside it.
 *
 * @param bits the hash; bit {@code 8 v + u} is that of frequency v down and u across, bit 0 is 0
 * @param mirrored the hash of the picture with left and right exchanged
 * @param blueness mean of the channel Cb of JFIF, 0 to 255; 128 is grey
 * @param redness mean of the channel Cr, likewise
 */
public record PerceptualHash(long bits, long mirrored, float blueness, float redness) {
  /** Two pictures that have nothing to do with each other differ in about half of the bits. */
  public static final int BITS = 63;

  /** To be raised whenever the hash of a picture becomes another one: old ones are kept on disk. */
  private static final byte VERSION = 1;

  private static final int FREQUENCIES = 8;
  private static final int SIDE = ThumbnailMaker.SIDE;

  /** Thumbnails that a thread takes at a time. */
  private static final int CHUNK = 64;

  private static final float[][] WAVES = waves();

  private static float[][] waves() {
    float[][] waves = new float[FREQUENCIES][SIDE];
    for (int u = 0; u < FREQUENCIES; u++) {
      for (int x = 0; x < SIDE; x++) {
        waves[u][x] = (float) Math.cos(Math.PI * u * (x + 0.5) / SIDE);
      }
    }
    return waves;
  }

  /**
   * Hashes a thumbnail.
   *
   * @param channels as {@link ThumbnailReader#channels} gives them
   */
  public static PerceptualHash of(float[][] channels) {
    float[] brightness = channels[0];
    if (brightness.length != SIDE * SIDE) {
      throw new IllegalArgumentException(
          "a thumbnail has " + SIDE * SIDE + " pixels, not " + brightness.length);
    }
    float[] transform = transform(brightness);
    float[] turned = transform.clone();
    for (int i = 1; i < turned.length; i += 2) {
      turned[i] = -turned[i];
    }
    return new PerceptualHash(
        aboveMedian(transform), aboveMedian(turned), mean(channels[1]), mean(channels[2]));
  }

  /** The hash as bytes, which begin with the version of how it is worked out. */
  byte[] toBytes() {
    return ByteBuffer.allocate(1 + 2 * Long.BYTES + 2 * Float.BYTES)
        .put(VERSION)
        .putLong(bits)
        .putLong(mirrored)
        .putFloat(blueness)
        .putFloat(redness)
        .array();
  }

  /** What {@link #toBytes} wrote; empty for other bytes, and for a hash of another version. */
  static Optional<PerceptualHash> read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length != 1 + 2 * Long.BYTES + 2 * Float.BYTES || buffer.get() != VERSION) {
      return Optional.empty();
    }
    return Optional.of(
        new PerceptualHash(
            buffer.getLong(), buffer.getLong(), buffer.getFloat(), buffer.getFloat()));
  }

  /**
   * Hashes the thumbnails of photos.
   *
   * @param thumbnails as the cache of bottlenecks has them
   * @param threads how many cores to keep busy, at least 1
   * @return for each its hash; empty where there is no thumbnail, or a damaged one
   */
  public static List<Optional<PerceptualHash>> ofThumbnails(List<byte[]> thumbnails, int threads) {
    Map<Integer, PerceptualHash> found = new ConcurrentHashMap<>();
    try (Workers workers = new Workers("pupil-hashes", threads)) {
      workers.run(
          (thumbnails.size() + CHUNK - 1) / CHUNK,
          chunk -> {
            int end = Math.min(thumbnails.size(), (chunk + 1) * CHUNK);
            try (ThumbnailReader reader = new ThumbnailReader()) {
              for (int i = chunk * CHUNK; i < end; i++) {
                int place = i;
                reader
                    .channels(thumbnails.get(i))
                    .ifPresent(channels -> found.put(place, of(channels)));
              }
            }
          });
    }
    return IntStream.range(0, thumbnails.size())
        .mapToObj(i -> Optional.ofNullable(found.get(i)))
        .toList();
  }

  /** The lowest frequencies of the cosine transform (DCT-II), without its factors. */
  private static float[] transform(float[] brightness) {
    float[] transform = new float[FREQUENCIES * FREQUENCIES];
    float[] across = new float[FREQUENCIES];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < FREQUENCIES; u++) {
        float sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += WAVES[u][x] * brightness[y * SIDE + x];
        }
        across[u] = sum;
      }
      for (int v = 0; v < FREQUENCIES; v++) {
        for (int u = 0; u < FREQUENCIES; u++) {
          transform[v * FREQUENCIES + u] += WAVES[v][y] * across[u];
        }
      }
    }
    return transform;
  }

  private static float mean(float[] levels) {
    float sum = 0;
    for (float level : levels) {
      sum += level;
    }
    return sum / levels.length;
  }

  private static long aboveMedian(float[] transform) {
    float[] sorted = Arrays.copyOfRange(transform, 1, transform.length);
    Arrays.sort(sorted);
    float median = sorted[sorted.length / 2];
    long bits = 0;
    for (int i = 1; i < transform.length; i++) {
      if (transform[i] > median) {
        bits |= 1L << i;
      }
    }
    return bits;
  }

  /**
   * How many bits differ, 0 to {@value #BITS}, between this picture and another or its mirrored
   * one, whichever is less. The same from either side.
   */
  public int distance(PerceptualHash other) {
    int straight = Long.bitCount(bits ^ other.bits);
    int turned =
        Math.min(Long.bitCount(bits ^ other.mirrored), Long.bitCount(mirrored ^ other.bits));
    return Math.min(straight, turned);
  }
}
