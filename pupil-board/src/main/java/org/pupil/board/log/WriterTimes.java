package org.pupil.board.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From when to when each event file of a run was written, as far as is known. Files whose times
 * overlap had writers at the same time, and what they wrote belongs together; a file that begins
 * after all others ended goes on with a training run that was killed. Not for use by several
 * threads at once.
 */
final class WriterTimes {
  /** One file's. */
  static final class Span {
    private double begin = Double.POSITIVE_INFINITY;
    private double end = Double.NEGATIVE_INFINITY;

    /** Another file begins then, at the earliest after this one's end. */
    private double nextBegin = Double.POSITIVE_INFINITY;

    /** When the first of those began that were written at the same time. */
    private double groupBegin = Double.POSITIVE_INFINITY;

    private int group;
    private boolean isAlone = true;

    private boolean isEmpty() {
      return begin > end;
    }

    /** Whether no other file was written at the same time. */
    boolean isAlone() {
      return isAlone;
    }

    /**
     * What was written before is of a training run that was killed, when this file has a value of
     * that time for an earlier step.
     */
    double orphansBefore(double wallTime) {
      return isAlone ? Math.nextUp(wallTime) : groupBegin;
    }
  }

  private final Map<Path, Span> spans = new HashMap<>();

  /** The times of a file; nothing is known of it at first. */
  Span of(Path file) {
    return spans.computeIfAbsent(file, f -> new Span());
  }

  /** Knows nothing of a file any more. */
  void forget(Path file) {
    spans.remove(file);
    group();
  }

  /**
   * Notes that something was written then.
   *
   * @return whether files that seemed to be written one after the other were written at once
   */
  boolean note(Span span, double wallTime) {
    if (wallTime >= span.begin && wallTime <= span.end) {
      return false;
    }
    boolean isFirst = span.isEmpty();
    boolean isEarlier = wallTime < span.begin;
    span.begin = Math.min(span.begin, wallTime);
    span.end = Math.max(span.end, wallTime);
    if (!isEarlier && span.end <= span.nextBegin) {
      return false;
    }
    Span newcomer = isFirst ? span : null;
    long before = groupsWithout(newcomer);
    group();
    return groupsWithout(newcomer) < before;
  }

  private long groupsWithout(@Nullable Span newcomer) {
    return spans.values().stream()
        .filter(span -> span != newcomer && !span.isEmpty())
        .mapToInt(span -> span.group)
        .distinct()
        .count();
  }

  private void group() {
    List<Span> sorted = new ArrayList<>();
    for (Span span : spans.values()) {
      if (!span.isEmpty()) {
        sorted.add(span);
      }
    }
    sorted.sort(Comparator.comparingDouble(span -> span.begin));
    List<Span> group = new ArrayList<>();
    double end = Double.NEGATIVE_INFINITY;
    int number = 0;
    for (Span span : sorted) {
      if (!group.isEmpty() && span.begin >= end) {
        settle(group, number++, span.begin);
        group.clear();
        end = Double.NEGATIVE_INFINITY;
      }
      group.add(span);
      end = Math.max(end, span.end);
    }
    settle(group, number, Double.POSITIVE_INFINITY);
  }

  private static void settle(List<Span> group, int number, double nextBegin) {
    for (Span span : group) {
      span.group = number;
      span.isAlone = group.size() == 1;
      span.groupBegin = group.get(0).begin;
      span.nextBegin = nextBegin;
    }
  }
}
