package org.pupil.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LearningCurve;
import org.pupil.evaluation.PrCurve;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.RocCurve;
import org.pupil.evaluation.Score;
import org.pupil.report.plot.Axis;
import org.pupil.report.plot.LinePlot;
import org.pupil.report.plot.ReliabilityPlot;

/**
 * The plots of an {@link EvaluationReport}.
 *
 * @param pooled all predictions as if each were of a photo of its own
 */
record EvaluationPlots(Predictions predictions, Evaluation pooled) {
  /** Of more labels there are no curves. */
  private static final int MOST_CURVES = 6;

  /** The reliability diagram. */
  ReliabilityPlot reliability() {
    return new ReliabilityPlot(pooled.calibration(), predictions.repeats());
  }

  /** The ROC curves of the labels; empty if there are too many, or nothing to draw. */
  Optional<LinePlot> roc() {
    List<LinePlot.Line> lines =
        labelsOfCurves()
            .mapToObj(label -> RocCurve.of(predictions, label))
            .filter(curve -> !curve.points().isEmpty())
            .map(
                curve ->
                    new LinePlot.Line(
                        "%s (area %s)".formatted(name(curve.label()), Numbers.number(curve.area())),
                        curve.points().stream()
                            .map(
                                point ->
                                    new LinePlot.Point(
                                        point.falsePositiveRate(), point.truePositiveRate()))
                            .toList()))
            .toList();
    return plot(
        "ROC curves",
        Axis.percent("of the other photos taken for it"),
        Axis.percent("of its photos found"),
        lines,
        true);
  }

  /** The precision-recall curves of the labels; empty likewise. */
  Optional<LinePlot> precisionRecall() {
    List<LinePlot.Line> lines =
        labelsOfCurves()
            .filter(label -> pooled.confusion().truths(label) > 0)
            .mapToObj(label -> new LinePlot.Line(name(label), points(label)))
            .toList();
    return plot(
        "Precision and recall",
        Axis.percent("of its photos found (recall)"),
        Axis.percent("of those are right (precision)"),
        lines,
        false);
  }

  private List<LinePlot.Point> points(int label) {
    PrCurve curve = pooled.prCurves().get(label);
    double truths = pooled.confusion().truths(label);
    return IntStream.range(0, PrCurve.THRESHOLDS)
        .filter(i -> curve.truePositives(i) + curve.falsePositives(i) > 0)
        .mapToObj(
            i ->
                new LinePlot.Point(
                    curve.truePositives(i) / truths,
                    curve.truePositives(i)
                        / (double) (curve.truePositives(i) + curve.falsePositives(i))))
        .distinct()
        .toList();
  }

  private IntStream labelsOfCurves() {
    int labels = pooled.labels().size();
    return labels > MOST_CURVES ? IntStream.empty() : IntStream.range(0, labels);
  }

  private String name(int label) {
    return pooled.labels().name(label);
  }

  private static Optional<LinePlot> plot(
      String title, Axis x, Axis y, List<LinePlot.Line> lines, boolean diagonal) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String summary =
        "A line for each label: "
            + String.join(", ", lines.stream().map(LinePlot.Line::name).toList());
    return Optional.of(new LinePlot(title, summary, x, y, lines, diagonal));
  }

  /**
   * How the accuracy grows with the photos.
   *
   * @param summary the same in words
   */
  static LinePlot learningCurve(LearningCurve curve, String summary) {
    List<LinePlot.Point> points = new ArrayList<>();
    List<LinePlot.Band> band = new ArrayList<>();
    curve.points().forEach(point -> add(points, band, point.photos(), point.accuracy()));
    add(points, band, 2.0 * curve.photos(), curve.doubled());
    double least = band.stream().mapToDouble(LinePlot.Band::low).min().orElse(0);
    return new LinePlot(
        "Accuracy by number of photos",
        summary,
        new Axis("photos learnt from", 0, 2.0 * curve.photos(), Axis.Unit.COUNT),
        new Axis("right", beginning(least), 1, Axis.Unit.PERCENT),
        List.of(new LinePlot.Line("", points, band)),
        false);
  }

  /** Where an axis begins that goes to 100 % in five round steps. */
  private static double beginning(double least) {
    return DoubleStream.of(0.9, 0.75, 0.5).filter(end -> end <= least).findFirst().orElse(0);
  }

  private static void add(
      List<LinePlot.Point> points, List<LinePlot.Band> band, double photos, Score accuracy) {
    points.add(new LinePlot.Point(photos, accuracy.value()));
    if (!Double.isNaN(accuracy.low())) {
      band.add(new LinePlot.Band(photos, accuracy.low(), accuracy.high()));
    }
  }
}
