package org.pupil.bottleneck;

import java.util.Arrays;

/**
 * A matrix [n, d] of bottlenecks: row {@code i} is the bottleneck of photo {@code i}, {@code d}
 * floats.
 *
 * <p>Each row is an array of its own. So a matrix may have more than 2<sup>31</sup> floats, fits
 * into a heap that has no long free run, and shares its rows with the sets that are made from it.
 *
 * <p>Nothing outside this package can change a matrix, if it keeps the promise of {@link #row}.
 * Inside, different threads may set different rows at the same time.
 */
public final class Bottlenecks {
  private final int floats;
  private final float[][] rows;

  private Bottlenecks(int floats, float[][] rows) {
    this.floats = floats;
    this.rows = rows;
  }

  /**
   * A matrix of {@code size} rows, all zero.
   *
   * @param size number of rows, at least 0
   * @param floats length of a row, at least 1
   */
  static Bottlenecks zeros(int size, int floats) {
    if (size < 0 || floats < 1) {
      throw new IllegalArgumentException(
          "bottlenecks must be at least 0 of at least 1 float, were " + size + " of " + floats);
    }
    return new Bottlenecks(floats, new float[size][floats]);
  }

  /**
   * Copies rows.
   *
   * @param rows at least one row; all of one length, at least 1
   */
  public static Bottlenecks of(float[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("bottlenecks of no rows have no length");
    }
    Bottlenecks copy = zeros(rows.length, rows[0].length);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != copy.floats) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " floats, row 0 has " + copy.floats);
      }
      copy.set(i, rows[i], 0);
    }
    return copy;
  }

  /** The matrix of some of the rows, which it shares with this one. */
  Bottlenecks only(int[] chosen) {
    return new Bottlenecks(
        floats, Arrays.stream(chosen).mapToObj(i -> rows[i]).toArray(float[][]::new));
  }

  /** Number of rows: n. */
  public int size() {
    return rows.length;
  }

  /** Length of a row: d, at least 1. */
  public int floats() {
    return floats;
  }

  /** A row itself, not a copy: do not write to it. */
  public float[] row(int row) {
    return rows[row];
  }

  /** Copies the {@code d} floats of {@code source} from {@code from} on into a row. */
  void set(int row, float[] source, int from) {
    System.arraycopy(source, from, rows[row], 0, floats);
  }

  /** Such as {@code bottlenecks [148, 1280]}. */
  @Override
  public String toString() {
    return "bottlenecks [" + rows.length + ", " + floats + "]";
  }
}
