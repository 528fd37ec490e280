package org.pupil.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.ModelComparison;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Comparison;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LearningCurve;
import org.pupil.evaluation.PrCurve;
import org.pupil.evaluation.RocCurve;
import org.pupil.evaluation.Score;
import org.pupil.evaluation.Scores;
import org.pupil.report.plot.Axis;
import org.pupil.report.plot.LinePlot;
import org.pupil.report.plot.ReliabilityPlot;

/**
 * The report of an evaluation, {@code evaluation.jte}: scores with their intervals, confusion
 * matrix, reliability diagram, curves, and the surest mistakes with their photos.
 *
 * @param explanations why mistakes were made, by the names of the photos; of some it may be unknown
 * @param about what was judged, in a few words
 * @param made when and by what, for its foot
 */
public record EvaluationReport(
    Assessment assessment,
    Optional<ModelComparison> comparison,
    Map<String, MistakeExplanation> explanations,
    String about,
    String made) {
  /** Of more labels, curves and rows are left out. */
  private static final int MOST_CURVES = 6;

  private static final int MOST_LABELS_OF_A_MATRIX = 30;
  private static final int MOST_MISTAKES = 60;

  public EvaluationReport {
    explanations = Map.copyOf(explanations);
  }

  /**
   * Writes the report.
   *
   * @param file where to; replaced if it is there
   * @param pictures of the photos that are shown
   * @throws PupilException (unavailable) if it cannot be written
   */
  public void write(Path file, PhotoPictures pictures) {
    new Templates().write(file, "evaluation.jte", Map.of("report", this, "pictures", pictures));
  }

  /** The scores. */
  public Scores scores() {
    return assessment.scores();
  }

  /** All predictions as if each were of a photo of its own. */
  public Evaluation pooled() {
    return assessment.predictions().pooled();
  }

  /** What was judged and how, in a sentence. */
  public String how() {
    String photos = Numbers.photos(assessment.photos().size());
    return assessment
        .crossValidation()
        .map(
            folds ->
                "Cross-validation of %s: each was judged by final layers that had not seen it (%d folds%s)."
                    .formatted(
                        photos,
                        folds.folds(),
                        folds.repeats() == 1 ? "" : ", dealt " + folds.repeats() + " times"))
        .orElse("The model was judged by " + photos + " whose labels are known.");
  }

  /** What was left out, a sentence each. */
  public List<String> leftOut() {
    List<String> left = new ArrayList<>();
    assessment.crossValidation().stream()
        .flatMap(folds -> folds.neverHeldOut().stream())
        .forEach(label -> left.add("Not judged: " + label.inWords() + "."));
    assessment
        .labels()
        .unknown()
        .forEach(
            (label, photos) ->
                left.add(
                    Numbers.photos(photos)
                        + " of the label "
                        + label
                        + ", which the model does not know."));
    if (!assessment.labels().withoutPhotos().isEmpty()) {
      left.add("No photos of " + String.join(", ", assessment.labels().withoutPhotos()) + ".");
    }
    return left;
  }

  /** Whether the matrix has as many rows as one can look at. */
  public boolean hasMatrix() {
    return pooled().labels().size() <= MOST_LABELS_OF_A_MATRIX;
  }

  /** A part of a row of the confusion matrix, 0 to 1. */
  public String share(int truth, int predicted) {
    int truths = pooled().confusion().truths(truth);
    return String.format(
        Locale.ROOT,
        "%.3f",
        truths == 0 ? 0 : (double) pooled().confusion().count(truth, predicted) / truths);
  }

  /** Photos in a cell of the confusion matrix, on average over the repeats. */
  public String count(int truth, int predicted) {
    int repeats = assessment.predictions().repeats();
    int count = pooled().confusion().count(truth, predicted);
    return count % repeats == 0
        ? Integer.toString(count / repeats)
        : String.format(Locale.ROOT, "%.1f", (double) count / repeats);
  }

  /** The reliability diagram. */
  public ReliabilityPlot reliability() {
    return new ReliabilityPlot(pooled().calibration(), assessment.predictions().repeats());
  }

  /** The ROC curves of the labels; empty if there are too many, or nothing to draw. */
  public Optional<LinePlot> roc() {
    List<LinePlot.Line> lines =
        labelsOfCurves()
            .mapToObj(label -> RocCurve.of(assessment.predictions(), label))
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

  /** The precision-recall curves of the labels. */
  public Optional<LinePlot> precisionRecall() {
    List<LinePlot.Line> lines =
        labelsOfCurves()
            .filter(label -> pooled().confusion().truths(label) > 0)
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
    PrCurve curve = pooled().prCurves().get(label);
    double truths = pooled().confusion().truths(label);
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

  /** Why a cross-validation has no learning curve. */
  public Optional<Assessment.NoCurve> noCurve() {
    return assessment.crossValidation().flatMap(Assessment.Folds::noCurve);
  }

  private IntStream labelsOfCurves() {
    int labels = pooled().labels().size();
    // The two curves of two labels are the same, seen from the other side.
    return labels > MOST_CURVES ? IntStream.empty() : IntStream.range(0, labels);
  }

  private String name(int label) {
    return pooled().labels().name(label);
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

  /** How the accuracy grows with the photos. */
  public Optional<LinePlot> learningCurve() {
    return assessment
        .learningCurve()
        .map(
            curve -> {
              List<LinePlot.Point> points = new ArrayList<>();
              List<LinePlot.Band> band = new ArrayList<>();
              curve.points().forEach(point -> add(points, band, point.photos(), point.accuracy()));
              add(points, band, 2.0 * curve.photos(), curve.doubled());
              double least = band.stream().mapToDouble(LinePlot.Band::low).min().orElse(0);
              return new LinePlot(
                  "Accuracy by number of photos",
                  sentence(curve),
                  new Axis("photos learnt from", 0, 2.0 * curve.photos(), Axis.Unit.COUNT),
                  new Axis("right", beginning(least), 1, Axis.Unit.PERCENT),
                  List.of(new LinePlot.Line("", points, band)),
                  false);
            });
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

  /** What more photos would bring, in words. */
  public String sentence(LearningCurve curve) {
    String gain =
        curve
            .greatestGain()
            .map(label -> " Most would be gained for the label " + name(label.label()) + ".")
            .orElse("");
    return "With twice as many photos (%,d): about %s right, between %s.%s"
        .formatted(
            2 * curve.photos(),
            Numbers.percent(curve.doubled().value()),
            Numbers.percentInterval(curve.doubled()).replace(" to ", " and "),
            gain);
  }

  /** The surest mistakes, at most {@value #MOST_MISTAKES}. */
  public List<Evaluation.Misclassified> mistakes() {
    return assessment.predictions().mistakes().stream().limit(MOST_MISTAKES).toList();
  }

  /** The photo of a mistake. */
  public Photo photo(Evaluation.Misclassified mistake) {
    return assessment.photos().get(mistake.photo());
  }

  /** How many mistakes are not shown. */
  public int hiddenMistakes() {
    return assessment.predictions().mistakes().size() - mistakes().size();
  }

  /** Why a mistake was made, if that is known. */
  public Optional<MistakeExplanation> explanation(Evaluation.Misclassified mistake) {
    return Optional.ofNullable(explanations.get(photo(mistake).name()));
  }

  /** Whether there is a heat map beside a mistake. */
  public boolean hasHeatMaps() {
    return explanations.values().stream().anyMatch(one -> !one.heatMap().isEmpty());
  }

  /**
   * The fragment of the address of a mistake in the report: {@code mistake-}, and the photo's name
   * in UTF-8, in which each byte but ASCII letters and digits is {@code _} and two hexadecimal
   * digits. The board makes the same of it.
   */
  public static String anchor(String photo) {
    StringBuilder anchor = new StringBuilder("mistake-");
    for (byte one : photo.getBytes(StandardCharsets.UTF_8)) {
      if (one > 0 && Character.isLetterOrDigit(one)) {
        anchor.append((char) one);
      } else {
        anchor.append(String.format(Locale.ROOT, "_%02x", one));
      }
    }
    return anchor.toString();
  }

  /** How two models compare, in words. */
  public String sentence(Comparison compared) {
    String difference =
        compared.isSignificant()
            ? "Chance hardly explains such a difference"
            : "Chance alone may explain the difference";
    return "%d became right and %d became wrong. %s (McNemar's exact test: p = %s)."
        .formatted(
            compared.becameRight().size(),
            compared.becameWrong().size(),
            difference,
            Numbers.number(compared.pValue()));
  }
}
