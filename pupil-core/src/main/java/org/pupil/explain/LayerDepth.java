package org.pupil.explain;

/** How far up in a network a layer is, and what filters there usually respond to. */
enum LayerDepth {
  FIRST("edges and colours"),
  EARLY("corners and stripes"),
  MIDDLE("textures and patterns"),
  LATE("parts of things"),
  LAST("things");

  private final String finds;

  LayerDepth(String finds) {
    this.finds = finds;
  }

  /** In a few words, what filters at this depth respond to. */
  String finds() {
    return finds;
  }

  /**
   * The depth of a layer.
   *
   * @param convolution its number, from 1
   * @param convolutions how many there are
   */
  static LayerDepth of(int convolution, int convolutions, boolean isFirst) {
    if (isFirst) {
      return FIRST;
    }
    double depth = (double) convolution / convolutions;
    if (depth < 0.25) {
      return EARLY;
    }
    if (depth < 0.5) {
      return MIDDLE;
    }
    return depth < 0.9 ? LATE : LAST;
  }
}
