package org.pupil.images;

/**
 * What happens to one photo, in this order: it is stretched to a size, turned about the middle of a
 * window of the input size, which is cut out, and mirrored; its colours are changed; its values of
 * 0 to 255 are multiplied, without clipping; a rectangle is erased. Drawn by {@link
 * Distortions#draw}.
 *
 * @param height rows of the stretched image, at least those of the input
 * @param width its columns, at least those of the input
 * @param top first row of the window
 * @param left first column of the window
 * @param mirrored whether left and right are exchanged
 * @param brightness what every value is multiplied with, at least 0
 * @param rotation degrees by which what is in the window turns counterclockwise, -180 to 180
 * @param colour what happens to the colours
 * @param erasure what is erased of the window
 */
public record Distortion(
    int height,
    int width,
    int top,
    int left,
    boolean mirrored,
    float brightness,
    float rotation,
    ColourChange colour,
    Erasure erasure) {
  private static final int HALF_TURN = 180;

  public Distortion {
    if (height < 1 || width < 1 || top < 0 || left < 0) {
      throw new IllegalArgumentException(
          "a window at row %d and column %d of %d x %d".formatted(top, left, height, width));
    }
    if (!(brightness >= 0 && brightness <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "brightness must be finite and at least 0, was " + brightness);
    }
    if (!(Math.abs(rotation) <= HALF_TURN)) {
      throw new IllegalArgumentException("rotation must be -180 to 180, was " + rotation);
    }
  }

  /** One of the kinds that the original scripts know. */
  public Distortion(int height, int width, int top, int left, boolean mirrored, float brightness) {
    this(height, width, top, left, mirrored, brightness, 0, ColourChange.NONE, Erasure.NONE);
  }

  /** What happens to a photo that is only stretched. */
  static Distortion none(InputSpec spec) {
    return new Distortion(spec.height(), spec.width(), 0, 0, false, 1);
  }

  /** True if a window of the input size lies inside the stretched image. */
  boolean fits(InputSpec spec) {
    return (long) top + spec.height() <= height
        && (long) left + spec.width() <= width
        && erasure.fits(spec);
  }

  /**
   * Changes the values of the window, which has its place and its direction already.
   *
   * @param levels values of 0 to 255, [height, width, 3] of the input from {@code offset} on
   */
  void change(float[] levels, int offset, InputSpec spec) {
    colour.apply(levels, offset, offset + spec.floats());
    for (int i = offset; i < offset + spec.floats(); i++) {
      levels[i] *= brightness;
    }
    erasure.apply(levels, offset, spec);
  }
}
