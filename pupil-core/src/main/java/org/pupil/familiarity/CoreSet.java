package org.pupil.familiarity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import org.pupil.bottleneck.HalfPrecision;
import org.pupil.similarity.UnitVectors;

/**
 * Bottlenecks of some photos that stand for all, brought to length 1 and rounded to half precision.
 * Immutable.
 */
public final class CoreSet {
  private final float[][] rows;

  private CoreSet(float[][] rows) {
    this.rows = rows;
  }

  /**
   * Some rows of a matrix, rounded.
   *
   * @param chosen indexes of rows, at least one
   */
  static CoreSet of(UnitVectors vectors, int[] chosen) {
    float[][] rows = new float[chosen.length][vectors.dimension()];
    for (int i = 0; i < rows.length; i++) {
      float[] row = vectors.row(chosen[i]);
      for (int j = 0; j < row.length; j++) {
        rows[i][j] = HalfPrecision.toFloat(HalfPrecision.of(row[j]));
      }
    }
    return new CoreSet(rows);
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @param bytes from the buffer's position to its limit; it is not moved
   * @param size how many photos there must be, at least 1
   * @param dimension floats of each, at least 1
   * @throws IllegalArgumentException if there are more or fewer bytes, or a number is not finite
   */
  public static CoreSet read(ByteBuffer bytes, int size, int dimension) {
    if (size < 1 || dimension < 1 || bytes.remaining() != Short.BYTES * (long) size * dimension) {
      throw new IllegalArgumentException(
          "%d bytes are not %d x %d numbers of 16 bits"
              .formatted(bytes.remaining(), size, dimension));
    }
    ShortBuffer halves = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[][] rows = new float[size][];
    short[] row = new short[dimension];
    for (int i = 0; i < size; i++) {
      halves.get(row);
      rows[i] = floats(row);
    }
    return new CoreSet(rows);
  }

  private static float[] floats(short[] halves) {
    float[] floats = new float[halves.length];
    for (int j = 0; j < halves.length; j++) {
      if (!HalfPrecision.isFinite(halves[j])) {
        throw new IllegalArgumentException("a number is not finite");
      }
      floats[j] = HalfPrecision.toFloat(halves[j]);
    }
    return floats;
  }

  /** The photos one after the other, each number in two bytes, the lower one first. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Short.BYTES * size() * dimension()).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float value : row) {
        bytes.putShort(HalfPrecision.of(value));
      }
    }
    return bytes.array();
  }

  /** How many photos there are, at least 1. */
  public int size() {
    return rows.length;
  }

  /** Floats in a bottleneck. */
  public int dimension() {
    return rows[0].length;
  }

  /**
   * The cosine of the angle between a bottleneck and the one that is {@code nearest}-th nearest to
   * it.
   *
   * @param values of which the bottleneck is {@link #dimension} floats from {@code from} on
   * @param nearest 1 for the nearest, at most {@link #size}
   * @return -1 to 1; 0 for a bottleneck of zeros, which has no direction; not a number if one of
   *     its numbers is not
   */
  float cosine(float[] values, int from, int nearest) {
    double squares = 0;
    for (int j = 0; j < dimension(); j++) {
      squares += (double) values[from + j] * values[from + j];
    }
    if (squares == 0) {
      return 0;
    }
    float[] products = new float[rows.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = product(rows[i], values, from);
    }
    Arrays.sort(products);
    double cosine = products[products.length - nearest] / Math.sqrt(squares);
    return (float) Math.max(-1, Math.min(1, cosine));
  }

  /** Several sums side by side keep a core busier than one. */
  private static float product(float[] row, float[] values, int from) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int j = 0;
    for (; j + 4 <= row.length; j += 4) {
      a += row[j] * values[from + j];
      b += row[j + 1] * values[from + j + 1];
      c += row[j + 2] * values[from + j + 2];
      d += row[j + 3] * values[from + j + 3];
    }
    for (; j < row.length; j++) {
      a += row[j] * values[from + j];
    }
    return (a + b) + (c + d);
  }
}
