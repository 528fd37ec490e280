package org.pupil.dataset;

import java.util.HashSet;
import java.util.List;

/**
 * The labels that a classifier can answer, in the order of its outputs.
 *
 * @param names one name a label; index 0 is the first output. Names are distinct and not empty.
 */
public record Labels(List<String> names) {
  public Labels {
    names = List.copyOf(names);
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("labels must be distinct, were " + names);
    }
  }

  public int size() {
    return names.size();
  }

  /** The label's name. */
  public String name(int index) {
    return names.get(index);
  }
}
