package org.pupil.tuning;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.files.Sha256;

/**
 * The photos that a search may look at. Which photos are nearly the same depends on the backbone,
 * so that each may divide them a little otherwise: a photo that would be a test photo with any
 * backbone of the search is none of these, whichever wins. Photos that belong together by any
 * backbone stay together.
 */
final class SearchPhotos {
  /**
   * How the photos are divided with one backbone.
   *
   * @param split of exactly the photos that have bottlenecks, in the same order
   */
  record Divided(Split split, PhotoBottlenecks bottlenecks) {}

  private final Labels labels;
  private final List<Photo> photos;
  private final List<ContentHash> contents;
  private final int[] groupOf;
  private final String digest;

  private SearchPhotos(
      Labels labels, List<Photo> photos, List<ContentHash> contents, int[] groupOf, String digest) {
    this.labels = labels;
    this.photos = photos;
    this.contents = contents;
    this.groupOf = groupOf;
    this.digest = digest;
  }

  /**
   * Finds them.
   *
   * @param all one for each backbone, at least one
   */
  static SearchPhotos of(List<Divided> all) {
    Map<String, Integer> votes = new HashMap<>();
    for (Divided divided : all) {
      List<Photo> photos = divided.split().all().photos();
      for (int i = 0; i < photos.size(); i++) {
        if (divided.split().setOf(i) != SplitSet.TESTING) {
          votes.merge(photos.get(i).name(), 1, Integer::sum);
        }
      }
    }
    Divided first = all.get(0);
    List<Photo> chosen = new ArrayList<>();
    List<ContentHash> contents = new ArrayList<>();
    MessageDigest digest = Sha256.digest();
    List<Photo> photos = first.split().all().photos();
    for (int i = 0; i < photos.size(); i++) {
      Photo photo = photos.get(i);
      if (votes.getOrDefault(photo.name(), 0) == all.size()) {
        chosen.add(photo);
        contents.add(first.bottlenecks().content(i));
        String line =
            "%s %s %d\n".formatted(first.bottlenecks().content(i), photo.name(), photo.label());
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    int[] groupOf = groups(chosen, all);
    digest.update(Arrays.toString(groupOf).getBytes(StandardCharsets.UTF_8));
    return new SearchPhotos(
        first.split().all().labels(), chosen, contents, groupOf, Sha256.hex(digest.digest()));
  }

  /** The number of a photo's group: the least place of those that belong to it by any backbone. */
  private static int[] groups(List<Photo> photos, List<Divided> all) {
    int[] groupOf = IntStream.range(0, photos.size()).toArray();
    List<int[]> byBackbone = new ArrayList<>();
    for (Divided divided : all) {
      Map<String, Integer> numbers = new HashMap<>();
      List<Photo> divideds = divided.split().all().photos();
      for (int i = 0; i < divideds.size(); i++) {
        numbers.put(divideds.get(i).name(), divided.split().groupOf(i));
      }
      byBackbone.add(photos.stream().mapToInt(photo -> numbers.get(photo.name())).toArray());
    }
    boolean isChanged = true;
    while (isChanged) {
      isChanged = false;
      for (int[] numbers : byBackbone) {
        Map<Integer, Integer> least = new LinkedHashMap<>();
        for (int i = 0; i < numbers.length; i++) {
          least.merge(numbers[i], groupOf[i], Math::min);
        }
        for (int i = 0; i < numbers.length; i++) {
          int group = least.get(numbers[i]);
          isChanged |= group != groupOf[i];
          groupOf[i] = group;
        }
      }
    }
    return groupOf;
  }

  Labels labels() {
    return labels;
  }

  List<Photo> photos() {
    return photos;
  }

  /** What is in each photo's file. */
  List<ContentHash> contents() {
    return contents;
  }

  /** The group of each photo. */
  int[] groupOf() {
    return groupOf.clone();
  }

  /** A hash over contents, names, labels and groups. */
  String digest() {
    return digest;
  }

  /** The places of these photos among those that have bottlenecks. */
  int[] places(PhotoBottlenecks bottlenecks) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < bottlenecks.photos().size(); i++) {
      places.put(bottlenecks.photos().get(i).name(), i);
    }
    return photos.stream().mapToInt(photo -> places.get(photo.name())).toArray();
  }

  /** Labels that none of the photos has. */
  List<String> missingLabels() {
    Set<Integer> found = new HashSet<>();
    photos.forEach(photo -> found.add(photo.label()));
    return IntStream.range(0, labels.size())
        .filter(label -> !found.contains(label))
        .mapToObj(labels::name)
        .toList();
  }
}
