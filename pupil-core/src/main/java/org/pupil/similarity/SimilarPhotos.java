package org.pupil.similarity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;

/**
 * Near-duplicates as photos, sorted by what a person should know of them.
 *
 * @param exactDuplicates photos that are the same byte for byte, a list for each content, in the
 *     order of the first ones
 * @param nearDuplicates pairs that are nearly the same, but not byte for byte; the most similar
 *     first
 * @param underTwoLabels pairs of photos under different labels that are the same or nearly so; the
 *     most similar first. Those that are nearly the same are among {@code nearDuplicates} too
 * @param groups what stays together in the split
 */
public record SimilarPhotos(
    List<List<Photo>> exactDuplicates,
    List<Pair> nearDuplicates,
    List<Pair> underTwoLabels,
    List<List<Photo>> groups) {

  /**
   * Two photos that resemble each other.
   *
   * @param similarity the cosine of their bottlenecks, up to 1
   * @param exact whether they are the same byte for byte
   */
  public record Pair(Photo first, Photo second, float similarity, boolean exact) {}

  public SimilarPhotos {
    exactDuplicates = exactDuplicates.stream().map(List::copyOf).toList();
    nearDuplicates = List.copyOf(nearDuplicates);
    underTwoLabels = List.copyOf(underTwoLabels);
    groups = groups.stream().map(List::copyOf).toList();
  }

  /**
   * Looks up the photos.
   *
   * @param found the near-duplicates of just these photos
   */
  public static SimilarPhotos of(PhotoBottlenecks bottlenecks, NearDuplicates found) {
    List<Photo> photos = bottlenecks.photos();
    List<Pair> pairs =
        found.pairs().stream()
            .map(
                pair ->
                    new Pair(
                        photos.get(pair.first()),
                        photos.get(pair.second()),
                        pair.similarity(),
                        bottlenecks
                            .content(pair.first())
                            .equals(bottlenecks.content(pair.second()))))
            .sorted((a, b) -> Float.compare(b.similarity(), a.similarity()))
            .toList();
    return new SimilarPhotos(
        exact(bottlenecks),
        pairs.stream().filter(pair -> !pair.exact()).toList(),
        pairs.stream().filter(pair -> pair.first().label() != pair.second().label()).toList(),
        found.groups().stream().map(group -> group.stream().map(photos::get).toList()).toList());
  }

  private static List<List<Photo>> exact(PhotoBottlenecks bottlenecks) {
    Map<ContentHash, List<Photo>> byContent = new LinkedHashMap<>();
    for (int i = 0; i < bottlenecks.photos().size(); i++) {
      byContent
          .computeIfAbsent(bottlenecks.content(i), content -> new ArrayList<>())
          .add(bottlenecks.photos().get(i));
    }
    return byContent.values().stream().filter(same -> same.size() > 1).toList();
  }

  /**
   * The groups that a split has in more than one set, such as one by names alone.
   *
   * @param split of the same photos, in whatever groups
   */
  public List<List<Photo>> acrossSets(Split split) {
    Map<String, Integer> places = new LinkedHashMap<>();
    List<Photo> all = split.all().photos();
    for (int i = 0; i < all.size(); i++) {
      places.put(all.get(i).name(), i);
    }
    return groups.stream()
        .filter(
            group ->
                group.stream()
                        .map(Photo::name)
                        .filter(places::containsKey)
                        .map(name -> split.setOf(places.get(name)))
                        .distinct()
                        .count()
                    > 1)
        .toList();
  }
}
