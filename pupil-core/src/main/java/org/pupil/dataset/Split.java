package org.pupil.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * Which photos teach, which watch and which judge. Immutable, and nothing is written down: the same
 * names and settings always give the same split. {@link SplitRule} says how.
 */
public final class Split {
  private final Dataset photos;
  private final SplitSettings settings;
  private final SplitSet[] sets;
  private final int[] groups;
  private final Map<SplitSet, int[]> counts = new EnumMap<>(SplitSet.class);
  private final List<Problem> problems;

  private Split(Dataset photos, SplitSettings settings) {
    this.photos = photos;
    this.settings = settings;
    this.sets = settings.rule().assign(photos, settings);
    for (SplitSet set : SplitSet.values()) {
      counts.put(set, new int[photos.labels().size()]);
    }
    for (int i = 0; i < sets.length; i++) {
      counts.get(sets[i])[photos.photos().get(i).label()]++;
    }
    Map<String, Integer> numbers = new HashMap<>();
    this.groups =
        photos.photos().stream()
            .map(settings.rule()::group)
            .mapToInt(key -> numbers.computeIfAbsent(key, unseen -> numbers.size()))
            .toArray();
    this.problems = check();
  }

  /**
   * Splits the photos.
   *
   * @throws PupilException (bad input) if a label has no photos; if a set of a share above 0 gets
   *     no photo at all; under {@link SplitRule#RETRAIN} also if it gets none of some label
   */
  public static Split of(Dataset photos, SplitSettings settings) {
    return new Split(photos, settings);
  }

  /**
   * The split as it would be had some photos never been there, since a label may have lost its only
   * photo of a set.
   *
   * @param leftOut photos that turned out to be of no use; with none of them this split
   * @throws PupilException like {@link #of}
   */
  public Split without(List<Photo> leftOut) {
    return leftOut.isEmpty() ? this : of(photos.without(leftOut), settings);
  }

  /**
   * The split of the same photos, or fewer of them, in other groups.
   *
   * @param other in the order of {@code all().photos()}
   * @throws PupilException like {@link #of}
   */
  public Split with(List<Photo> other) {
    return of(new Dataset(photos.labels(), other, photos.problems(), photos.place()), settings);
  }

  public SplitSettings settings() {
    return settings;
  }

  /** All photos, of whatever set. */
  public Dataset all() {
    return photos;
  }

  /**
   * The set of one photo.
   *
   * @param index the photo's place in {@code all().photos()}
   */
  public SplitSet setOf(int index) {
    return sets[index];
  }

  /**
   * The group of one photo, as a number from 0: photos with the same number are in the same set,
   * and should stay together wherever photos are divided further.
   *
   * @param index the photo's place in {@code all().photos()}
   */
  public int groupOf(int index) {
    return groups[index];
  }

  /** Whether the photos of another split, place by place, are in the same sets. */
  public boolean hasSameSetsAs(Split other) {
    return Arrays.equals(sets, other.sets);
  }

  /** The places in {@code all().photos()} of a set's photos, ascending. */
  public int[] indices(SplitSet set) {
    return IntStream.range(0, sets.length).filter(i -> sets[i] == set).toArray();
  }

  /** A set's photos, in the order of {@code all().photos()}. */
  public List<Photo> photos(SplitSet set) {
    return Arrays.stream(indices(set)).mapToObj(photos.photos()::get).toList();
  }

  /** How many photos a set has. */
  public int count(SplitSet set) {
    return Arrays.stream(counts.get(set)).sum();
  }

  /** How many photos of one label a set has. */
  public int count(SplitSet set, int label) {
    return counts.get(set)[label];
  }

  /** Labels that are missing in a set. */
  public List<Problem> problems() {
    return problems;
  }

  private List<Problem> check() {
    List<Problem> found = new ArrayList<>();
    for (int label = 0; label < photos.labels().size(); label++) {
      int n = label;
      List<SplitSet> missing =
          neededSets().filter(set -> count(set, n) == 0).collect(Collectors.toList());
      if (missing.containsAll(neededSets().toList())) {
        throw PupilException.badInput(
            "label '" + photos.labels().name(label) + "' has no photo to learn from");
      }
      if (!missing.isEmpty()) {
        found.add(missing(label, missing));
      }
    }
    if (settings.rule() == SplitRule.RETRAIN && !found.isEmpty()) {
      throw PupilException.badInput(found.get(0).message());
    }
    if (settings.rule() == SplitRule.FOLDERS) {
      groupsAcrossSets().ifPresent(found::add);
    }
    neededSets()
        .filter(set -> count(set) == 0)
        .findFirst()
        .ifPresent(
            set -> {
              throw PupilException.badInput(
                  Message.of(
                      "no photo at all for " + set.lowerCaseName() + ": ",
                      settings.rule().advice(),
                      ", or set ",
                      shareOf(set),
                      "=0"));
            });
    return List.copyOf(found);
  }

  /** Photos that belong together and do not come so. */
  private Optional<Problem> groupsAcrossSets() {
    Map<Integer, SplitSet> setOfGroup = new HashMap<>();
    Set<Integer> divided = new TreeSet<>();
    for (int i = 0; i < sets.length; i++) {
      SplitSet first = setOfGroup.putIfAbsent(groups[i], sets[i]);
      if (first != null && first != sets[i]) {
        divided.add(groups[i]);
      }
    }
    return divided.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                Problem.Kind.ACROSS_SETS,
                0,
                Message.of(
                    "%s photos in more than one set, since the sets are kept as they come: the test looks better than it is; to keep groups together, leave out "
                        .formatted(
                            divided.size() == 1 ? "1 group has" : divided.size() + " groups have"),
                    Setting.SPLIT_RULE,
                    "=folders")));
  }

  private static Setting shareOf(SplitSet set) {
    return set == SplitSet.TESTING ? Setting.TESTING_PERCENTAGE : Setting.VALIDATION_PERCENTAGE;
  }

  private Stream<SplitSet> neededSets() {
    return Arrays.stream(SplitSet.values()).filter(set -> settings.percentage(set) > 0);
  }

  private Problem missing(int label, List<SplitSet> sets) {
    return new Problem(
        Problem.Kind.MISSING_IN_A_SET,
        0,
        Message.of(
            "label '%s' has no photo for %s: "
                .formatted(
                    photos.labels().name(label),
                    sets.stream()
                        .map(SplitSet::lowerCaseName)
                        .collect(Collectors.joining(" and "))),
            belongTogether(label).orElse(settings.rule().advice())));
  }

  /** Why a label of photos enough has too few: those of a group count as one. */
  private Optional<Message> belongTogether(int label) {
    int[] own =
        IntStream.range(0, groups.length)
            .filter(i -> photos.photos().get(i).label() == label)
            .toArray();
    long different = IntStream.of(own).map(i -> groups[i]).distinct().count();
    long needed = neededSets().count();
    return settings.rule() == SplitRule.STRATIFIED && own.length >= needed && different < needed
        ? Optional.of(
            Message.of(
                "its %d photos are nearly the same, or named as a group, and count as %d: add photos that differ more"
                    .formatted(own.length, different)))
        : Optional.empty();
  }
}
