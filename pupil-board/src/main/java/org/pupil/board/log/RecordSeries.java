package org.pupil.board.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the values of one tag stand that are too large to be kept: one record of an event file
 * each.
 */
final class RecordSeries extends StepSeries {
  private static final int FIRST_CAPACITY = 4;

  private final String tag;
  private final List<Path> files = new ArrayList<>();
  private long[] offsets = new long[FIRST_CAPACITY];
  private int[] fileNumbers = new int[FIRST_CAPACITY];
  private int[] sampleCounts = new int[FIRST_CAPACITY];
  private int mostSamples;

  RecordSeries(String tag) {
    super(FIRST_CAPACITY);
    this.tag = tag;
  }

  /**
   * Adds a value, which removes those at its step or later.
   *
   * @param offset where in the file its record begins
   * @param samples how many images it has, 0 for another kind of value
   */
  void add(long step, double wallTime, Path file, long offset, int samples) {
    if (files.isEmpty() || !files.get(files.size() - 1).equals(file)) {
      files.add(file);
    }
    int at = append(step, wallTime);
    offsets[at] = offset;
    fileNumbers[at] = files.size() - 1;
    sampleCounts[at] = samples;
    mostSamples = Math.max(mostSamples, samples);
  }

  @Override
  void resize(int capacity) {
    offsets = Arrays.copyOf(offsets, capacity);
    fileNumbers = Arrays.copyOf(fileNumbers, capacity);
    sampleCounts = Arrays.copyOf(sampleCounts, capacity);
  }

  /** Leaves every second value and the last. */
  @Override
  void thin() {
    int last = size() - 1;
    int[] kept = IntStream.rangeClosed(0, last).filter(i -> i % 2 == 0 || i == last).toArray();
    offsets = Arrays.stream(kept).mapToLong(i -> offsets[i]).toArray();
    fileNumbers = Arrays.stream(kept).map(i -> fileNumbers[i]).toArray();
    sampleCounts = Arrays.stream(kept).map(i -> sampleCounts[i]).toArray();
    keep(kept);
  }

  /** How many images a value has at most. */
  int mostSamples() {
    return mostSamples;
  }

  /** A copy of what is there now. */
  List<EventRecord> records() {
    List<EventRecord> records = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      records.add(
          new EventRecord(
              files.get(fileNumbers[i]), offsets[i], tag, step(i), wallTime(i), sampleCounts[i]));
    }
    return records;
  }
}
