package org.pupil.board.plugins.prcurves;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.board.answers.ReferenceAnswers;
import org.pupil.log.proto.Summary;

class PrCurveTest {
  static Stream<JsonNode> curves() {
    return ReferenceAnswers.of("prCurves");
  }

  @ParameterizedTest
  @MethodSource("curves")
  void curvesAreThoseOfTensorBoard(JsonNode row) throws IOException {
    PrCurve curve = PrCurve.of(ReferenceAnswers.value(row)).orElseThrow();
    JsonNode wanted = row.get("curve");
    assertThat(curve.precision()).isEqualTo(doubles(wanted.get("precision")));
    assertThat(curve.recall()).isEqualTo(doubles(wanted.get("recall")));
    assertThat(curve.thresholds()).isEqualTo(doubles(wanted.get("thresholds")));
    assertThat(curve.truePositives()).isEqualTo(longs(wanted.get("true_positives")));
    assertThat(curve.falsePositives()).isEqualTo(longs(wanted.get("false_positives")));
    assertThat(curve.trueNegatives()).isEqualTo(longs(wanted.get("true_negatives")));
    assertThat(curve.falseNegatives()).isEqualTo(longs(wanted.get("false_negatives")));
  }

  @Test
  void aNumberIsNoCurve() {
    assertThat(PrCurve.of(Summary.Value.newBuilder().setSimpleValue(1).build())).isEmpty();
  }

  private static List<Double> doubles(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::doubleValue).toList();
  }

  private static List<Long> longs(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::longValue).toList();
  }
}
