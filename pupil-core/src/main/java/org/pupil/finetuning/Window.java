package org.pupil.finetuning;

/**
 * What a convolution looks at for each place of its output.
 *
 * @param height rows of the filter
 * @param width columns of the filter
 * @param strideY rows from one place to the next
 * @param strideX columns from one place to the next
 * @param top rows of zeros above the map
 * @param left columns of zeros before it
 * @param bottom rows of zeros below it
 * @param right columns of zeros behind it
 */
record Window(
    int height, int width, int strideY, int strideX, int top, int left, int bottom, int right) {
  /** One place, without its neighbours. */
  static final Window OF_ONE_PLACE = new Window(1, 1, 1, 1, 0, 0, 0, 0);

  Window {
    boolean sizes = height >= 1 && width >= 1 && strideY >= 1 && strideX >= 1;
    if (!sizes || Math.min(Math.min(top, left), Math.min(bottom, right)) < 0) {
      throw new IllegalArgumentException("no such window");
    }
  }

  /** Places of the filter. */
  int places() {
    return height * width;
  }

  /** The size of what a convolution makes of a map, with so many channels. */
  MapShape output(MapShape map, int channels) {
    return new MapShape(
        (map.height() + top + bottom - height) / strideY + 1,
        (map.width() + left + right - width) / strideX + 1,
        channels);
  }

  /**
   * What TensorFlow calls its zeros for a map: {@code SAME} or {@code VALID}.
   *
   * @throws NotTrainableException if it has no name for them
   */
  String paddingName(MapShape map) {
    if (top == 0 && left == 0 && bottom == 0 && right == 0) {
      return "VALID";
    }
    int rows = Math.max((ceiling(map.height(), strideY) - 1) * strideY + height - map.height(), 0);
    int columns = Math.max((ceiling(map.width(), strideX) - 1) * strideX + width - map.width(), 0);
    boolean same = top == rows / 2 && bottom == rows - top;
    if (same && left == columns / 2 && right == columns - left) {
      return "SAME";
    }
    throw new NotTrainableException("Conv with zeros around the map", this.toString());
  }

  private static int ceiling(int length, int stride) {
    return (length + stride - 1) / stride;
  }
}
