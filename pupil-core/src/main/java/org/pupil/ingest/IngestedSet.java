package org.pupil.ingest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A photo set in its folder.
 *
 * @param folder the folder, with one folder of photos for each label
 * @param wasThere whether an earlier run had made it
 * @param counts how many photos each label has, by label in code-point order
 * @param gone how many of its photos are no longer there; only looked for if it was there
 * @param contactSheet a picture of some photos of each label
 * @param hasSets whether its photos are divided, so that {@code --split_rule folders} keeps to that
 * @param table a table of files, labels, sets and groups, if some photos belong together
 */
public record IngestedSet(
    Path folder,
    boolean wasThere,
    SortedMap<String, Integer> counts,
    int gone,
    Path contactSheet,
    boolean hasSets,
    Optional<Path> table) {

  /** How many photos there are, or were when it was made. */
  public int photos() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
