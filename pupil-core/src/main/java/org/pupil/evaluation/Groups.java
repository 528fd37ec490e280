package org.pupil.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Photos in groups whose members resemble each other, so that a group tells little more than one.
 */
final class Groups {
  private final int[][] members;
  private final int[] groupOf;

  /** Working memory, 0 between the calls. */
  private final double[] weights;

  /**
   * @param photos how many
   * @param number the number of a photo's group
   */
  Groups(int photos, IntUnaryOperator number) {
    Map<Integer, List<Integer>> found = new LinkedHashMap<>();
    for (int photo = 0; photo < photos; photo++) {
      found.computeIfAbsent(number.applyAsInt(photo), group -> new ArrayList<>()).add(photo);
    }
    members =
        found.values().stream()
            .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    groupOf = new int[photos];
    for (int group = 0; group < members.length; group++) {
      for (int photo : members[group]) {
        groupOf[photo] = group;
      }
    }
    weights = new double[members.length];
  }

  int count() {
    return members.length;
  }

  /** The photos of a group. */
  int[] members(int group) {
    return members[group];
  }

  /**
   * How many independent photos would tell as much: {@code (sum of w)^2 / sum of w^2}, w being a
   * group's weight (Kish, 1965), but no more than there are photos. That takes the photos of a
   * group for as good as equal.
   *
   * @param photos each as often as it counts
   * @param weight of each time, so that a photo which counts fully has 1 in all
   * @return 0 if there are none
   */
  double effectiveSize(int[] photos, double weight) {
    for (int photo : photos) {
      weights[groupOf[photo]] += weight;
    }
    double sum = weight * photos.length;
    double squares = 0;
    for (int photo : photos) {
      double ofGroup = weights[groupOf[photo]];
      squares += ofGroup * ofGroup;
      weights[groupOf[photo]] = 0;
    }
    return sum == 0 ? 0 : Math.min(sum, sum * sum / squares);
  }
}
