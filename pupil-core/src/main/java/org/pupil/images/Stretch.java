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

  /** A stretch of a whole image that is turned upright first. */
  static Stretch whole(StoredImage image, Orientation orientation, int height, int width) {
    boolean transposed = orientation.transposed;
    int imageHeight = transposed ? image.width() : image.height();
    int imageWidth = transposed ? image.height() : image.width();
    return new Stretch(
        new Steps(imageHeight, height, 0, height, orientation.rowsReversed, false),
        new Steps(imageWidth, width, 0, width, orientation.columnsReversed, false),
        transposed);
  }

  /**
   * Writes the stretched image.
   *
   * @param to receives levels of 0 to 255, [rows, columns, 3] row-major, from {@code offset} on
   */
  void write(StoredImage image, Alpha alpha, float[] to, int offset) {
    StoredRows stored = new StoredRows(image, alpha);
    if (transposed) {
      for (int column = 0; column < columns.count(); column++) {
        int[] left = stored.row(columns.first[column], columns.second[column]);
        int[] right = stored.row(columns.second[column], columns.first[column]);
        writeColumn(left, right, columns.weight[column], to, offset + column * 3);
      }
      return;
    }
    StretchedRows stretched = new StretchedRows(stored);
    for (int row = 0; row < rows.count(); row++) {
      float[] top = stretched.row(rows.first[row], rows.second[row]);
      float[] bottom = stretched.row(rows.second[row], rows.first[row]);
      mixRows(top, bottom, rows.weight[row], to, offset + row * columns.count() * 3);
    }
  }

  /** A loop without branches and calls, which the virtual machine makes vector instructions of. */
  private static void mixRows(float[] top, float[] bottom, float down, float[] to, int offset) {
    for (int i = 0; i < top.length; i++) {
      to[offset + i] = top[i] + (bottom[i] - top[i]) * down;
    }
  }

  /** Makes a stored row as wide as the result. */
  private void stretchRow(int[] stored, float[] to) {
    int next = 0;
    for (int column = 0; column < columns.first.length; column++, next += 3) {
      int left = stored[columns.first[column]];
      int right = stored[columns.second[column]];
      float along = columns.weight[column];
      to[next] = mix(left >>> RED, right >>> RED, along);
      to[next + 1] = mix(left >>> GREEN & 0xFF, right >>> GREEN & 0xFF, along);
      to[next + 2] = mix(left >>> BLUE & 0xFF, right >>> BLUE & 0xFF, along);
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
    float top = mix(topLeft, topRight, along);
    float bottom = mix(bottomLeft, bottomRight, along);
    return top + (bottom - top) * down;
  }

  private static float mix(int left, int right, float along) {
    return left + (right - left) * along;
  }

  /** The two rows that were asked for last: the next ones are often the same. */
  private abstract static class TwoRows<T> {
    private T one;
    private T other;
    private int oneIs = -1;
    private int otherIs = -1;

    TwoRows(T one, T other) {
      this.one = one;
      this.other = other;
    }

    abstract void fill(int row, T pixels);

    /** A row's pixels; those of the row {@code kept} stay where they are. */
    T row(int wanted, int kept) {
      if (wanted == oneIs) {
        return one;
      }
      if (wanted != otherIs) {
        if (kept == otherIs) {
          swap();
        }
        fill(wanted, other);
        otherIs = wanted;
      }
      return other;
    }

    private void swap() {
      T row = one;
      one = other;
      other = row;
      int is = oneIs;
      oneIs = otherIs;
      otherIs = is;
    }
  }

  /** Rows as they are stored. */
  private static final class StoredRows extends TwoRows<int[]> {
    private final StoredImage image;
    private final Alpha alpha;

    StoredRows(StoredImage image, Alpha alpha) {
      super(new int[image.width()], new int[image.width()]);
      this.image = image;
      this.alpha = image.hasAlpha() ? alpha : Alpha.DROP;
    }

    @Override
    void fill(int row, int[] pixels) {
      image.readRow(row, pixels);
      alpha.apply(pixels);
    }
  }

  /** Rows as wide as the result: three floats for each of its columns. */
  private final class StretchedRows extends TwoRows<float[]> {
    private final StoredRows stored;

    StretchedRows(StoredRows stored) {
      super(new float[columns.count() * 3], new float[columns.count() * 3]);
      this.stored = stored;
    }

    @Override
    void fill(int row, float[] pixels) {
      stretchRow(stored.row(row, row), pixels);
    }
  }
}
