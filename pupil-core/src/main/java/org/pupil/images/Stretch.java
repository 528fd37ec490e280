package org.pupil.images;

/**
 * Stretches images to a size, bilinearly with the legacy coordinates of TensorFlow's {@code
 * ResizeBilinear}: the first pixel of the result is the first of the image, and the n-th lies at
 * {@code n * (size of the image / size of the result)}. In float32, in the same order of
 * operations, so that the numbers are TensorFlow's to the last bit.
 *
 * <p>Turning an image upright and cutting a window out of it happen on the way: only pixels that
 * are needed are looked at.
 */
final class Stretch {
  private static final int RED = 24;
  private static final int GREEN = 16;
  private static final int BLUE = 8;

  private final Steps rows;
  private final Steps columns;
  private final boolean transposed;

  /**
   * Between which two pixels of an axis each place of the result lies, and how near to the second.
   */
  private static final class Steps {
    final int[] first;
    final int[] second;
    final float[] weight;

    /**
     * Steps along an axis.
     *
     * @param pixels of the image
     * @param size of the whole result
     * @param from first place of the result that is wanted
     * @param wanted how many places are
     * @param reversed whether the image is stored from its end to its beginning
     * @param mirrored whether the last place that is wanted comes first
     */
    Steps(int pixels, int size, int from, int wanted, boolean reversed, boolean mirrored) {
      first = new int[wanted];
      second = new int[wanted];
      weight = new float[wanted];
      float scale = pixels / (float) size;
      for (int i = 0; i < wanted; i++) {
        int place = from + (mirrored ? wanted - 1 - i : i);
        float at = place * scale;
        int below = (int) at;
        int above = Math.min(below + 1, pixels - 1);
        weight[i] = at - below;
        first[i] = reversed ? pixels - 1 - below : below;
        second[i] = reversed ? pixels - 1 - above : above;
      }
    }

    int count() {
      return first.length;
    }
  }

  private Stretch(Steps rows, Steps columns, boolean transposed) {
    this.rows = rows;
    this.columns = columns;
    this.transposed = transposed;
  }

  /**
   * A stretch of an image that is turned upright first.
   *
   * @param window the size of the whole result, and what is cut out of it
   * @param spec the size of what is cut out
   */
  static Stretch of(StoredImage image, Orientation orientation, Distortion window, InputSpec spec) {
    boolean transposed = orientation.transposed;
    int height = transposed ? image.width() : image.height();
    int width = transposed ? image.height() : image.width();
    return new Stretch(
        new Steps(
            height, window.height(), window.top(), spec.height(), orientation.rowsReversed, false),
        new Steps(
            width,
            window.width(),
            window.left(),
            spec.width(),
            orientation.columnsReversed,
            window.mirrored()),
        transposed);
  }

  /**
   * Writes the stretched image.
   *
   * @param to receives levels of 0 to 255, [rows, columns, 3] row-major, from {@code offset} on
   */
  void write(StoredImage image, Alpha alpha, float[] to, int offset) {
    Rows stored = new Rows(image, alpha);
    if (transposed) {
      for (int column = 0; column < columns.count(); column++) {
        int[] left = stored.row(columns.first[column], columns.second[column]);
        int[] right = stored.row(columns.second[column], columns.first[column]);
        writeColumn(left, right, columns.weight[column], to, offset + column * 3);
      }
      return;
    }
    for (int row = 0; row < rows.count(); row++) {
      int[] top = stored.row(rows.first[row], rows.second[row]);
      int[] bottom = stored.row(rows.second[row], rows.first[row]);
      writeRow(top, bottom, rows.weight[row], to, offset + row * columns.count() * 3);
    }
  }

  private void writeRow(int[] top, int[] bottom, float down, float[] to, int offset) {
    int next = offset;
    for (int column = 0; column < columns.first.length; column++, next += 3) {
      int first = columns.first[column];
      int second = columns.second[column];
      mix(
          top[first],
          top[second],
          bottom[first],
          bottom[second],
          columns.weight[column],
          down,
          to,
          next);
    }
  }

  /** A column of the upright image lies between two rows of the stored one. */
  private void writeColumn(int[] left, int[] right, float along, float[] to, int offset) {
    int next = offset;
    int step = columns.count() * 3;
    for (int row = 0; row < rows.first.length; row++, next += step) {
      int first = rows.first[row];
      int second = rows.second[row];
      mix(
          left[first],
          right[first],
          left[second],
          right[second],
          along,
          rows.weight[row],
          to,
          next);
    }
  }

  private static void mix(
      int topLeft,
      int topRight,
      int bottomLeft,
      int bottomRight,
      float along,
      float down,
      float[] to,
      int next) {
    to[next] =
        mix(
            topLeft >>> RED,
            topRight >>> RED,
            bottomLeft >>> RED,
            bottomRight >>> RED,
            along,
            down);
    to[next + 1] =
        mix(
            topLeft >>> GREEN & 0xFF,
            topRight >>> GREEN & 0xFF,
            bottomLeft >>> GREEN & 0xFF,
            bottomRight >>> GREEN & 0xFF,
            along,
            down);
    to[next + 2] =
        mix(
            topLeft >>> BLUE & 0xFF,
            topRight >>> BLUE & 0xFF,
            bottomLeft >>> BLUE & 0xFF,
            bottomRight >>> BLUE & 0xFF,
            along,
            down);
  }

  private static float mix(
      int topLeft, int topRight, int bottomLeft, int bottomRight, float along, float down) {
    float top = topLeft + (topRight - topLeft) * along;
    float bottom = bottomLeft + (bottomRight - bottomLeft) * along;
    return top + (bottom - top) * down;
  }

  /** The two rows that were looked at last: the next ones are often the same. */
  private static final class Rows {
    private final StoredImage image;
    private final Alpha alpha;
    private int[] one;
    private int[] other;
    private int oneIs = -1;
    private int otherIs = -1;

    Rows(StoredImage image, Alpha alpha) {
      this.image = image;
      this.alpha = image.hasAlpha() ? alpha : Alpha.DROP;
      this.one = new int[image.width()];
      this.other = new int[image.width()];
    }

    /** A row's pixels; those of another one stay where they are. */
    int[] row(int wanted, int kept) {
      if (wanted == oneIs) {
        return one;
      }
      if (wanted != otherIs) {
        if (kept == otherIs) {
          swap();
        }
        image.readRow(wanted, other);
        otherIs = wanted;
        alpha.apply(other);
      }
      return other;
    }

    private void swap() {
      int[] row = one;
      one = other;
      other = row;
      int is = oneIs;
      oneIs = otherIs;
      otherIs = is;
    }
  }
}
