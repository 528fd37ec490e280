package org.pupil.images;

/**
 * A decoded image as it is stored: not turned upright yet, and as large as it was decoded. Whoever
 * gets one closes it.
 */
interface StoredImage extends AutoCloseable {
  /** Number of columns. */
  int width();

  /** Number of rows. */
  int height();

  /**
   * Copies a row.
   *
   * @param to receives a number {@code 0xRRGGBBAA} for each column. Alpha counts only where {@link
   *     #hasAlpha()}
   */
  void readRow(int row, int[] to);

  /** Whether some pixels may be transparent. */
  boolean hasAlpha();

  @Override
  void close();
}
