package org.pupil.images;

/** An image whose pixels are in Java's memory, transparency already dealt with. */
final class RgbImage implements StoredImage {
  private final byte[] rgb;
  private final int width;
  private final int height;

  /**
   * An image.
   *
   * @param rgb [height, width, 3] row-major
   */
  RgbImage(byte[] rgb, int height, int width) {
    this.rgb = rgb;
    this.height = height;
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void readRow(int row, int[] to) {
    int from = row * width * 3;
    for (int column = 0; column < width; column++, from += 3) {
      to[column] =
          (rgb[from] & 0xFF) << 24 | (rgb[from + 1] & 0xFF) << 16 | (rgb[from + 2] & 0xFF) << 8;
    }
  }

  @Override
  public boolean hasAlpha() {
    return false;
  }

  @Override
  public void close() {
    // nothing to free
  }
}
