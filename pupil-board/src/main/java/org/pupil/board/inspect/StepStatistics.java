package org.pupil.board.inspect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** At which steps values of one kind were written, in the order of the file. */
final class StepStatistics {
  private final Set<Long> distinct = new HashSet<>();
  private final List<String> outOfOrder = new ArrayList<>();
  private final List<Long> all;
  private final boolean keepsAll;
  private boolean isEmpty = true;
  private long first;
  private long last;
  private long highest = Long.MIN_VALUE;
  private long lowest = Long.MAX_VALUE;

  /**
   * @param keepsAll whether each step is of interest, as of the few starts of a session
   */
  StepStatistics(boolean keepsAll) {
    this.keepsAll = keepsAll;
    this.all = new ArrayList<>();
  }

  void add(long step) {
    if (isEmpty) {
      first = step;
    } else if (step < last) {
      outOfOrder.add("(" + last + ", " + step + ")");
    }
    isEmpty = false;
    last = step;
    highest = Math.max(highest, step);
    lowest = Math.min(lowest, step);
    distinct.add(step);
    if (keepsAll) {
      all.add(step);
    }
  }

  boolean isEmpty() {
    return isEmpty;
  }

  /** What is printed, by name. */
  Map<String, Object> lines() {
    Map<String, Object> lines = new TreeMap<>();
    lines.put("outoforder_steps", outOfOrder);
    if (keepsAll) {
      lines.put("steps", all);
    } else {
      lines.put("first_step", first);
      lines.put("last_step", last);
      lines.put("max_step", highest);
      lines.put("min_step", lowest);
      lines.put("num_steps", distinct.size());
    }
    return lines;
  }
}
