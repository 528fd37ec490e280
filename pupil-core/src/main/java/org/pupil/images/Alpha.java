package org.pupil.images;

/** What becomes of an image's transparency. */
public enum Alpha {
  /**
   * The image lies on white, as people see it: of a channel {@code c} and an alpha {@code a} of 0
   * to 255 becomes {@code (c * a + 255 * (255 - a)) / 255}, rounded to the nearest.
   */
  WHITE,

  /** Alpha is ignored, as TensorFlow and the original scripts do: what is invisible is seen. */
  DROP;

  private static final int WHITE_LEVEL = 255;
  private static final int ROUNDING = 127;

  /** The level that a channel has, for one of 0 to 255 with an alpha of 0 to 255. */
  int seen(int channel, int alpha) {
    return this == DROP || alpha == WHITE_LEVEL
        ? channel
        : (channel * alpha + WHITE_LEVEL * (WHITE_LEVEL - alpha) + ROUNDING) / WHITE_LEVEL;
  }

  /** Does it to a row of pixels {@code 0xRRGGBBAA}. */
  void apply(int[] row) {
    if (this == DROP) {
      return;
    }
    for (int i = 0; i < row.length; i++) {
      int opacity = row[i] & 0xFF;
      if (opacity != WHITE_LEVEL) {
        row[i] =
            seen(row[i] >>> 24, opacity) << 24
                | seen(row[i] >>> 16 & 0xFF, opacity) << 16
                | seen(row[i] >>> 8 & 0xFF, opacity) << 8
                | WHITE_LEVEL;
      }
    }
  }
}
