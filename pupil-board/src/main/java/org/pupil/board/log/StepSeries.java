package org.pupil.board.log;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What the values of one tag have in common: steps that strictly increase, and their times. Its
 * kinds keep more of each value, at the same index. Not for use by several threads at once; its run
 * has a lock.
 *
 * <p>A value whose step is not the greatest so far stands at the end at first; {@link #settle} puts
 * it where it belongs. Until then nothing but {@link #append} may be asked.
 */
abstract class StepSeries {
  private PackedLongs steps = new PackedLongs();

  /** The bits of doubles: those of near times are near to each other, too. */
  private PackedLongs wallTimeBits = new PackedLongs();

  private int size;

  /** So many of them have steps that strictly increase. */
  private int settled;

  /** The greatest step and the time of its value. */
  private long latestStep = Long.MIN_VALUE;

  private double latestWallTime;
  private long seen;
  private int revision;

  /**
   * @param revision see {@link #revision}
   */
  StepSeries(int revision) {
    this.revision = revision;
  }

  /**
   * Adds a value. If its step is not greater than all those before, then either these are of a
   * training run that was killed and begun again, and those at its step and later are removed; or
   * there are several writers, and all stay.
   *
   * @param orphansBefore what was written before that time is of a training run that was killed
   * @return its index, until {@link #settle}
   */
  final int append(long step, double wallTime, double orphansBefore) {
    boolean goesBack = size > 0 && step <= latestStep;
    if (goesBack && settled == size && latestWallTime < orphansBefore) {
      removeFrom(step);
      goesBack = false;
    }
    steps.add(step);
    wallTimeBits.add(Double.doubleToRawLongBits(wallTime));
    if (!goesBack) {
      settled += settled == size ? 1 : 0;
      latestStep = step;
      latestWallTime = wallTime;
    }
    seen++;
    return size++;
  }

  /** Leaves what a kind keeps of the first values only. */
  abstract void truncate(int size);

  /**
   * Puts all values into the order of their steps. Of two values of one step the later one stays.
   *
   * @return how many went
   */
  final int settle() {
    if (settled == size) {
      return 0;
    }
    int[] tail =
        IntStream.range(settled, size)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingLong(this::step).thenComparingDouble(this::wallTime))
            .mapToInt(i -> i)
            .toArray();
    int[] order = new int[size];
    int count = 0;
    int head = 0;
    int at = 0;
    while (head < settled || at < tail.length) {
      boolean fromHead = at == tail.length || (head < settled && step(head) <= step(tail[at]));
      int next = fromHead ? head++ : tail[at++];
      if (count == 0 || step(order[count - 1]) < step(next)) {
        order[count++] = next;
      } else if (wallTime(order[count - 1]) <= wallTime(next)) {
        order[count - 1] = next;
      }
    }
    int gone = size - count;
    seen -= gone;
    rearrange(Arrays.copyOf(order, count));
    return gone;
  }

  /** Whether all values are in the order of their steps. */
  final boolean isSettled() {
    return settled == size;
  }

  /** Whether the greatest step's value was written before that time. */
  final boolean endsBefore(double wallTime) {
    return size > 0 && latestWallTime < wallTime;
  }

  /** Removes the values at this step and later. */
  final void removeFrom(long step) {
    int kept = countBefore(step);
    if (kept < size) {
      // Thinned values stand for others, so the share that stays is all that can be known.
      seen = kept == 0 ? 0 : Math.round((double) seen * kept / size);
      size = kept;
      steps.truncate(kept);
      wallTimeBits.truncate(kept);
      truncate(kept);
      noteEnd();
      revision++;
    }
  }

  private int countBefore(long step) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (step(middle) < step) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Leaves about half of the values, the last among them. */
  abstract void thin();

  /**
   * Leaves these values only, in this order, in which steps strictly increase.
   *
   * @param kept their indices
   */
  final void rearrange(int[] kept) {
    steps = steps.picked(kept);
    wallTimeBits = wallTimeBits.picked(kept);
    pick(kept);
    size = kept.length;
    noteEnd();
    revision++;
  }

  /** Leaves what a kind keeps of these values only, in this order. */
  abstract void pick(int[] kept);

  private void noteEnd() {
    settled = size;
    latestStep = size == 0 ? Long.MIN_VALUE : step(size - 1);
    latestWallTime = size == 0 ? 0 : wallTime(size - 1);
  }

  /** How many values are here. */
  final int size() {
    return size;
  }

  /** How many values the log has: more than {@link #size} if some were thinned out. */
  final long seen() {
    return seen;
  }

  /** Another number whenever something else was done than to add values at the end. */
  final int revision() {
    return revision;
  }

  final long step(int i) {
    return steps.get(i);
  }

  final double wallTime(int i) {
    return Double.longBitsToDouble(wallTimeBits.get(i));
  }

  /** As they are now. */
  final PackedLongs steps() {
    return steps.snapshot();
  }

  /** As they are now: the bits of doubles. */
  final PackedLongs wallTimeBits() {
    return wallTimeBits.snapshot();
  }
}
