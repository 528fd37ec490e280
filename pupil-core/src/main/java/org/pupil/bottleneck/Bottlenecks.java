package org.pupil.bottleneck;

import java.util.Arrays;
import java.util.Objects;

/**
 * A matrix [n, d] of bottlenecks: row {@code i} is the bottleneck of photo {@code i}, {@code d}
 * floats each.
 *
 * <p>The rows stand in row-major order in a few arrays of at most 4 Mi floats (16 MB) each, so that
 * a matrix may have more than 2<sup>31</sup> floats and fits into a heap that has no long free run.
 * {@link #array} and {@link #offset} give those arrays themselves: who reads from them must not
 * write to them.
 *
 * <p>Nothing outside this package can change a matrix. Inside, different threads may set different
 * rows at the same time.
 */
public final class Bottlenecks {
  private static final int MOST_FLOATS_PER_ARRAY = 1 << 22;

  private final int size;
  private final int floats;
  private final int rowsPerArrayLog2;
  private final float[][] arrays;

  private Bottlenecks(int size, int floats) {
    if (size < 0 || floats < 1) {
      throw new IllegalArgumentException(
          "bottlenecks must be at least 0 of at least 1 float, were " + size + " of " + floats);
    }
    this.size = size;
    this.floats = floats;
    this.rowsPerArrayLog2 =
        31 - Integer.numberOfLeadingZeros(Math.max(1, MOST_FLOATS_PER_ARRAY / floats));
    int rowsPerArray = 1 << rowsPerArrayLog2;
    this.arrays = new float[Math.toIntExact(((long) size + rowsPerArray - 1) / rowsPerArray)][];
    for (int i = 0; i < arrays.length; i++) {
      int rows = Math.min(rowsPerArray, size - (i << rowsPerArrayLog2));
      arrays[i] = new float[Math.multiplyExact(rows, floats)];
    }
  }

  /**
   * A matrix of {@code size} rows, all zero.
   *
   * @param size number of rows, at least 0
   * @param floats length of a row, at least 1
   */
  static Bottlenecks zeros(int size, int floats) {
    return new Bottlenecks(size, floats);
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
    Bottlenecks copy = new Bottlenecks(rows.length, rows[0].length);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != copy.floats) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " floats, row 0 has " + copy.floats);
      }
      copy.set(i, rows[i], 0);
    }
    return copy;
  }

  /** Number of rows: n. */
  public int size() {
    return size;
  }

  /** Length of a row: d, at least 1. */
  public int floats() {
    return floats;
  }

  /** The array that holds a row, not copied; the row begins at {@link #offset}. Read only. */
  public float[] array(int row) {
    return arrays[Objects.checkIndex(row, size) >>> rowsPerArrayLog2];
  }

  /** Where in {@link #array} a row begins. */
  public int offset(int row) {
    return (Objects.checkIndex(row, size) & ((1 << rowsPerArrayLog2) - 1)) * floats;
  }

  /** A copy of a row. */
  public float[] row(int row) {
    return Arrays.copyOfRange(array(row), offset(row), offset(row) + floats);
  }

  /** Copies the {@code d} floats of {@code source} from {@code from} on into a row. */
  void set(int row, float[] source, int from) {
    System.arraycopy(source, from, array(row), offset(row), floats);
  }

  /** Such as {@code bottlenecks [148, 1280]}. */
  @Override
  public String toString() {
    return "bottlenecks [" + size + ", " + floats + "]";
  }
}
