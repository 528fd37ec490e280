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

  RecordSeries(String tag, int revision) {
    super(revision);
    this.tag = tag;
  }

  /**
   * Adds a value, as {@link #append}.
   *
   * @param offset where in the file its record begins
   * @param samples how many images it has, 0 for another kind of value
   */
  void add(long step, double wallTime, double orphansBefore, Path file, long offset, int samples) {
    int at = append(step, wallTime, orphansBefore);
    if (at == offsets.length) {
      resize(at + at / 8 + FIRST_CAPACITY);
    }
    offsets[at] = offset;
    fileNumbers[at] = numberOf(file);
    sampleCounts[at] = samples;
    mostSamples = Math.max(mostSamples, samples);
  }

  /** Nearly always the last one's. */
  private int numberOf(Path file) {
    int number = files.lastIndexOf(file);
    if (number < 0) {
      files.add(file);
      return files.size() - 1;
    }
    return number;
  }

  private void resize(int capacity) {
    offsets = Arrays.copyOf(offsets, capacity);
    fileNumbers = Arrays.copyOf(fileNumbers, capacity);
    sampleCounts = Arrays.copyOf(sampleCounts, capacity);
  }

  @Override
  void truncate(int size) {
    // What is beyond is overwritten by what comes next.
  }

  /** Leaves every second value and the last. */
  @Override
  void thin() {
    int last = size() - 1;
    rearrange(IntStream.rangeClosed(0, last).filter(i -> i % 2 == 0 || i == last).toArray());
  }

  @Override
  void pick(int[] kept) {
    offsets = Arrays.stream(kept).mapToLong(i -> offsets[i]).toArray();
    fileNumbers = Arrays.stream(kept).map(i -> fileNumbers[i]).toArray();
    sampleCounts = Arrays.stream(kept).map(i -> sampleCounts[i]).toArray();
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
