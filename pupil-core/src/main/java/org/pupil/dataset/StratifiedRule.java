package org.pupil.dataset;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pupil.files.Sha256;

/** {@link SplitRule#STRATIFIED}. */
final class StratifiedRule {
  private final SplitSettings settings;
  private final MessageDigest sha256 = Sha256.digest(); // one for all: each would be looked up

  StratifiedRule(SplitSettings settings) {
    this.settings = settings;
  }

  SplitSet[] assign(Dataset photos) {
    List<Map<String, Group>> labels =
        Stream.generate(() -> (Map<String, Group>) new HashMap<String, Group>())
            .limit(photos.labels().size())
            .toList();
    List<Group> groupOfPhoto = new ArrayList<>(photos.photos().size());
    for (Photo photo : photos.photos()) {
      groupOfPhoto.add(
          labels
              .get(photo.label())
              .computeIfAbsent(photo.group(), key -> new Group(key, position(key))));
    }
    labels.forEach(groups -> fillEmptySets(List.copyOf(groups.values())));
    return groupOfPhoto.stream().map(group -> group.set).toArray(SplitSet[]::new);
  }

  /** The position on a scale from 0 to 100 * 2^48, in whole numbers so that nothing is rounded. */
  private long position(String key) {
    String salted = settings.seed() == 0 ? key : settings.seed() + "/" + key;
    return 100 * Hash.first48Bits(sha256, salted);
  }

  /** First position of a set's interval; validation comes first, then testing, then training. */
  private long start(SplitSet set) {
    int percent =
        switch (set) {
          case VALIDATION -> 0;
          case TESTING -> settings.validationPercentage();
          case TRAINING -> settings.validationPercentage() + settings.testingPercentage();
        };
    return (long) percent << 48;
  }

  private long end(SplitSet set) {
    return start(set) + ((long) settings.percentage(set) << 48);
  }

  private void fillEmptySets(List<Group> groups) {
    List<SplitSet> needed =
        Stream.of(SplitSet.TRAINING, SplitSet.TESTING, SplitSet.VALIDATION)
            .filter(set -> settings.percentage(set) > 0)
            .limit(groups.size())
            .toList();
    Map<SplitSet, Integer> sizes = new EnumMap<>(SplitSet.class);
    groups.forEach(group -> sizes.merge(group.set, 1, Integer::sum));
    for (SplitSet empty : needed) {
      if (sizes.containsKey(empty)) {
        continue;
      }
      Group taken =
          groups.stream()
              .filter(group -> !needed.contains(group.set) || sizes.get(group.set) > 1)
              .min(
                  Comparator.comparingLong((Group group) -> distance(group.position, empty))
                      .thenComparingLong(group -> group.position)
                      .thenComparing(group -> group.key, Names.BY_CODE_POINT))
              .orElseThrow();
      sizes.merge(taken.set, -1, Integer::sum);
      sizes.put(empty, 1);
      taken.set = empty;
    }
  }

  private long distance(long position, SplitSet set) {
    return Math.max(0, Math.max(start(set) - position, position - end(set) + 1));
  }

  /** Photos that stay together. */
  private final class Group {
    final String key;
    final long position;
    SplitSet set;

    Group(String key, long position) {
      this.key = key;
      this.position = position;
      this.set =
          position < end(SplitSet.VALIDATION)
              ? SplitSet.VALIDATION
              : position < end(SplitSet.TESTING) ? SplitSet.TESTING : SplitSet.TRAINING;
    }
  }
}
