package org.pupil.dataset;

import static java.util.function.Predicate.not;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Photos that are there more than once, byte for byte. One under two labels tells the layer two
 * truths; one in training and in testing makes the test easier than the world is.
 *
 * @param underTwoLabels photos of one content under more than one label, a list for each content
 * @param acrossSets photos of one content in more than one set, a list for each content. A content
 *     can be in both lists
 */
public record Duplicates(List<List<Photo>> underTwoLabels, List<List<Photo>> acrossSets) {
  /** So many contents of each kind are told one by one; the rest are only counted. */
  private static final int TOLD = 10;

  /** So many copies of one content are named. */
  private static final int NAMED = 3;

  public Duplicates {
    underTwoLabels = underTwoLabels.stream().map(List::copyOf).toList();
    acrossSets = acrossSets.stream().map(List::copyOf).toList();
  }

  /**
   * Finds the duplicates.
   *
   * @param contents what stands for each photo's bytes, such as their SHA-256, in the order of
   *     {@code split.all().photos()}; equal ones are equal photos
   */
  public static Duplicates in(Split split, List<?> contents) {
    List<Photo> photos = split.all().photos();
    if (contents.size() != photos.size()) {
      throw new IllegalArgumentException(
          "contents must be as many as photos, " + photos.size() + ", were " + contents.size());
    }
    List<List<Photo>> underTwoLabels = new ArrayList<>();
    List<List<Photo>> acrossSets = new ArrayList<>();
    for (List<Integer> same : repeated(contents)) {
      List<Photo> copies = same.stream().map(photos::get).toList();
      if (copies.stream().mapToInt(Photo::label).distinct().count() > 1) {
        underTwoLabels.add(copies);
      }
      if (same.stream().map(split::setOf).distinct().count() > 1) {
        acrossSets.add(copies);
      }
    }
    return new Duplicates(underTwoLabels, acrossSets);
  }

  /** The places of each content that is there more than once, in the order of the first ones. */
  private static Collection<List<Integer>> repeated(List<?> contents) {
    Map<Object, Integer> firsts = new HashMap<>();
    Map<Integer, List<Integer>> repeated = new TreeMap<>();
    for (int i = 0; i < contents.size(); i++) {
      Integer first = firsts.putIfAbsent(contents.get(i), i);
      if (first != null) {
        repeated.computeIfAbsent(first, place -> new ArrayList<>(List.of(place))).add(i);
      }
    }
    return repeated.values();
  }

  /** The duplicates as lines for the person, at most eleven of each kind. */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    tell(
        problems,
        Problem.Kind.UNDER_TWO_LABELS,
        underTwoLabels,
        "the same photo under two labels",
        "keep it under the right one");
    tell(
        problems,
        Problem.Kind.ACROSS_SETS,
        // A photo to be taken from one of its labels need not be told again.
        acrossSets.stream().filter(not(new HashSet<>(underTwoLabels)::contains)).toList(),
        "the same photo in two sets of the split",
        "keep one, or the test looks better than it is");
    return problems;
  }

  private static void tell(
      List<Problem> problems,
      Problem.Kind kind,
      List<List<Photo>> contents,
      String what,
      String advice) {
    contents.stream()
        .limit(TOLD)
        .forEach(
            copies -> {
              String names =
                  copies.stream().limit(NAMED).map(Photo::name).collect(Collectors.joining(", "));
              if (copies.size() > NAMED) {
                names += " and %d more".formatted(copies.size() - NAMED);
              }
              problems.add(
                  new Problem(kind, copies.size(), "%s: %s: %s".formatted(what, names, advice)));
            });
    int rest = contents.size() - TOLD;
    if (rest > 0) {
      int files = contents.stream().skip(TOLD).mapToInt(List::size).sum();
      problems.add(
          new Problem(kind, files, "%s: %d more such photos: %s".formatted(what, rest, advice)));
    }
  }
}
