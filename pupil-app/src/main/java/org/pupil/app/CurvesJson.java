package org.pupil.app;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.PrCurve;
import org.pupil.evaluation.RocCurve;

/**
 * Writes the ROC curve and the precision-recall curve of each label, as {@code docs/formats.md} has
 * them: the coordinates as lists, and no point that says what the one before says.
 */
final class CurvesJson {
  private final JsonGenerator json;

  CurvesJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * @param roc of each label, in their order
   */
  void write(Evaluation pooled, List<RocCurve> roc) throws IOException {
    json.writeArrayFieldStart("curves");
    for (RocCurve curve : roc) {
      json.writeStartObject();
      json.writeStringField("label", pooled.labels().name(curve.label()));
      json.writeObjectFieldStart("roc");
      write(
          "false_positive_rate",
          curve.points().stream().mapToDouble(RocCurve.Point::falsePositiveRate));
      write(
          "true_positive_rate",
          curve.points().stream().mapToDouble(RocCurve.Point::truePositiveRate));
      json.writeEndObject();
      write(pooled.prCurves().get(curve.label()), pooled.confusion().truths(curve.label()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * @param photos how many photos of the label there are; of none there is no recall
   */
  private void write(PrCurve curve, int photos) throws IOException {
    int[] bends =
        IntStream.range(0, photos == 0 ? 0 : PrCurve.THRESHOLDS)
            .filter(i -> predicted(curve, i) > 0 && (i == 0 || differs(curve, i)))
            .toArray();
    json.writeObjectFieldStart("precision_recall");
    write("threshold", IntStream.of(bends).mapToDouble(i -> i / (PrCurve.THRESHOLDS - 1.0)));
    write(
        "precision",
        IntStream.of(bends)
            .mapToDouble(i -> (double) curve.truePositives(i) / predicted(curve, i)));
    write("recall", IntStream.of(bends).mapToDouble(i -> (double) curve.truePositives(i) / photos));
    json.writeEndObject();
  }

  private static int predicted(PrCurve curve, int i) {
    return curve.truePositives(i) + curve.falsePositives(i);
  }

  private static boolean differs(PrCurve curve, int i) {
    return curve.truePositives(i) != curve.truePositives(i - 1)
        || curve.falsePositives(i) != curve.falsePositives(i - 1);
  }

  /** Seven digits are more than a curve needs. */
  private void write(String field, DoubleStream values) throws IOException {
    json.writeArrayFieldStart(field);
    for (double value : values.toArray()) {
      json.writeNumber((float) value);
    }
    json.writeEndArray();
  }
}
