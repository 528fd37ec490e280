package org.pupil.board.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the values of one tag stand that are too large to be kept: one record of an event file
 * each. Not for use by several threads at once; its run has a lock.
 */
final class RecordSeries {
  private final String tag;
  private final List<Path> files = new ArrayList<>();
  private long[] steps = new long[4];
  private double[] wallTimes = new double[4];
  private long[] offsets = new long[4];
  private int[] fileNumbers = new int[4];
  private int[] sampleCounts = new int[4];
  private int size;
  private long seen;
  private int mostSamples;

  RecordSeries(String tag) {
    this.tag = tag;
  }

  /**
   * Adds a value, which removes those at its step or later.
   *
   * @param offset where in the file its record begins
   * @param samples how many images it has, 0 for another kind of value
   */
  void add(long step, double wallTime, Path file, long offset, int samples) {
    if (size > 0 && steps[size - 1] >= step) {
      removeFrom(step);
    }
    if (size == steps.length) {
      int capacity = size + size / 4 + 4;
      steps = Arrays.copyOf(steps, capacity);
      wallTimes = Arrays.copyOf(wallTimes, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      fileNumbers = Arrays.copyOf(fileNumbers, capacity);
      sampleCounts = Arrays.copyOf(sampleCounts, capacity);
    }
    if (files.isEmpty() || !files.get(files.size() - 1).equals(file)) {
      files.add(file);
    }
    steps[size] = step;
    wallTimes[size] = wallTime;
    offsets[size] = offset;
    fileNumbers[size] = files.size() - 1;
    sampleCounts[size] = samples;
    size++;
    seen++;
    mostSamples = Math.max(mostSamples, samples);
  }

  void removeFrom(long step) {
    int found = Arrays.binarySearch(steps, 0, size, step);
    int kept = found < 0 ? -found - 1 : found;
    if (kept < size) {
      seen = kept == 0 ? 0 : Math.round((double) seen * kept / size);
      size = kept;
    }
  }

  /** Leaves every second value and the last. */
  void thin() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i % 2 == 0 || i == size - 1) {
        steps[kept] = steps[i];
        wallTimes[kept] = wallTimes[i];
        offsets[kept] = offsets[i];
        fileNumbers[kept] = fileNumbers[i];
        sampleCounts[kept] = sampleCounts[i];
        kept++;
      }
    }
    size = kept;
  }

  int size() {
    return size;
  }

  long seen() {
    return seen;
  }

  int mostSamples() {
    return mostSamples;
  }

  /** A copy of what is there now. */
  List<EventRecord> records() {
    List<EventRecord> records = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      records.add(
          new EventRecord(
              files.get(fileNumbers[i]), offsets[i], tag, steps[i], wallTimes[i], sampleCounts[i]));
    }
    return records;
  }
}
