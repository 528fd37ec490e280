package org.pupil.board.plugins.histograms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.board.answers.ReferenceAnswers;
import org.pupil.board.plugins.distributions.Distribution;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.HistogramProto;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

class HistogramBucketsTest {
  static Stream<JsonNode> histograms() {
    return ReferenceAnswers.of("histograms");
  }

  @ParameterizedTest
  @MethodSource("histograms")
  void bucketsAreThoseOfTensorBoard(JsonNode row) throws IOException {
    HistogramBuckets buckets = HistogramBuckets.of(ReferenceAnswers.value(row)).orElseThrow();
    JsonNode wanted = row.get("buckets");
    assertThat(buckets.size()).as(row.get("name").textValue()).isEqualTo(wanted.size());
    for (int i = 0; i < buckets.size(); i++) {
      // TensorBoard converts old histograms by way of floats.
      assertThat((float) buckets.left(i)).isEqualTo((float) wanted.get(i).get(0).doubleValue());
      assertThat((float) buckets.right(i)).isEqualTo((float) wanted.get(i).get(1).doubleValue());
      assertThat(buckets.count(i)).isEqualTo(wanted.get(i).get(2).doubleValue());
    }
  }

  @ParameterizedTest
  @MethodSource("histograms")
  void distributionsAreThoseOfTensorBoard(JsonNode row) throws IOException {
    Distribution distribution =
        Distribution.of(HistogramBuckets.of(ReferenceAnswers.value(row)).orElseThrow());
    for (int i = 0; i < distribution.size(); i++) {
      double wanted = row.get("distribution").get(i).doubleValue();
      assertThat(distribution.value(i))
          .as("%s at %d", row.get("name").textValue(), distribution.share(i))
          .isCloseTo(wanted, within(Math.abs(wanted) * 1e-6 + 1e-12));
    }
  }

  @Test
  void theOutermostEdgesOfTheLogAreReplacedByLeastAndGreatest() {
    HistogramProto.Builder histogram = HistogramProto.newBuilder().setMin(-7).setMax(9);
    histogram.addBucketLimit(-1).addBucket(2);
    histogram.addBucketLimit(0).addBucket(0);
    histogram.addBucketLimit(Double.MAX_VALUE).addBucket(3);
    HistogramBuckets buckets = HistogramBuckets.of(histo(histogram)).orElseThrow();
    assertThat(buckets.size()).isEqualTo(3);
    assertThat(buckets.left(0)).isEqualTo(-7);
    assertThat(buckets.right(0)).isEqualTo(-1);
    assertThat(buckets.right(2)).isEqualTo(9);
  }

  @Test
  void aHistogramWhoseListsDifferInLengthIsNone() {
    HistogramProto.Builder histogram = HistogramProto.newBuilder().setMin(1).setMax(2);
    histogram.addBucketLimit(1).addBucketLimit(2).addBucket(5);
    assertThat(HistogramBuckets.of(histo(histogram))).isEmpty();
  }

  @Test
  void aTensorThatClaimsMoreThanItHasIsNone() {
    assertThat(HistogramBuckets.of(tensor(1L << 31, 3))).isEmpty();
    assertThat(HistogramBuckets.of(tensor(1 << 30, 3))).isEmpty();
    assertThat(HistogramBuckets.of(tensor(-1, 3))).isEmpty();
    assertThat(HistogramBuckets.of(tensor(2, 4))).isEmpty();
    assertThat(HistogramBuckets.of(tensor(2, 3, 1))).isEmpty();
  }

  @Test
  void theLastNumberOfATensorStandsForThoseThatFollow() {
    HistogramBuckets buckets = HistogramBuckets.of(tensor(2, 3)).orElseThrow();
    assertThat(buckets.size()).isEqualTo(2);
    assertThat(buckets.left(0)).isEqualTo(4);
    assertThat(buckets.count(1)).isEqualTo(5);
  }

  @Test
  void aScalarIsNoHistogram() {
    assertThat(HistogramBuckets.of(Summary.Value.newBuilder().setSimpleValue(1).build())).isEmpty();
  }

  private static Summary.Value histo(HistogramProto.Builder histogram) {
    return Summary.Value.newBuilder().setTag("h").setHisto(histogram).build();
  }

  private static Summary.Value tensor(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_DOUBLE)
            .setTensorShape(shape)
            .addDoubleVal(4)
            .addDoubleVal(5);
    return Summary.Value.newBuilder().setTag("h").setTensor(tensor).build();
  }
}
