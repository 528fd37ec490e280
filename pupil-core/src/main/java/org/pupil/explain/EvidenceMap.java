package org.pupil.explain;

/**
 * Where on a photo the evidence for one label against all others lies: a number for each position
 * of the network's last map, above 0 for the label, below 0 against it.
 *
 * <p>The unit is that of logits. All numbers together and {@link #bias} are {@link #total}, by how
 * much the logit of the label is above the mean of the others'; with one other label this is the
 * logarithm of how many times more probable the label is.
 */
public final class EvidenceMap {
  private final int rows;
  private final int columns;
  private final float[] values;
  private final double bias;

  /**
   * @param values [rows, columns] row-major; they belong to the map from now on
   * @param bias what speaks for the label whatever the photo shows
   */
  EvidenceMap(int rows, int columns, float[] values, double bias) {
    if (rows < 1 || columns < 1 || values.length != rows * columns) {
      throw new IllegalArgumentException(
          "%d values for a map of %d x %d".formatted(values.length, rows, columns));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
    this.bias = bias;
  }

  /** Number of rows, from the upper edge of the upright photo to its lower one; at least 1. */
  public int rows() {
    return rows;
  }

  /** Number of columns, from left to right; at least 1. */
  public int columns() {
    return columns;
  }

  /** The evidence at a position. */
  public float value(int row, int column) {
    return values[row * columns + column];
  }

  /** A copy of all numbers, [rows, columns] row-major. */
  public float[] values() {
    return values.clone();
  }

  /** What speaks for the label whatever the photo shows. */
  public double bias() {
    return bias;
  }

  /** All evidence together, with the bias. */
  public double total() {
    double sum = bias;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
