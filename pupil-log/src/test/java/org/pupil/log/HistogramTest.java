package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pupil.log.proto.HistogramProto;

class HistogramTest {
  @TestFactory
  Stream<DynamicTest> equalsTensorFlowsByteForByte() throws Exception {
    Histogram reused = new Histogram();
    return Table.read("histograms.txt").entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () -> {
                      float[] values = floats(row.getValue()[0]);
                      assertThat(reused.fill(values, 0, values.length)).isZero();
                      HistogramProto expected = HistogramProto.parseFrom(row.getValue()[1]);
                      assertThat(HistogramProto.parseFrom(bytes(reused))).isEqualTo(expected);
                      assertThat(bytes(reused)).isEqualTo(row.getValue()[1]);
                    }));
  }

  @Test
  void theTableOfCellsFindsTheBucketThatASearchFinds() throws Exception {
    double[] limits = new double[HistogramBuckets.count()];
    Arrays.setAll(limits, HistogramBuckets::limit);
    // Every 9973rd float (a prime) of all four thousand million, and the edges.
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += 9973) {
      checkAgainstSearch(limits, Float.intBitsToFloat((int) bits));
    }
    for (double limit : limits) {
      float near = (float) limit;
      checkAgainstSearch(limits, Math.nextDown(near));
      checkAgainstSearch(limits, near);
      checkAgainstSearch(limits, Math.nextUp(near));
    }
  }

  private static void checkAgainstSearch(double[] limits, float value) {
    if (Float.isFinite(value)) {
      int bucket = HistogramBuckets.bucketOf(value);
      boolean right = value < limits[bucket] && (bucket == 0 || value >= limits[bucket - 1]);
      // Not assertThat for each: there are half a million.
      if (!right) {
        assertThat(value).as("in bucket " + bucket).isLessThan((float) limits[bucket]);
        throw new AssertionError(value + " is not in bucket " + bucket);
      }
    }
  }

  @Test
  void valuesThatAreNotFiniteAreLeftOutAndCounted() throws Exception {
    Histogram histogram = new Histogram();
    float[] values = {
      Float.NaN, 2, Float.POSITIVE_INFINITY, -1, Float.NEGATIVE_INFINITY, 2, Float.NaN
    };
    assertThat(histogram.fill(values, 0, values.length)).isEqualTo(4);
    byte[] withThem = bytes(histogram);
    assertThat(histogram.fill(new float[] {2, -1, 2}, 0, 3)).isZero();
    assertThat(withThem).isEqualTo(bytes(histogram));
  }

  @Test
  void onlyTheRangeCounts() throws Exception {
    Histogram histogram = new Histogram();
    histogram.fill(new float[] {100, 1, 2, 200}, 1, 3);
    HistogramProto proto = HistogramProto.parseFrom(bytes(histogram));
    assertThat(proto.getNum()).isEqualTo(2);
    assertThat(proto.getMin()).isEqualTo(1);
    assertThat(proto.getMax()).isEqualTo(2);
    assertThat(proto.getSumSquares()).isEqualTo(5);
  }

  private static byte[] bytes(Histogram histogram) {
    return Records.bytes(histogram);
  }

  private static float[] floats(byte[] bigEndian) {
    float[] values = new float[bigEndian.length / Float.BYTES];
    ByteBuffer.wrap(bigEndian).asFloatBuffer().get(values);
    return values;
  }
}
