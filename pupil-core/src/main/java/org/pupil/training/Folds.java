package org.pupil.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pupil.chance.Chance;

/**
 * The parts of a cross-validation: each photo is held out once, together with its group. Photos of
 * one group resemble each other, and a layer that has seen one would seem to know the others.
 *
 * <p>Every label is spread over the folds as evenly as its groups allow. A label of fewer groups
 * than folds is held out in as many folds as it has groups. A group is never held out if it has all
 * photos of some label, or if a fold would lack a label otherwise. There are as many folds as asked
 * for, or as many as the label of the most groups has if those are fewer, and none if no label has
 * two.
 */
final class Folds {
  /** The fold of a photo that is never held out. */
  static final int NEVER = -1;

  /** Folds where nobody asks for another number. */
  static final int MOST = 5;

  private final int count;
  private final int[] foldOf;

  private Folds(int count, int[] foldOf) {
    this.count = count;
    this.foldOf = foldOf;
  }

  /** The folds, at most {@value #MOST}, in which a penalty is chosen. */
  static Folds of(TrainingData photos, long seed) {
    return of(photos, MOST, new Chance(seed, Chance.Purpose.FOLDS));
  }

  /**
   * Deals photos to folds.
   *
   * @param atMost folds to make, at least 2
   * @param chance decides which groups go together
   */
  static Folds of(TrainingData photos, int atMost, Chance chance) {
    List<int[]> groups = groups(photos);
    int[] groupsWith = new int[photos.labels().size()];
    for (int[] group : groups) {
      for (int label : labels(group, photos)) {
        groupsWith[label]++;
      }
    }
    int most = Arrays.stream(groupsWith).max().orElse(0);
    int count = most < 2 ? 0 : Math.min(atMost, most);
    int[] foldOf = new int[photos.size()];
    Arrays.fill(foldOf, NEVER);
    List<List<int[]>> byLabel = new ArrayList<>();
    IntStream.range(0, groupsWith.length).forEach(label -> byLabel.add(new ArrayList<>()));
    for (int[] group : groups) {
      if (leavesOneOfEachLabel(labels(group, photos), groupsWith)) {
        byLabel.get(photos.label(group[0])).add(group);
      }
    }
    // One counter for all labels, so that the folds are of one size also if the labels are small.
    int dealt = 0;
    for (List<int[]> found : byLabel) {
      shuffle(found, chance);
      deal(found, count, dealt, foldOf);
      dealt += found.size();
    }
    keepEveryLabelInEveryFold(groups, photos, foldOf);
    return new Folds(count, foldOf);
  }

  /** The photos of each group, in the order of the groups' first photos. */
  private static List<int[]> groups(TrainingData photos) {
    Map<Integer, List<Integer>> members = new LinkedHashMap<>();
    for (int photo = 0; photo < photos.size(); photo++) {
      members.computeIfAbsent(photos.group(photo), group -> new ArrayList<>()).add(photo);
    }
    return members.values().stream()
        .map(found -> found.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** The labels of a group's photos, each once. */
  private static int[] labels(int[] group, TrainingData photos) {
    return group.length == 1
        ? new int[] {photos.label(group[0])}
        : IntStream.of(group).map(photos::label).distinct().toArray();
  }

  private static boolean leavesOneOfEachLabel(int[] labels, int[] groupsWith) {
    for (int label : labels) {
      if (groupsWith[label] < 2) {
        return false;
      }
    }
    return true;
  }

  private static void shuffle(List<int[]> groups, Chance chance) {
    for (int i = groups.size() - 1; i > 0; i--) {
      int j = chance.below(i + 1);
      int[] swapped = groups.get(i);
      groups.set(i, groups.get(j));
      groups.set(j, swapped);
    }
  }

  /** The largest group first, each to the fold with the fewest photos, in turn among equals. */
  private static void deal(List<int[]> groups, int count, int turn, int[] foldOf) {
    groups.sort(Comparator.comparingInt((int[] group) -> group.length).reversed());
    int[] held = new int[count];
    for (int[] group : groups) {
      int fewest = turn % count;
      for (int i = 1; i < count; i++) {
        int fold = (turn + i) % count;
        fewest = held[fold] < held[fewest] ? fold : fewest;
      }
      held[fewest] += group.length;
      for (int photo : group) {
        foldOf[photo] = fewest;
      }
    }
  }

  /** Groups of more than one label may have brought all photos of another into one fold. */
  private static void keepEveryLabelInEveryFold(
      List<int[]> groups, TrainingData photos, int[] foldOf) {
    List<List<int[]>> with = new ArrayList<>();
    photos.labels().names().forEach(label -> with.add(new ArrayList<>()));
    for (int[] group : groups) {
      for (int label : labels(group, photos)) {
        with.get(label).add(group);
      }
    }
    for (List<int[]> found : with) {
      // Looked at one after the other: taking back a group may leave another label in one fold.
      if (found.stream().map(group -> foldOf[group[0]]).distinct().count() == 1) {
        IntStream.of(found.get(0)).forEach(photo -> foldOf[photo] = NEVER);
      }
    }
  }

  /** Number of folds: 0, or 2 to as many as asked for. */
  int count() {
    return count;
  }

  /** Number of photos, held out or not. */
  int photos() {
    return foldOf.length;
  }

  /** The fold that holds this photo out, from 0; or {@link #NEVER}. */
  int foldOf(int photo) {
    return foldOf[photo];
  }
}
