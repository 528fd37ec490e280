package org.pupil.images;

/**
 * A rectangle of a window whose pixels all get the mean colour of the whole window, as in Zhong et
 * al., "Random erasing data augmentation" (2017), who also tried other colours.
 *
 * @param top first row
 * @param left first column
 * @param height number of rows; 0 erases nothing
 * @param width number of columns; 0 erases nothing
 */
public record Erasure(int top, int left, int height, int width) {
  /** Nothing is erased. */
  public static final Erasure NONE = new Erasure(0, 0, 0, 0);

  public Erasure {
    if (top < 0 || left < 0 || height < 0 || width < 0) {
      throw new IllegalArgumentException(
          "a rectangle of %d x %d at row %d and column %d".formatted(height, width, top, left));
    }
  }

  /** Whether it lies inside a window of the input size. */
  boolean fits(InputSpec spec) {
    return (long) top + height <= spec.height() && (long) left + width <= spec.width();
  }

  /**
   * Erases.
   *
   * @param levels [height, width, 3] of the input from {@code offset} on
   */
  void apply(float[] levels, int offset, InputSpec spec) {
    if (height == 0 || width == 0) {
      return;
    }
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      for (int i = offset + channel; i < offset + spec.floats(); i += 3) {
        sum += levels[i];
      }
      float mean = (float) (sum * 3 / spec.floats());
      for (int row = top; row < top + height; row++) {
        int first = offset + (row * spec.width() + left) * 3 + channel;
        for (int column = 0; column < width; column++) {
          levels[first + column * 3] = mean;
        }
      }
    }
  }
}
