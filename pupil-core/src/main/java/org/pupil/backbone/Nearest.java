package org.pupil.backbone;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which of the right names a wrong one was meant to be. */
final class Nearest {
  private Nearest() {}

  /**
   * Sorts names by how few letters must change to make them from what was typed (Levenshtein's
   * distance); equal distances keep the given order.
   */
  static List<String> of(String typed, Collection<String> names) {
    return names.stream()
        .sorted(Comparator.comparingInt((String name) -> distance(typed, name)))
        .toList();
  }

  static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(previous[j - 1] + change, Math.min(previous[j] + 1, current[j - 1] + 1));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
