package org.pupil.images;

/**
 * How a stored image must be turned to stand upright: the eight values of EXIF tag 0x0112.
 *
 * <p>Each is a transposition (rows become columns) or none, followed by a mirroring of the rows'
 * order, of the columns' order, of both or of none.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  UPSIDE_DOWN(false, true, true),
  MIRRORED_UPSIDE_DOWN(false, true, false),
  TRANSPOSED(true, false, false),
  TURN_RIGHT(true, false, true),
  TRANSPOSED_UPSIDE_DOWN(true, true, true),
  TURN_LEFT(true, true, false);

  private static final Orientation[] BY_TAG = values();

  final boolean transposed;

  /** Whether the rows come in the other order, after the transposition. */
  final boolean rowsReversed;

  /** Whether the columns do. */
  final boolean columnsReversed;

  Orientation(boolean transposed, boolean rowsReversed, boolean columnsReversed) {
    this.transposed = transposed;
    this.rowsReversed = rowsReversed;
    this.columnsReversed = columnsReversed;
  }

  /**
   * Which row, as it is stored, a pixel of the upright image comes from.
   *
   * @param height rows of the upright image
   * @param width its columns
   */
  int storedRow(int row, int column, int height, int width) {
    return transposed
        ? beforeMirroring(column, columnsReversed, width)
        : beforeMirroring(row, rowsReversed, height);
  }

  /** Which column, as it is stored, a pixel of the upright image comes from; likewise. */
  int storedColumn(int row, int column, int height, int width) {
    return transposed
        ? beforeMirroring(row, rowsReversed, height)
        : beforeMirroring(column, columnsReversed, width);
  }

  private static int beforeMirroring(int place, boolean reversed, int length) {
    return reversed ? length - 1 - place : place;
  }

  /** The orientation of a tag's value 1 to 8; any other value counts as upright. */
  static Orientation ofTag(long value) {
    return value >= 1 && value <= BY_TAG.length ? BY_TAG[(int) value - 1] : UPRIGHT;
  }
}
