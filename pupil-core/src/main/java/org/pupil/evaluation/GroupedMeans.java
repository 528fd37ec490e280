package org.pupil.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Means over photos with their 95 % intervals, where photos of one group resemble each other and
 * tell little more than one.
 */
public final class GroupedMeans {
  private GroupedMeans() {}

  /**
   * A proportion.
   *
   * @param parts of each photo, 0 to 1: whether it was right, or how often in several looks
   * @param groupOf the group of each photo, any numbers
   * @return the mean with Wilson's interval for as many photos as there are independent ones; 0 to
   *     1 if there are none
   */
  public static Score proportion(double[] parts, int[] groupOf) {
    check(parts, groupOf);
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    double mean = parts.length == 0 ? 0 : sum / parts.length;
    int[] all = IntStream.range(0, parts.length).toArray();
    return Score.wilson(mean, new Groups(parts.length, i -> groupOf[i]).effectiveSize(all, 1));
  }

  /**
   * A mean of differences, such as of what two classifiers lose on the same photos: Student's
   * interval over the groups.
   *
   * @param differences of each photo; at least one
   * @param groupOf the group of each photo, any numbers
   * @return the mean with its interval; that is infinite if there are fewer than two groups
   */
  public static Score difference(double[] differences, int[] groupOf) {
    check(differences, groupOf);
    int n = differences.length;
    if (n == 0) {
      throw new IllegalArgumentException("there must be a photo");
    }
    double sum = 0;
    Map<Integer, double[]> groups = new HashMap<>(); // sum and number of photos
    for (int i = 0; i < n; i++) {
      sum += differences[i];
      double[] group = groups.computeIfAbsent(groupOf[i], unseen -> new double[2]);
      group[0] += differences[i];
      group[1]++;
    }
    double mean = sum / n;
    int count = groups.size();
    if (count < 2) {
      return new Score(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double squares = 0;
    for (double[] group : groups.values()) {
      double rest = group[0] - mean * group[1];
      squares += rest * rest;
    }
    double error = Math.sqrt(squares * count / (count - 1)) / n;
    double reach = error * TDistribution.of(count - 1).inverseCumulativeProbability(0.975);
    return new Score(mean, mean - reach, mean + reach);
  }

  private static void check(double[] values, int[] groupOf) {
    if (values.length != groupOf.length) {
      throw new IllegalArgumentException(
          values.length + " photos, but groups of " + groupOf.length);
    }
  }
}
