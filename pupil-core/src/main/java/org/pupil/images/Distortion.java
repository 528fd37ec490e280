package org.pupil.images;

/**
 * What happens to one photo: it is stretched to a size, a window of the input size is cut out,
 * perhaps mirrored, and its values of 0 to 255 are multiplied, without clipping. Drawn by {@link
 * Distortions#draw}.
 *
 * @param height rows of the stretched image, at least those of the input
 * @param width its columns, at least those of the input
 * @param top first row of the window
 * @param left first column of the window
 * @param mirrored whether left and right are exchanged
 * @param brightness what every value is multiplied with, at least 0
 */
public record Distortion(
    int height, int width, int top, int left, boolean mirrored, float brightness) {
  public Distortion {
    if (height < 1 || width < 1 || top < 0 || left < 0) {
      throw new IllegalArgumentException(
          "a window at row %d and column %d of %d x %d".formatted(top, left, height, width));
    }
    if (!(brightness >= 0 && brightness <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "brightness must be finite and at least 0, was " + brightness);
    }
  }

  /** What happens to a photo that is only stretched. */
  static Distortion none(InputSpec spec) {
    return new Distortion(spec.height(), spec.width(), 0, 0, false, 1);
  }

  /** True if a window of the input size lies inside the stretched image. */
  boolean fits(InputSpec spec) {
    return (long) top + spec.height() <= height && (long) left + spec.width() <= width;
  }
}
