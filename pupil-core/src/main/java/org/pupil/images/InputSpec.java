package org.pupil.images;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What pixels a backbone wants: a size, and how its numbers are scaled.
 *
 * <p>Every channel value {@code x} of 0 to 255 is fed as {@code (x - mean) / std}.
 *
 * @param height rows of the image, 1 to {@value #LARGEST_SIDE}
 * @param width columns of the image, 1 to {@value #LARGEST_SIDE}
 * @param mean value that becomes 0
 * @param std divisor, not 0
 */
public record InputSpec(int height, int width, float mean, float std) {
  /** More than any backbone takes; a file that says more is damaged. */
  public static final int LARGEST_SIDE = 4096;

  public InputSpec {
    if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "input size must be 1 x 1 to %d x %d, was %d x %d"
              .formatted(LARGEST_SIDE, LARGEST_SIDE, height, width));
    }
    if (!Float.isFinite(mean) || !Float.isFinite(std) || std == 0) {
      throw new IllegalArgumentException(
          "mean and std must be finite and std not 0, were " + mean + " and " + std);
    }
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
        && Float.compare(mean, that.mean) == 0
        && Float.compare(std, that.std) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(height, width, mean, std);
  }

  /** Number of floats in one image: {@code height * width * 3}. */
  public int floats() {
    return Math.multiplyExact(Math.multiplyExact(height, width), 3);
  }
}
