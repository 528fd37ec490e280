package org.pupil.dataset;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people call the folders of photos that are divided already. */
public final class SetFolders {
  private static final Map<String, SplitSet> SETS =
      Map.ofEntries(
          Map.entry("train", SplitSet.TRAINING),
          Map.entry("training", SplitSet.TRAINING),
          Map.entry("trainset", SplitSet.TRAINING),
          Map.entry("trainings", SplitSet.TRAINING),
          Map.entry("val", SplitSet.VALIDATION),
          Map.entry("valid", SplitSet.VALIDATION),
          Map.entry("validate", SplitSet.VALIDATION),
          Map.entry("validation", SplitSet.VALIDATION),
          Map.entry("dev", SplitSet.VALIDATION),
          Map.entry("test", SplitSet.TESTING),
          Map.entry("testing", SplitSet.TESTING),
          Map.entry("testset", SplitSet.TESTING),
          Map.entry("tests", SplitSet.TESTING),
          Map.entry("eval", SplitSet.TESTING),
          Map.entry("evaluation", SplitSet.TESTING),
          Map.entry("holdout", SplitSet.TESTING),
          Map.entry("pred", SplitSet.TESTING),
          Map.entry("prediction", SplitSet.TESTING));

  private SetFolders() {}

  /** The set that a folder, or a word in a table, stands for; empty if it stands for none. */
  public static Optional<SplitSet> setOf(String name) {
    return Optional.ofNullable(SETS.get(name.strip().toLowerCase(Locale.ROOT)));
  }

  /**
   * The set that a folder stands for by one of the words of its name: {@code seg_train} is for
   * training.
   */
  public static Optional<SplitSet> setIn(String folder) {
    for (String word : folder.split("[^\\p{L}]+", -1)) {
      Optional<SplitSet> set = setOf(word);
      if (set.isPresent()) {
        return set;
      }
    }
    return Optional.empty();
  }
}
