package org.pupil.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.similarity.NearDuplicates;

/** Which photos are the same, nearly the same, or of one group by their names. */
final class Groups {
  private final List<List<Integer>> exact;
  private final NearDuplicates near;
  private final int[] groupOf;

  private Groups(List<List<Integer>> exact, NearDuplicates near, int[] groupOf) {
    this.exact = exact;
    this.near = near;
    this.groupOf = groupOf;
  }

  static Groups of(PhotoBottlenecks photos, NearDuplicates near) {
    Map<Object, List<Integer>> byContent = new LinkedHashMap<>();
    for (int i = 0; i < photos.photos().size(); i++) {
      byContent.computeIfAbsent(photos.content(i), content -> new ArrayList<>()).add(i);
    }
    return new Groups(
        byContent.values().stream().filter(same -> same.size() > 1).toList(),
        near,
        joined(photos, near));
  }

  /** One number for photos that a chain of names and near-duplicates connects. */
  private static int[] joined(PhotoBottlenecks photos, NearDuplicates near) {
    int[] first = new int[photos.photos().size()];
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < first.length; i++) {
      first[i] = byName.computeIfAbsent(photos.photos().get(i).group(), group -> -1);
      if (first[i] < 0) {
        first[i] = i;
        byName.put(photos.photos().get(i).group(), i);
      }
    }
    for (List<Integer> group : near.groups()) {
      int root = root(first, group.get(0));
      for (int photo : group) {
        int other = root(first, photo);
        first[Math.max(root, other)] = Math.min(root, other);
        root = Math.min(root, other);
      }
    }
    for (int i = 0; i < first.length; i++) {
      first[i] = root(first, i);
    }
    return first;
  }

  private static int root(int[] first, int photo) {
    int at = photo;
    while (first[at] != at) {
      at = first[at];
    }
    return at;
  }

  /** Photos that are equal byte for byte: two or more, ascending. */
  List<List<Integer>> exact() {
    return exact;
  }

  /** Photos that are nearly the same, exact copies among them. */
  NearDuplicates near() {
    return near;
  }

  /** For each photo a number; those of one number must stay together where photos are divided. */
  int[] groupOf() {
    return groupOf.clone();
  }
}
