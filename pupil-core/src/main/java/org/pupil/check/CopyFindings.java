package org.pupil.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pupil.check.Finding.Kind;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;
import org.pupil.similarity.NearDuplicates;

/** Photos that are the same or nearly the same. */
final class CopyFindings {
  private final CheckedPhotos photos;
  private final List<Finding> findings = new ArrayList<>();

  private CopyFindings(CheckedPhotos photos) {
    this.photos = photos;
  }

  static List<Finding> of(CheckedPhotos photos, Copies copies) {
    CopyFindings found = new CopyFindings(photos);
    copies.exact().forEach(found::addExact);
    copies.near().pairs().stream()
        .filter(
            pair -> !found.isExact(pair) && found.labels(List.of(pair.first(), pair.second())) > 1)
        .forEach(found::addNearUnderTwoLabels);
    Map<Integer, List<NearDuplicates.Pair>> byFirst =
        copies.near().pairs().stream().collect(Collectors.groupingBy(NearDuplicates.Pair::first));
    copies.near().groups().forEach(group -> found.addNear(group, byFirst));
    photos
        .split()
        .ifPresent(split -> copies.near().groups().forEach(group -> found.addLeak(group, split)));
    return found.findings;
  }

  private void addExact(List<Integer> same) {
    if (labels(same) > 1) {
      add(
          Kind.TWO_LABELS,
          true,
          same,
          "The same photo is under %s. Keep it under the right one only.".formatted(names(same)),
          Finding.NO_DETAIL);
    } else {
      add(
          Kind.EXACT_DUPLICATE,
          false,
          same,
          "The same photo appears %d times. Keep one.".formatted(same.size()),
          Finding.NO_DETAIL);
    }
  }

  private boolean isExact(NearDuplicates.Pair pair) {
    return photos
        .bottlenecks()
        .content(pair.first())
        .equals(photos.bottlenecks().content(pair.second()));
  }

  private void addNearUnderTwoLabels(NearDuplicates.Pair pair) {
    List<Integer> both = List.of(pair.first(), pair.second());
    add(
        Kind.TWO_LABELS,
        true,
        both,
        "Nearly the same photo is under %s. Keep it under the right one only."
            .formatted(names(both)),
        new Finding.Detail.Similarity(pair.similarity()));
  }

  /** One finding for those of a group that have one label, of each content one. */
  private void addNear(List<Integer> group, Map<Integer, List<NearDuplicates.Pair>> byFirst) {
    group.stream()
        .collect(Collectors.groupingBy(i -> photos.usable().get(i).label()))
        .values()
        .forEach(
            ofLabel -> {
              Set<Object> contents = new HashSet<>();
              List<Integer> different =
                  ofLabel.stream()
                      .filter(i -> contents.add(photos.bottlenecks().content(i)))
                      .toList();
              if (different.size() > 1) {
                add(
                    Kind.NEAR_DUPLICATE,
                    false,
                    different,
                    "%d photos are nearly the same. They count as one; keep the best."
                        .formatted(different.size()),
                    new Finding.Detail.Similarity(leastSimilarity(different, byFirst)));
              }
            });
  }

  private static double leastSimilarity(
      List<Integer> group, Map<Integer, List<NearDuplicates.Pair>> byFirst) {
    Set<Integer> members = new HashSet<>(group);
    return group.stream()
        .flatMap(first -> byFirst.getOrDefault(first, List.of()).stream())
        .filter(pair -> members.contains(pair.second()))
        .mapToDouble(NearDuplicates.Pair::similarity)
        .min()
        .orElse(1);
  }

  private void addLeak(List<Integer> group, Split split) {
    String sets =
        group.stream()
            .map(split::setOf)
            .distinct()
            .sorted()
            .map(set -> set.lowerCaseName())
            .collect(Collectors.joining(" and "));
    if (!sets.contains(" ")) {
      return;
    }
    boolean isKeptTogether = split.settings().groupNearDuplicates();
    add(
        Kind.SPLIT_LEAK,
        !isKeptTogether,
        group,
        isKeptTogether
            ? "By their names these photos, which are the same or nearly so, would be in %s. They are kept together in training, so there is nothing to do."
                .formatted(sets)
            : "These photos are the same or nearly so, and would be in %s: the test looks better than it is. Keep one."
                .formatted(sets),
        Finding.NO_DETAIL);
  }

  private long labels(List<Integer> some) {
    return some.stream().map(i -> photos.usable().get(i).label()).distinct().count();
  }

  private String names(List<Integer> some) {
    return some.stream()
        .map(i -> photos.labelOf(photos.usable().get(i)))
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private void add(
      Kind kind, boolean isSerious, List<Integer> some, String message, Finding.Detail detail) {
    List<Photo> found = some.stream().map(photos.usable()::get).toList();
    findings.add(
        new Finding(
            kind,
            isSerious,
            found.stream().map(Photo::source).toList(),
            labels(some) == 1 ? Optional.of(photos.labelOf(found.get(0))) : Optional.empty(),
            message,
            detail));
  }
}
