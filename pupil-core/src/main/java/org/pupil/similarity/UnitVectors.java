package org.pupil.similarity;

import java.util.function.IntFunction;
import org.pupil.bottleneck.Bottlenecks;

/**
 * A matrix [n, d] whose rows have length 1, so that the product of two is the cosine of the angle
 * between them: 1 for the same direction, 0 for nothing in common. (Bottlenecks are rarely below 0,
 * and so are their cosines.) Nothing but its length is taken from a bottleneck; in particular its
 * features are not standardized, which would weigh noise as much as what a photo shows.
 *
 * <p>A row of zeros has no direction and stays as it is: its cosine with every row is 0.
 */
public final class UnitVectors {
  private final int dimension;
  private final float[][] rows;

  private UnitVectors(int size, int dimension, IntFunction<float[]> source) {
    this.dimension = dimension;
    this.rows = new float[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = unit(i, source.apply(i));
    }
  }

  /** Bottlenecks brought to length 1; row {@code i} is that of bottleneck {@code i}. */
  public static UnitVectors of(Bottlenecks bottlenecks) {
    return new UnitVectors(bottlenecks.size(), bottlenecks.floats(), bottlenecks::row);
  }

  /**
   * Vectors brought to length 1.
   *
   * @param rows copied; at least one, all of one length that is at least 1, of finite numbers
   * @throws IllegalArgumentException if they are not
   */
  public static UnitVectors of(float[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("there must be a row, and a number in it");
    }
    return new UnitVectors(rows.length, rows[0].length, i -> rows[i]);
  }

  private float[] unit(int index, float[] row) {
    if (row.length != dimension) {
      throw new IllegalArgumentException(
          "row " + index + " has " + row.length + " floats, row 0 has " + dimension);
    }
    double scale = Cosines.scale(row);
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException("row " + index + " has a number that is not finite");
    }
    float[] unit = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      unit[j] = (float) (row[j] * scale);
    }
    return unit;
  }

  /** Number of rows: n. */
  public int size() {
    return rows.length;
  }

  /** Length of a row as an array: d, at least 1. */
  public int dimension() {
    return dimension;
  }

  /** A row itself, not a copy: do not write to it. */
  public float[] row(int index) {
    return rows[index];
  }

  /**
   * The cosine of the angle between two rows, -1 to 1. It is the very number that {@link
   * NearestNeighbours} finds, whichever of the two rows comes first.
   */
  public float cosine(int i, int j) {
    return Cosines.bounded(Cosines.product(rows[i], rows[j]));
  }

  /** Such as {@code unit vectors [148, 1280]}. */
  @Override
  public String toString() {
    return "unit vectors [" + rows.length + ", " + dimension + "]";
  }
}
