package org.pupil.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic of one label against all others: what part of the label's
 * photos, and of the other photos, has at least some probability of the label, for every
 * probability that occurs.
 *
 * @param label index of the label
 * @param area the area under the curve, 0 to 1: the chance that a photo of the label has a higher
 *     probability of it than another photo, one that has the same counting half (Mann and Whitney);
 *     NaN without photos of the label or without others
 * @param points from (0, 0) to (1, 1); points on a straight line between others are left out. Empty
 *     where the area is NaN
 */
public record RocCurve(int label, double area, List<Point> points) {
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * A point of the curve.
   *
   * @param falsePositiveRate part of the other photos, 0 to 1
   * @param truePositiveRate part of the label's photos, 0 to 1
   */
  public record Point(double falsePositiveRate, double truePositiveRate) {}

  /** The curve of a label; predictions of one photo count as if they were of several. */
  public static RocCurve of(Predictions predictions, int label) {
    int repeats = predictions.repeats();
    int n = predictions.photos() * repeats;
    float[] probability = new float[n];
    boolean[] isIt = new boolean[n];
    for (int i = 0; i < n; i++) {
      probability[i] = predictions.probabilities(i % repeats, i / repeats)[label];
      isIt[i] = predictions.truth(i / repeats) == label;
    }
    long positives = IntStream.range(0, n).filter(i -> isIt[i]).count();
    long negatives = n - positives;
    if (positives == 0 || negatives == 0) {
      return new RocCurve(label, Double.NaN, List.of());
    }
    int[] order = falling(probability);
    List<long[]> corners = new ArrayList<>();
    corners.add(new long[2]);
    long[] at = new long[2];
    double area = 0;
    for (int i = 0; i < n; ) {
      long[] before = at.clone();
      float tied = probability[order[i]];
      for (; i < n && probability[order[i]] == tied; i++) {
        at[isIt[order[i]] ? 1 : 0]++;
      }
      area += (at[0] - before[0]) * (at[1] + before[1]) / 2.0;
      add(corners, at.clone());
    }
    return new RocCurve(
        label,
        area / ((double) positives * negatives),
        corners.stream()
            .map(
                corner -> new Point((double) corner[0] / negatives, (double) corner[1] / positives))
            .toList());
  }

  /** Indexes by what is there, the greatest first, then by themselves. */
  private static int[] falling(float[] values) {
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      // The bits of floats that are not negative are in the order of the floats; 0 is added to -0.
      long bits = Float.floatToIntBits(values[i] + 0f);
      keys[i] = (Integer.MAX_VALUE - bits) << 32 | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /** Adds a corner; the one before it goes if the line does not bend there. */
  private static void add(List<long[]> corners, long[] next) {
    if (corners.size() > 1) {
      long[] last = corners.get(corners.size() - 1);
      long[] first = corners.get(corners.size() - 2);
      if ((last[0] - first[0]) * (next[1] - last[1])
          == (next[0] - last[0]) * (last[1] - first[1])) {
        corners.remove(corners.size() - 1);
      }
    }
    corners.add(next);
  }
}
