package org.pupil.images;

/**
 * A change of hue, saturation and contrast, as CSS has them: the matrices of {@code hue-rotate} and
 * {@code saturate} and the line of {@code contrast} in the W3C's <a
 * href="https://www.w3.org/TR/filter-effects-1/#ShorthandEquivalents">Filter Effects</a>, one after
 * the other. Results are clipped to 0 to 255 once, after all three.
 *
 * @param hue degrees by which the hues turn
 * @param saturation 0 makes a picture grey, 1 leaves it
 * @param contrast 0 makes all of a picture mid-grey, 1 leaves it
 */
public record ColourChange(float hue, float saturation, float contrast) {
  /** Nothing is changed, and nothing is clipped. */
  public static final ColourChange NONE = new ColourChange(0, 1, 1);

  private static final float BLACK = 0;
  private static final float WHITE = 255;
  private static final float MID_GREY = 127.5f;

  /** Shares of red, green and blue in the luminance. */
  private static final double[] LUMINANCE = {0.213, 0.715, 0.072};

  /** What the sine of the hue's angle is multiplied with, by result and source. */
  private static final double[][] SINE = {
    {-0.213, -0.715, 0.928}, {0.143, 0.140, -0.283}, {-0.787, 0.715, 0.072}
  };

  public ColourChange {
    if (!Float.isFinite(hue) || !isFactor(saturation) || !isFactor(contrast)) {
      throw new IllegalArgumentException(
          "hue must be finite, saturation and contrast at least 0, were %s, %s and %s"
              .formatted(hue, saturation, contrast));
    }
  }

  private static boolean isFactor(float value) {
    return value >= 0 && value <= Float.MAX_VALUE;
  }

  /**
   * Changes pixels.
   *
   * @param levels red, green and blue of pixel after pixel, of 0 to 255
   * @param from index of the first pixel's red
   * @param to index after the last pixel
   */
  void apply(float[] levels, int from, int to) {
    if (equals(NONE)) {
      return;
    }
    float[] m = matrix();
    float base = MID_GREY * (1 - contrast);
    for (int i = from; i < to; i += 3) {
      float red = levels[i];
      float green = levels[i + 1];
      float blue = levels[i + 2];
      levels[i] = clipped(m[0] * red + m[1] * green + m[2] * blue + base);
      levels[i + 1] = clipped(m[3] * red + m[4] * green + m[5] * blue + base);
      levels[i + 2] = clipped(m[6] * red + m[7] * green + m[8] * blue + base);
    }
  }

  private static float clipped(float level) {
    return Math.max(BLACK, Math.min(WHITE, level));
  }

  /** {@code contrast * saturate * hue-rotate}, [3, 3] row-major. */
  private float[] matrix() {
    double[][] turned = new double[3][3];
    double angle = Math.toRadians(hue);
    double sine = StrictMath.sin(angle);
    double cosine = StrictMath.cos(angle);
    for (int to = 0; to < 3; to++) {
      for (int of = 0; of < 3; of++) {
        double own = of == to ? 1 : 0;
        turned[to][of] = LUMINANCE[of] + cosine * (own - LUMINANCE[of]) + sine * SINE[to][of];
      }
    }
    float[] matrix = new float[9];
    for (int to = 0; to < 3; to++) {
      for (int of = 0; of < 3; of++) {
        double sum = 0;
        for (int via = 0; via < 3; via++) {
          double own = via == to ? 1 : 0;
          sum += (LUMINANCE[via] + saturation * (own - LUMINANCE[via])) * turned[via][of];
        }
        matrix[to * 3 + of] = (float) (contrast * sum);
      }
    }
    return matrix;
  }
}
