package org.pupil.pictures;

/**
 * Colours from nothing to the most: from black by violet and orange to pale yellow. Each is
 * brighter than those before it, so that the order can be seen without colours too (the scale
 * {@code inferno} of Stéfan van der Walt and Nathaniel Smith, 2015, at six places).
 */
final class HeatScale {
  private static final int[] ANCHORS = {0x000004, 0x420A68, 0x932667, 0xDD513A, 0xFCA50A, 0xFCFFA4};

  private HeatScale() {}

  /**
   * The colour of a share.
   *
   * @param share 0 to 1; what is below or above counts as 0 or 1
   * @return 0xRRGGBB
   */
  static int rgb(double share) {
    double at = Math.max(0, Math.min(1, share)) * (ANCHORS.length - 1);
    int below = Math.min(ANCHORS.length - 2, (int) at);
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = ANCHORS[below] >> shift & 0xFF;
      int to = ANCHORS[below + 1] >> shift & 0xFF;
      rgb |= (int) (from + (to - from) * (at - below) + 0.5) << shift;
    }
    return rgb;
  }
}
