package org.pupil.eventlog;

/**
 * How the values of one array are spread, as TensorFlow 1 counts and encodes it (HistogramProto
 * without its empty buckets: a run of them becomes one). Made once and filled again and again.
 */
final class Histogram {
  private static final int MIN = 1;
  private static final int MAX = 2;
  private static final int NUM = 3;
  private static final int SUM = 4;
  private static final int SUM_OF_SQUARES = 5;
  private static final int BUCKET_LIMIT = 6;
  private static final int BUCKET = 7;

  private final int[] counts = new int[HistogramBuckets.count()];
  private double min;
  private double max;
  private int num;
  private double sum;
  private double sumOfSquares;

  private final double[] writtenLimits = new double[HistogramBuckets.count()];
  private final double[] writtenCounts = new double[HistogramBuckets.count()];
  private int written;

  /**
   * Counts the finite ones among {@code values[from]} to {@code values[to - 1]}, in that order
   * (sums of doubles depend on it), and forgets what was counted before.
   *
   * @return how many were left out for being NaN or infinite
   */
  int fill(float[] values, int from, int to) {
    double lowest = Double.MAX_VALUE;
    double highest = -Double.MAX_VALUE;
    double total = 0;
    double totalOfSquares = 0;
    int finite = 0;
    for (int i = from; i < to; i++) {
      float value = values[i];
      if (Math.abs(value) <= Float.MAX_VALUE) {
        counts[HistogramBuckets.bucketOf(value)]++;
        double wide = value;
        // Not Math.min: TensorFlow keeps the first of 0 and -0.
        lowest = lowest > wide ? wide : lowest;
        highest = highest < wide ? wide : highest;
        total += wide;
        totalOfSquares += wide * wide;
        finite++;
      }
    }
    min = lowest;
    max = highest;
    num = finite;
    sum = total;
    sumOfSquares = totalOfSquares;
    encode();
    return to - from - finite;
  }

  /** Bytes that {@link #writeTo} will write. */
  int size() {
    return WireBuffer.sizeOfDoubleField(MIN, min)
        + WireBuffer.sizeOfDoubleField(MAX, max)
        + WireBuffer.sizeOfDoubleField(NUM, num)
        + WireBuffer.sizeOfDoubleField(SUM, sum)
        + WireBuffer.sizeOfDoubleField(SUM_OF_SQUARES, sumOfSquares)
        + WireBuffer.sizeOfLengthField(BUCKET_LIMIT, written * Double.BYTES)
        + WireBuffer.sizeOfLengthField(BUCKET, written * Double.BYTES);
  }

  /** Writes the fields of a HistogramProto. */
  void writeTo(WireBuffer buffer) {
    buffer
        .doubleField(MIN, min)
        .doubleField(MAX, max)
        .doubleField(NUM, num)
        .doubleField(SUM, sum)
        .doubleField(SUM_OF_SQUARES, sumOfSquares)
        .packedDoublesField(BUCKET_LIMIT, writtenLimits, written)
        .packedDoublesField(BUCKET, writtenCounts, written);
  }

  /** Moves the counts, which end as all zero, to the buckets that are written. */
  private void encode() {
    int last = HistogramBuckets.count() - 1;
    written = 0;
    if (num == 0) {
      add(last, 0);
      return;
    }
    int lowestBucket = HistogramBuckets.bucketOf((float) min);
    int highestBucket = HistogramBuckets.bucketOf((float) max);
    int bucket = lowestBucket;
    if (bucket > 0) {
      add(bucket - 1, 0);
    }
    while (bucket <= highestBucket) {
      if (counts[bucket] != 0) {
        add(bucket, counts[bucket]);
        counts[bucket] = 0;
        bucket++;
      } else {
        bucket++;
        if (counts[bucket] != 0) {
          add(bucket - 1, 0);
        }
      }
    }
    if (highestBucket < last) {
      add(last, 0);
    }
  }

  private void add(int bucket, int count) {
    writtenLimits[written] = HistogramBuckets.limit(bucket);
    writtenCounts[written] = count;
    written++;
  }
}
