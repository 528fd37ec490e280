package org.pupil.images;

/**
 * Turns an image about the middle of a window and cuts the window out. Between pixels it is
 * bilinear; beyond its edges the image goes on mirrored, so that a turn leaves no black corners.
 *
 * <pre>
 * y, x   = place in the window less its middle ((height - 1) / 2, (width - 1) / 2)
 * row    = top  + middle + x * sin(angle) + y * cos(angle)
 * column = left + middle + x * cos(angle) - y * sin(angle)
 * </pre>
 */
final class Rotation {
  private final float[] image;
  private final int height;
  private final int width;

  /**
   * @param image levels, [height, width, 3] row-major
   */
  Rotation(float[] image, int height, int width) {
    this.image = image;
    this.height = height;
    this.width = width;
  }

  /**
   * Writes a window.
   *
   * @param distortion its place in this image, its angle, and whether it is mirrored after that
   * @param spec its size
   * @param to receives levels, [height, width, 3] row-major, from {@code offset} on
   */
  void write(Distortion distortion, InputSpec spec, float[] to, int offset) {
    double angle = Math.toRadians(distortion.rotation());
    double sine = StrictMath.sin(angle);
    double cosine = StrictMath.cos(angle);
    double middleRow = (spec.height() - 1) / 2.0;
    double middleColumn = (spec.width() - 1) / 2.0;
    int next = offset;
    for (int row = 0; row < spec.height(); row++) {
      double y = row - middleRow;
      for (int column = 0; column < spec.width(); column++, next += 3) {
        double x = (distortion.mirrored() ? spec.width() - 1 - column : column) - middleColumn;
        mix(
            mirrored(distortion.top() + middleRow + x * sine + y * cosine, height),
            mirrored(distortion.left() + middleColumn + x * cosine - y * sine, width),
            to,
            next);
      }
    }
  }

  /** A place on an axis whose pixels go on in mirrored order at both ends. */
  static double mirrored(double place, int pixels) {
    int last = pixels - 1;
    if (last == 0) {
      return 0;
    }
    double within = Math.abs(place) % (2.0 * last);
    return within > last ? 2.0 * last - within : within;
  }

  private void mix(double row, double column, float[] to, int next) {
    int top = (int) row;
    int left = (int) column;
    int bottom = Math.min(top + 1, height - 1);
    int right = Math.min(left + 1, width - 1);
    float down = (float) (row - top);
    float along = (float) (column - left);
    for (int channel = 0; channel < 3; channel++) {
      float above = mix(at(top, left, channel), at(top, right, channel), along);
      float below = mix(at(bottom, left, channel), at(bottom, right, channel), along);
      to[next + channel] = mix(above, below, down);
    }
  }

  private float at(int row, int column, int channel) {
    return image[(row * width + column) * 3 + channel];
  }

  private static float mix(float from, float to, float part) {
    return from + (to - from) * part;
  }
}
