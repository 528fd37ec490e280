package org.pupil.similarity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.pupil.background.Progress;
import org.pupil.background.Workers;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.dataset.Photo;

/**
 * Photos that are nearly the same: a smaller or recompressed copy, a mirrored one, one of which a
 * narrow border was cut off, the same scene a moment later. Exact copies are among them.
 *
 * <p>It takes both what a photo looks like from afar and what the backbone sees in it: either alone
 * finds strangers. {@linkplain PerceptualHash Hashes} agree by chance, and two dogs of one breed on
 * a meadow have bottlenecks that are near. How near, depends on the backbone and on the photos: the
 * mean cosine of two cats and dogs is 0.3 with one and 0.7 with another. So cosines are judged by
 * how far they go from the {@linkplain TypicalCosine typical} one to 1: for near-duplicates at
 * least {@value #LEAST}, where the hashes differ in more than {@value #FEW_BITS} bits, as after
 * cropping, at least {@value #LEAST_OF_MANY_BITS}, and never with more than {@value #MOST_BITS}
 * bits or with other colours. Of a photo without a hash it must be at least {@value #LEAST_ALONE}.
 *
 * <p>All pairs are looked at, by their hashes first (photos without one by {@link SignBits}) and,
 * if many may still be near, through a {@link Sketch}; few are left whose bottlenecks are
 * multiplied. 100,000 photos of 1280 numbers take some ten seconds on two cores. The answer is the
 * same with any number of threads.
 *
 * @param pairs near-duplicates by the lower index, then the higher. In a group of more than {@value
 *     #LISTED_WHOLE} photos each is listed only with the one that resembles it most, of the {@value
 *     #LISTED_WHOLE} before it
 * @param groups what is connected by pairs: two photos or more, ascending; by their first photo
 */
public record NearDuplicates(List<Pair> pairs, List<List<Integer>> groups) {
  /** Most bits in which hashes differ. */
  static final int MOST_BITS = 18;

  /** Up to so many bits hashes hardly ever differ by chance: in one of a million pairs. */
  static final int FEW_BITS = 10;

  /** Most levels, of 256, by which the mean blueness or redness differs. */
  static final float MOST_COLOUR = 10;

  /** How far cosines go at least where the hashes differ in few bits. */
  static final double LEAST = 0.6;

  /** How far they go at least where the hashes differ in more than few bits. */
  static final double LEAST_OF_MANY_BITS = 0.8;

  /** How far they go at least where a hash is missing. */
  static final double LEAST_ALONE = 0.9;

  private static final int LISTED_WHOLE = 30;

  /**
   * Two photos that are nearly the same.
   *
   * @param first the lower index
   * @param second the higher index
   * @param similarity the cosine of their bottlenecks, up to 1
   */
  public record Pair(int first, int second, float similarity) {}

  public NearDuplicates {
    pairs = List.copyOf(pairs);
    groups = groups.stream().map(List::copyOf).toList();
  }

  /**
   * Finds the near-duplicates.
   *
   * @param bottlenecks a row for each photo
   * @param hashes of each photo; empty where there is none
   * @param threads how many cores to keep busy, at least 1
   */
  public static NearDuplicates of(
      Bottlenecks bottlenecks, List<Optional<PerceptualHash>> hashes, int threads) {
    return of(bottlenecks, hashes, threads, Progress.NONE);
  }

  /**
   * Finds the near-duplicates.
   *
   * @param bottlenecks a row for each photo
   * @param hashes of each photo; empty where there is none
   * @param threads how many cores to keep busy, at least 1
   * @param progress hears how many pairs have been looked at
   */
  public static NearDuplicates of(
      Bottlenecks bottlenecks,
      List<Optional<PerceptualHash>> hashes,
      int threads,
      Progress progress) {
    if (hashes.size() != bottlenecks.size()) {
      throw new IllegalArgumentException(hashes.size() + " hashes for " + bottlenecks);
    }
    NearDuplicateSearch search = new NearDuplicateSearch(bottlenecks, hashes);
    try (Workers workers = new Workers("pupil-near-duplicates", threads)) {
      List<List<Integer>> groups = groups(search.connected(workers, progress), bottlenecks.size());
      Map<Integer, List<Pair>> found = new ConcurrentSkipListMap<>();
      workers.run(groups.size(), i -> found.put(i, pairs(groups.get(i), search)));
      List<Pair> pairs =
          found.values().stream()
              .flatMap(List::stream)
              .sorted(Comparator.comparingInt(Pair::first).thenComparingInt(Pair::second))
              .toList();
      return new NearDuplicates(pairs, groups);
    }
  }

  /** All that decides what is a near-duplicate, beside how the search goes. */
  static String thresholds() {
    return List.of(
            MOST_BITS, FEW_BITS, MOST_COLOUR, LEAST, LEAST_OF_MANY_BITS, LEAST_ALONE, LISTED_WHOLE)
        .toString();
  }

  /** Number of photos that have a near-duplicate. */
  public int photos() {
    return groups.stream().mapToInt(List::size).sum();
  }

  /**
   * Photos in such groups that near-duplicates stay together. Those that were together before still
   * are: where near-duplicates connect two groups, both are one, which has the name of the first.
   *
   * @param photos those whose near-duplicates these are, in the same order
   */
  public List<Photo> grouped(List<Photo> photos) {
    UnionFind together = new UnionFind(photos.size());
    Map<String, Integer> firsts = new HashMap<>();
    for (int i = 0; i < photos.size(); i++) {
      Integer first = firsts.putIfAbsent(photos.get(i).group(), i);
      if (first != null) {
        together.join(first, i);
      }
    }
    groups.forEach(group -> group.forEach(i -> together.join(group.get(0), i)));
    return IntStream.range(0, photos.size())
        .mapToObj(i -> photos.get(i).inGroup(photos.get(together.find(i)).group()))
        .toList();
  }

  private static List<List<Integer>> groups(UnionFind connected, int size) {
    Map<Integer, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      members.computeIfAbsent(connected.find(i), first -> new ArrayList<>()).add(i);
    }
    return members.values().stream().filter(group -> group.size() > 1).toList();
  }

  private static List<Pair> pairs(List<Integer> group, NearDuplicateSearch search) {
    List<Pair> pairs = new ArrayList<>();
    for (int at = 1; at < group.size(); at++) {
      int second = group.get(at);
      List<Pair> before =
          group.subList(Math.max(0, at - LISTED_WHOLE), at).stream()
              .map(first -> new Pair(first, second, search.similarity(first, second)))
              .filter(pair -> pair.similarity() != NearDuplicateSearch.UNLIKE)
              .toList();
      if (group.size() <= LISTED_WHOLE) {
        pairs.addAll(before);
      } else {
        before.stream().max(Comparator.comparingDouble(Pair::similarity)).ifPresent(pairs::add);
      }
    }
    return pairs;
  }
}
