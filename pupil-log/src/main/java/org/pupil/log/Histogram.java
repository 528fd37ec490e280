package org.pupil.log;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pupil.log.proto.HistogramProto;

/**
 * How the values of one array are spread, as TensorFlow 1 counts and encodes it (HistogramProto
 * without its empty buckets: a run of them becomes one). Made once and filled again and again.
 */
final class Histogram {
  private final int[] counts = new int[HistogramBuckets.count()];
  private double min;
  private double max;
  private int num;
  private double sum;
  private double sumOfSquares;

  private final double[] writtenLimits = new double[HistogramBuckets.count()];
  private final double[] writtenCounts = new double[HistogramBuckets.count()];
  private int written;

  private final ByteBuffer packed =
      ByteBuffer.allocate(HistogramBuckets.count() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);

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

  /** How many bytes {@link #writeTo} writes. */
  int size() {
    return sizeOf(HistogramProto.MIN_FIELD_NUMBER, min)
        + sizeOf(HistogramProto.MAX_FIELD_NUMBER, max)
        + sizeOf(HistogramProto.NUM_FIELD_NUMBER, num)
        + sizeOf(HistogramProto.SUM_FIELD_NUMBER, sum)
        + sizeOf(HistogramProto.SUM_SQUARES_FIELD_NUMBER, sumOfSquares)
        + sizeOfList(HistogramProto.BUCKET_LIMIT_FIELD_NUMBER)
        + sizeOfList(HistogramProto.BUCKET_FIELD_NUMBER);
  }

  /**
   * Writes what was counted as the fields of a {@link HistogramProto}, without making one: there
   * are several of these for each step of a training run.
   */
  void writeTo(CodedOutputStream out) throws IOException {
    write(HistogramProto.MIN_FIELD_NUMBER, min, out);
    write(HistogramProto.MAX_FIELD_NUMBER, max, out);
    write(HistogramProto.NUM_FIELD_NUMBER, num, out);
    write(HistogramProto.SUM_FIELD_NUMBER, sum, out);
    write(HistogramProto.SUM_SQUARES_FIELD_NUMBER, sumOfSquares, out);
    writeList(HistogramProto.BUCKET_LIMIT_FIELD_NUMBER, writtenLimits, out);
    writeList(HistogramProto.BUCKET_FIELD_NUMBER, writtenCounts, out);
  }

  /** Zero is what a reader takes for a number that is left out; minus zero is not. */
  private static boolean isLeftOut(double value) {
    return Double.doubleToRawLongBits(value) == 0;
  }

  private static int sizeOf(int field, double value) {
    return isLeftOut(value) ? 0 : CodedOutputStream.computeDoubleSize(field, value);
  }

  private static void write(int field, double value, CodedOutputStream out) throws IOException {
    if (!isLeftOut(value)) {
      out.writeDouble(field, value);
    }
  }

  private int sizeOfList(int field) {
    int bytes = written * Double.BYTES;
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(bytes)
        + bytes;
  }

  private void writeList(int field, double[] values, CodedOutputStream out) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(written * Double.BYTES);
    packed.asDoubleBuffer().put(values, 0, written);
    out.writeRawBytes(packed.array(), 0, written * Double.BYTES);
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
