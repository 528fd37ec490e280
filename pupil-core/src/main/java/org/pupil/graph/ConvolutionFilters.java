package org.pupil.graph;

/**
 * The filters of a network's first convolution: small windows of weights for red, green and blue,
 * which the network slides over the image. Immutable.
 */
public final class ConvolutionFilters {
  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  /** More numbers than the first layer of any network for photos has. */
  private static final long MOST_WEIGHTS = 1 << 22;

  private final int height;
  private final int width;
  private final int count;
  private final float[] weights;

  /**
   * @param height of a filter in pixels, at least 1
   * @param width of a filter in pixels, at least 1
   * @param count how many filters there are, at least 1
   * @param weights [height, width, 3, count] row-major; a copy is made
   */
  public ConvolutionFilters(int height, int width, int count, float[] weights) {
    if (height < 1 || width < 1 || count < 1) {
      throw new IllegalArgumentException("%d filters of %d x %d".formatted(count, height, width));
    }
    if ((long) height * width * CHANNELS * count != weights.length) {
      throw new IllegalArgumentException(
          "%d weights for %d filters of %d x %d".formatted(weights.length, count, height, width));
    }
    this.height = height;
    this.width = width;
    this.count = count;
    this.weights = weights.clone();
  }

  /** Whether a file may have weights of this shape for a first convolution. */
  public static boolean isUsual(long[] shape) {
    long size = 1;
    for (long length : shape) {
      if (length < 1 || length > MOST_WEIGHTS) {
        return false;
      }
      size *= length;
      if (size > MOST_WEIGHTS) {
        return false;
      }
    }
    return true;
  }

  /** Height of a filter in pixels. */
  public int height() {
    return height;
  }

  /** Width of a filter in pixels. */
  public int width() {
    return width;
  }

  /** How many filters there are: the channels of the map that they make. */
  public int count() {
    return count;
  }

  /**
   * A weight.
   *
   * @param channel 0 for red, 1 for green, 2 for blue
   * @param filter 0 to {@link #count} - 1
   */
  public float weight(int row, int column, int channel, int filter) {
    return weights[((row * width + column) * CHANNELS + channel) * count + filter];
  }
}
