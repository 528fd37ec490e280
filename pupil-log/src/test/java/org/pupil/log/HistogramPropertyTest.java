package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pupil.log.proto.HistogramProto;

class HistogramPropertyTest {
  private final Histogram reused = new Histogram();

  @Property
  void anyValuesAreEncodedAsTheSlowWayDoes(@ForAll("values") List<Float> values) throws Exception {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    reused.fill(array, 0, array.length);
    assertThat(Records.proto(reused)).isEqualTo(slowly(array));
  }

  @Provide
  Arbitrary<List<Float>> values() {
    return Arbitraries.oneOf(
            Arbitraries.floats(), Arbitraries.floats().between(-2, 2), Arbitraries.of(0f, -0f))
        .list();
  }

  /** Looks at every bucket for every value, and then at every bucket once more. */
  private static HistogramProto slowly(float[] values) {
    double[] counts = new double[HistogramBuckets.count()];
    double min = Double.MAX_VALUE;
    double max = -Double.MAX_VALUE;
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      int bucket = 0;
      while (value >= HistogramBuckets.limit(bucket)) {
        bucket++;
      }
      counts[bucket]++;
      min = min > value ? value : min;
      max = max < value ? value : max;
      sum += value;
      squares += value * value;
    }
    HistogramProto.Builder proto =
        HistogramProto.newBuilder()
            .setMin(min)
            .setMax(max)
            .setNum(values.length)
            .setSum(sum)
            .setSumSquares(squares);
    for (int i = 0; i < counts.length; i++) {
      boolean nextIsEmptyToo = i + 1 < counts.length && counts[i + 1] == 0;
      if (counts[i] > 0 || !nextIsEmptyToo) {
        proto.addBucketLimit(HistogramBuckets.limit(i)).addBucket(counts[i]);
      }
    }
    return proto.build();
  }
}
