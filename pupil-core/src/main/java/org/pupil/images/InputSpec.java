package org.pupil.images;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What pixels a backbone wants: a size, and how its numbers are scaled.
 *
 * <p>Every channel value {@code x} of 0 to 255 is fed as {@code (x - mean) / std}, with the mean
 * and std of its channel.
 *
 * @param height rows of the image, 1 to {@value #LARGEST_SIDE}
 * @param width columns of the image, 1 to {@value #LARGEST_SIDE}
 * @param mean values that become 0
 * @param std divisors, none of them 0
 */
public record InputSpec(int height, int width, PerChannel mean, PerChannel std) {
  /** More than any backbone takes; a file that says more is damaged. */
  public static final int LARGEST_SIDE = 4096;

  public InputSpec {
    if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "input size must be 1 x 1 to %d x %d, was %d x %d"
              .formatted(LARGEST_SIDE, LARGEST_SIDE, height, width));
    }
    if (!mean.isFinite() || !std.isFinite() || std.has(0)) {
      throw new IllegalArgumentException(
          "mean and std must be finite and std not 0, were " + mean + " and " + std);
    }
  }

  /** One mean and one std for all channels. */
  public InputSpec(int height, int width, float mean, float std) {
    this(height, width, PerChannel.of(mean), PerChannel.of(std));
  }

  /**
   * The same as a record has anyway, but by plain code: the generated one spins classes when it is
   * first called, which labelling one photo would wait for.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InputSpec that
        && height == that.height
        && width == that.width
        && mean.equals(that.mean)
        && std.equals(that.std);
  }

  @Override
  public int hashCode() {
    return Objects.hash(height, width, mean, std);
  }

  /**
   * Scales an image.
   *
   * @param pixels channel values of 0 to 255, of which {@link #floats} from {@code offset} on are
   *     scaled
   */
  public void scale(float[] pixels, int offset) {
    int end = offset + floats();
    if (mean.isUniform() && std.isUniform()) {
      float subtrahend = mean.red();
      float factor = 1 / std.red();
      for (int i = offset; i < end; i++) {
        pixels[i] = (pixels[i] - subtrahend) * factor;
      }
      return;
    }
    float[] subtrahends = mean.all();
    float[] divisors = std.all();
    for (int channel = 0; channel < divisors.length; channel++) {
      float factor = 1 / divisors[channel];
      for (int i = offset + channel; i < end; i += divisors.length) {
        pixels[i] = (pixels[i] - subtrahends[channel]) * factor;
      }
    }
  }

  /** Number of floats in one image: {@code height * width * 3}. */
  public int floats() {
    return Math.multiplyExact(Math.multiplyExact(height, width), 3);
  }
}
