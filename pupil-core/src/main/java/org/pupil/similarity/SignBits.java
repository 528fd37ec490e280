package org.pupil.similarity;

import org.pupil.background.Workers;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.chance.Chance;

/**
 * On which sides of {@value #BITS} random planes vectors are: two at an angle of a degrees are on
 * different sides of {@code a / 180} of them (M. Charikar, "Similarity estimation techniques from
 * rounding algorithms", 2002). To count that takes a nanosecond, to multiply two bottlenecks
 * hundreds.
 */
final class SignBits {
  private static final int BITS = 2 * Long.SIZE;

  /** Standard deviations from the mean: of a million pairs that are near, one may be missed. */
  private static final double DEVIATIONS = 5;

  private final long[] first;
  private final long[] second;

  private SignBits(int size) {
    this.first = new long[size];
    this.second = new long[size];
  }

  /** The same bits for the same bottlenecks, always. */
  static SignBits of(Bottlenecks bottlenecks, Workers workers) {
    float[][] directions = new float[BITS][bottlenecks.floats()];
    for (int k = 0; k < BITS; k++) {
      Chance chance = new Chance(0, Chance.Purpose.PLANES, k);
      for (int j = 0; j < directions[k].length; j++) {
        directions[k][j] = chance.coin() ? 1 : -1;
      }
    }
    SignBits bits = new SignBits(bottlenecks.size());
    workers.run(bottlenecks.size(), i -> bits.set(i, bottlenecks.row(i), directions));
    return bits;
  }

  private void set(int i, float[] row, float[][] directions) {
    for (int k = 0; k < Long.SIZE; k++) {
      first[i] |= side(row, directions[k]) << k;
      second[i] |= side(row, directions[Long.SIZE + k]) << k;
    }
  }

  private static long side(float[] row, float[] direction) {
    return Cosines.product(row, direction) > 0 ? 1 : 0;
  }

  /** Of how many planes two vectors are on different sides. */
  int distance(int i, int j) {
    return Long.bitCount(first[i] ^ first[j]) + Long.bitCount(second[i] ^ second[j]);
  }

  /** Of how many planes two vectors of at least this cosine are on different sides at most. */
  static int most(double cosine) {
    double share = Math.acos(cosine) / Math.PI;
    return (int) Math.ceil(BITS * share + DEVIATIONS * Math.sqrt(BITS * share * (1 - share)));
  }
}
