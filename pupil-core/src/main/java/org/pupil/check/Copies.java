package org.pupil.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Photo;
import org.pupil.similarity.NearDuplicates;

/** Which photos are the same, nearly the same, or of one group by their names. */
final class Copies {
  private final List<List<Integer>> exact;
  private final NearDuplicates near;
  private final int[] groupOf;

  private Copies(List<List<Integer>> exact, NearDuplicates near, int[] groupOf) {
    this.exact = exact;
    this.near = near;
    this.groupOf = groupOf;
  }

  static Copies of(PhotoBottlenecks photos, NearDuplicates near) {
    Map<Object, List<Integer>> byContent = new LinkedHashMap<>();
    for (int i = 0; i < photos.photos().size(); i++) {
      byContent.computeIfAbsent(photos.content(i), content -> new ArrayList<>()).add(i);
    }
    return new Copies(
        byContent.values().stream().filter(same -> same.size() > 1).toList(),
        near,
        numbers(near.grouped(photos.photos())));
  }

  /** One number for photos that a chain of names and near-duplicates connects. */
  private static int[] numbers(List<Photo> grouped) {
    Map<String, Integer> firsts = new HashMap<>();
    return IntStream.range(0, grouped.size())
        .map(i -> Optional.ofNullable(firsts.putIfAbsent(grouped.get(i).group(), i)).orElse(i))
        .toArray();
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
